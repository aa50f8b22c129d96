/** What the shell mounts. */
export { NewStoryPage } from './new-story-page.tsx'
export { StoriesPage } from './stories-page.tsx'
export { StoryPage } from './story-page.tsx'
