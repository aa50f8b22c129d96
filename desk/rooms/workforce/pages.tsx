/** What the shell mounts. */
export { HeadcountPage } from './headcount-page.tsx'
export { NewHeadcountPage } from './new-headcount-page.tsx'
export { NewRecommendationPage } from './new-recommendation-page.tsx'
export { NewReformPage } from './new-reform-page.tsx'
export { RecommendationPage } from './recommendation-page.tsx'
export { ReformPage } from './reform-page.tsx'
export { WorkforcePage } from './workforce-page.tsx'
