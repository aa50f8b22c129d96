import type { StreamState } from '../../log/fold.ts'
import { type Contribution, unsettled } from '../../shared/contribution.ts'
import { projectModule } from './project.ts'

/** Each module that is looked after, and each of its languages in the state in which it stands. */
export const moduleFacts = { module: 'training.module', language: 'training.module-language' } as const

/** The breakdowns kept as tallies; `[]` is the total. */
export const moduleBreakdowns = {
  [moduleFacts.module]: [[], ['module']],
  [moduleFacts.language]: [[], ['state'], ['module'], ['module', 'state'], ['language', 'state']],
} as const satisfies Record<string, readonly (readonly string[])[]>

export function contributionsOfModule(state: StreamState): Contribution[] {
  const found = projectModule(state)
  if (!found || found.enteredInError) return []
  const { module, openedOn, languages } = found
  const opened = {
    fact: moduleFacts.module,
    record: 'stream',
    person: null,
    on: openedOn,
    dimensions: { module },
    amount: 1,
  }
  const stated = languages.map(({ language, state: stands = unsettled, on }) => ({
    fact: moduleFacts.language,
    record: `stream ${language}`,
    person: null,
    on,
    dimensions: { module, language, state: stands },
    amount: 1,
  }))
  return [opened, ...stated]
}
