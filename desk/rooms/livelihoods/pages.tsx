/** What the shell mounts. */
export { NewParticipantPage } from './new-participant-page.tsx'
export { ParticipantPage } from './participant-page.tsx'
export { ParticipantsPage } from './participants-page.tsx'
