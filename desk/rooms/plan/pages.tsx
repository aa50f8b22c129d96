/** What the shell mounts. */
export { IndicatorPage } from './indicator-page.tsx'
export { PlanPage } from './plan-page.tsx'
