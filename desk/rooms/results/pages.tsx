/** What the shell mounts. */
export { ResultsPage } from './results-page.tsx'
