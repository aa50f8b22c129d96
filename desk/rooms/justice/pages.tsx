/** What the shell mounts. */
export { CriminalCasePage } from './criminal-case-page.tsx'
export { CriminalCasesPage } from './criminal-cases-page.tsx'
export { NewCriminalCasePage } from './new-criminal-case-page.tsx'
