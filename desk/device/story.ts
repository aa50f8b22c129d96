import { codeOf } from '@lentera/core/shared/codes'
import { projectStory } from '@lentera/core/support/story/project'
import { openRecords, type StreamToOpen } from './caseload.ts'
import type { OpenedStory } from './desk.ts'
import { folded } from './search.ts'

/** A story with its sealed fields opened, for memory only: no list is kept. Undefined while the entry that begins it is not here. */
export async function openStoryOf(of: StreamToOpen, unsent: boolean): Promise<OpenedStory | undefined> {
  const story = projectStory(of.state)
  if (!story) return undefined
  const { fields, records } = await openRecords(of)
  // Nothing of it is a case's code: whoever reads it learns of none.
  const code = `${story.country}-S-${codeOf(of.stream, 4)}`
  const said = ['changedName', 'who'].flatMap((field) => (fields[field] ?? []).map(({ value }) => value ?? ''))
  return { stream: of.stream, code, story, fields, records, unsent, search: folded([code, ...said].join(' ')) }
}
