/** What the shell mounts. */
export { AwarenessPage } from './awareness-page.tsx'
export { NewOutreachPage } from './new-outreach-page.tsx'
export { NewSamplePage } from './new-sample-page.tsx'
export { NewWorkPage } from './new-work-page.tsx'
export { OutreachPage } from './outreach-page.tsx'
export { SamplePage } from './sample-page.tsx'
export { WorkPage } from './work-page.tsx'
