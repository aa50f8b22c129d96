/** What the shell mounts. */
export { CoverPage } from './cover-page.tsx'
export { CoverPlanPage } from './plan-page.tsx'
export { RosterPage } from './roster-page.tsx'
