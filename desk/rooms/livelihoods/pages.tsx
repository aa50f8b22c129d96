/** What the shell mounts. */

export { NewParticipantPage } from './new-participant-page.tsx'
export { NewRateTablePage } from './new-rate-table-page.tsx'
export { ParticipantPage } from './participant-page.tsx'
export { ParticipantsPage } from './participants-page.tsx'
export { RateTablePage } from './rate-table-page.tsx'
export { RateTablesPage } from './rate-tables-page.tsx'
