/** What the shell mounts. */
export { NewSessionPage } from './new-session-page.tsx'
export { SessionPage } from './session-page.tsx'
export { SessionsPage } from './sessions-page.tsx'
