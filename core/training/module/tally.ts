import type { StreamState } from '../../log/fold.ts'
import { type Contribution, unsettled } from '../../shared/contribution.ts'
import { projectModule } from './project.ts'

/** Every language of every module that is looked after, in the state in which it stands. */
export const moduleFacts = { language: 'training.module-language' } as const

/** The breakdowns kept as tallies; `[]` is the total. */
export const moduleBreakdowns = {
  [moduleFacts.language]: [[], ['state'], ['module'], ['module', 'state'], ['language', 'state']],
} as const satisfies Record<string, readonly (readonly string[])[]>

export function contributionsOfModule(state: StreamState): Contribution[] {
  const found = projectModule(state)
  if (!found || found.enteredInError) return []
  return found.languages.map(({ language, state: stands, on }) => ({
    fact: moduleFacts.language,
    record: `stream ${language}`,
    person: null,
    on,
    dimensions: { module: found.module, language, state: stands ?? unsettled },
    amount: 1,
  }))
}
