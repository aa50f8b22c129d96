/** What the shell mounts: of a register that is here whole, and of no part of it. */

import { whenWhole } from '../register/when-whole.tsx'
import { ReleasePage as ReleaseOfRegister } from '../release/release-page.tsx'
import { CoverPage as CoverOfRegister } from './cover-page.tsx'
import { CoverPlanPage as PlanOfRegister } from './plan-page.tsx'
import { RosterPage as RosterOfRegister } from './roster-page.tsx'

export const ReleasePage = whenWhole(ReleaseOfRegister)
export const CoverPage = whenWhole(CoverOfRegister)
export const CoverPlanPage = whenWhole(PlanOfRegister)
export const RosterPage = whenWhole(RosterOfRegister)
