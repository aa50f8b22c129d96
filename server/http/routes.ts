import { accountRoutes } from '../accounts/routes.ts'
import { brochureRoutes } from '../publish/brochure/routes.ts'
import { donorReportRoutes } from '../publish/donor-report/routes.ts'
import { productRoutes } from '../publish/product/routes.ts'
import { publicationRoutes } from '../publish/publications/routes.ts'
import { coverRoutes } from '../rooms/cover/routes.ts'
import { evidenceRoutes } from '../rooms/evidence/routes.ts'
import { memberRoutes } from '../rooms/members/routes.ts'
import { researchRoutes } from '../rooms/research/routes.ts'
import { resultRoutes } from '../rooms/results/routes.ts'
import { trainingRoutes } from '../rooms/training/routes.ts'
import { logRoutes } from './log.ts'
import type { Route } from './route.ts'
import { stateRoutes } from './state.ts'

/** Every route of the desk's API: the one list, from which the access matrix is tested. */
export const routes: readonly Route[] = [
  ...stateRoutes,
  ...accountRoutes,
  ...memberRoutes,
  ...logRoutes,
  ...resultRoutes,
  ...researchRoutes,
  ...coverRoutes,
  ...trainingRoutes,
  ...evidenceRoutes,
  ...brochureRoutes,
  ...donorReportRoutes,
  ...publicationRoutes,
  ...productRoutes,
]
