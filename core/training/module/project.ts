import { agreedValue, type StreamState, streamRecord } from '../../log/fold.ts'
import { type Conflict, conflictsOf, isEnteredInError, openingOf, setOnce } from '../../log/records.ts'
import type { CivilDate } from '../../shared/dates.ts'
import { type EntryId, OrganisationId } from '../../shared/ids.ts'
import { LanguageState, ProgrammeLanguage } from '../../shared/languages.ts'
import { Module } from '../words.ts'

/** A language nobody spoke of is missing. `state` is undefined where two answers stand beside each other. */
export type ModuleLanguage = {
  readonly language: ProgrammeLanguage
  readonly state: LanguageState | undefined
  readonly on: CivilDate
}

export type TrainingModule = {
  readonly opening: EntryId
  readonly organisation: OrganisationId
  readonly module: Module
  readonly openedOn: CivilDate
  readonly enteredInError: boolean
  readonly languages: readonly ModuleLanguage[]
  readonly conflicts: readonly Conflict[]
}

/** The state of a stream as a module; undefined while the entry that opens it has not arrived. */
export function projectModule(state: StreamState): TrainingModule | undefined {
  const root = state.records[streamRecord]
  const opening = openingOf(state)
  const organisation = root && OrganisationId.safeParse(setOnce(root, 'organisation')).data
  const module = root && Module.safeParse(setOnce(root, 'module')).data
  if (!root?.on || !opening || !organisation || !module) return undefined
  const { on, fields } = root
  return {
    opening,
    organisation,
    module,
    openedOn: on,
    enteredInError: isEnteredInError(state.records[opening]),
    languages: ProgrammeLanguage.options.map((language) => {
      const heads = fields[language] ?? []
      return {
        language,
        state: heads.length === 0 ? 'missing' : LanguageState.safeParse(agreedValue(root, language)).data,
        on:
          heads
            .map((head) => head.on)
            .toSorted()
            .at(-1) ?? on,
      }
    }),
    conflicts: conflictsOf(state),
  }
}
