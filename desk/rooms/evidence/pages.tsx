/** What the shell mounts. */
export { EvidencePage } from './evidence-page.tsx'
