/** What the shell mounts. */
export { BrochurePage } from './brochure/brochure-page.tsx'
export { DonorReportPage } from './donor-report/report-page.tsx'
export { DonorReportsPage } from './donor-report/reports-page.tsx'
export { ResultsPage } from './results-page.tsx'
