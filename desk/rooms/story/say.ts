import type { CivilDate } from '@lentera/core/shared/dates'
import { type Story, whyNotReady } from '@lentera/core/support/story/project'
import { Use } from '@lentera/core/support/story/words'

/** The uses a story may be put to today. */
export const readyUses = (story: Story, today: CivilDate): readonly Use[] =>
  Use.options.filter((use) => whyNotReady(story, use, today) === undefined)

/** What stands between a story and its use, the gravest first: a text of the catalogue (`story.state.<...>`). */
export type StoryState = 'erased' | 'in-error' | 'two-texts' | 'unread' | 'sent-back' | 'approved' | 'ready'

export function stateOf(story: Story, today: CivilDate): StoryState {
  if (story.erased) return 'erased'
  if (story.enteredInError) return 'in-error'
  if (!story.version) return 'two-texts'
  if (story.reading.reading !== 'approved') return story.reading.reading
  return readyUses(story, today).length > 0 ? 'ready' : 'approved'
}
