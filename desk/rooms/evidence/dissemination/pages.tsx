/** What the shell mounts. */
export { DisseminationPage } from './dissemination-page.tsx'
export { EditionPage } from './edition/edition-page.tsx'
export { EventPage } from './event-page.tsx'
export { ModulePage } from './module-page.tsx'
export { NewEventPage } from './new-event-page.tsx'
export { NewProductPage } from './new-product-page.tsx'
export { ProductPage } from './product-page.tsx'
