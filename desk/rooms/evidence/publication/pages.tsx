/** What the shell mounts. */
export { NewPublicationPage } from './new-publication-page.tsx'
export { PublicationPage } from './publication-page.tsx'
export { PublicationsPage } from './publications-page.tsx'
