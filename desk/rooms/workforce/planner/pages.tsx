/** What the shell mounts. */

export { ReleasePage } from '../release/release-page.tsx'
export { CoverPage } from './cover-page.tsx'
export { CoverPlanPage } from './plan-page.tsx'
export { RosterPage } from './roster-page.tsx'
