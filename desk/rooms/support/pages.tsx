/** What the shell mounts. */
export { CasePage } from './case-page.tsx'
export { CaseloadPage } from './caseload-page.tsx'
export { NewCasePage } from './new-case-page.tsx'
