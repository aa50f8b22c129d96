/** What the shell mounts. */
export { BrochurePage } from './brochure/brochure-page.tsx'
export { ResultsPage } from './results-page.tsx'
