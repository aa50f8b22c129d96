import { type Draft, draft } from '../../log/draft.ts'
import type { CivilDate } from '../../shared/dates.ts'
import type { OrganisationId, StreamId } from '../../shared/ids.ts'
import type { LanguageState, ProgrammeLanguage } from '../../shared/languages.ts'
import { accept, type Decision, refuse } from '../../shared/refusals.ts'
import type { Module } from '../words.ts'
import { languagesStated, moduleEnteredInError, moduleOpened } from './entries.ts'
import type { TrainingModule } from './project.ts'
import { moduleStream } from './words.ts'

/**
 * @param here the modules that her organisation looks after already, also those opened by mistake
 * Refused: `training.module-here-already`.
 */
export function openModule(
  organisation: OrganisationId,
  module: Module,
  here: readonly TrainingModule[],
  today: CivilDate,
): Decision<Draft[]> {
  if (here.some((each) => each.module === module)) return refuse('training.module-here-already')
  return accept([draft(moduleOpened, moduleStream(organisation, module), today, { organisation, module })])
}

export type LanguageStates = Readonly<Partial<Record<ProgrammeLanguage, LanguageState>>>

/**
 * Says how far a module stands in the languages that moved. What stands so already is not said again.
 * Refused: `training.module-in-error`, `training.nothing-changed`, `training.outdated-before-reviewed` {language}.
 */
export function stateLanguages(
  stream: StreamId,
  module: TrainingModule,
  states: LanguageStates,
  today: CivilDate,
): Decision<Draft[]> {
  if (module.enteredInError) return refuse('training.module-in-error')
  const moved = module.languages.filter(({ language, state }) => states[language] && states[language] !== state)
  if (moved.length === 0) return refuse('training.nothing-changed')
  // A source cannot move away from a text that nobody has written.
  const early = moved.find(({ language, state }) => states[language] === 'outdated' && state === 'missing')
  if (early) return refuse('training.outdated-before-reviewed', { language: early.language })
  const coded = Object.fromEntries(moved.map(({ language }) => [language, states[language]]))
  return accept([draft(languagesStated, stream, today, coded)])
}

/** Marks a module as opened by mistake; or takes that back. */
export function markModuleInError(
  stream: StreamId,
  { opening: record }: TrainingModule,
  isInError: boolean,
  today: CivilDate,
): Decision<Draft[]> {
  return accept([draft(moduleEnteredInError, stream, today, { record, enteredInError: isInError })])
}
