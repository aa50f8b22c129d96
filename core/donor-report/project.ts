import * as z from 'zod'
import { agreedValue, type RecordState, type StreamState, streamRecord } from '../log/fold.ts'
import { type Conflict, conflictsOf, isEnteredInError, setOnce } from '../log/records.ts'
import { Phase, Quarter } from '../plan/words.ts'
import type { CivilDate } from '../shared/dates.ts'
import { type EntryId, type MemberId, OrganisationId } from '../shared/ids.ts'
import { PrintedLanguage } from '../shared/languages.ts'
import { CutOffLabel } from './entries.ts'
import { fieldOf, Part } from './words.ts'

export type DonorReport = {
  /** The entry by whose id the report can be marked as entered in error. */
  readonly opening: EntryId
  readonly organisation: OrganisationId
  readonly author: MemberId | null
  readonly openedOn: CivilDate
  readonly phase: Phase
  readonly quarter: CivilDate
  /** The label of the cut-off its figures are frozen at. */
  readonly cutOff: CivilDate
  readonly definitions: Readonly<Record<string, number>>
  readonly narratives: readonly Narrative[]
  readonly enteredInError: boolean
  readonly conflicts: readonly Conflict[]
}

/** One text. `versions`: what stands; more than one where two wrote it apart, until somebody settles which is meant. */
export type Narrative = {
  readonly part: Part
  readonly language: PrintedLanguage
  readonly versions: readonly string[]
}

/** The state of a stream as a report; undefined while the entry that opens it has not arrived. */
export function projectDonorReport(state: StreamState): DonorReport | undefined {
  const root = state.records[streamRecord]
  const opening = root?.fields.organisation?.[0]?.entry
  const said = root && Opened.safeParse(Object.fromEntries(opened.map((field) => [field, setOnce(root, field)]))).data
  if (!root?.on || !opening || !said) return undefined
  return {
    ...said,
    opening,
    author: root.author,
    openedOn: root.on,
    narratives: Part.options.flatMap((part) =>
      PrintedLanguage.options.flatMap((language) => {
        const versions = versionsOf(root, fieldOf(part, language))
        return versions.length === 0 ? [] : [{ part, language, versions }]
      }),
    ),
    enteredInError: isEnteredInError(state.records[opening]),
    conflicts: conflictsOf(state),
  }
}

const Opened = z.object({
  organisation: OrganisationId,
  phase: Phase,
  quarter: Quarter,
  cutOff: CutOffLabel,
  definitions: z.record(z.string(), z.number()),
})
const opened = Object.keys(Opened.shape)

/** Every text of a report in one part, of the language asked for or else of the first that has one. */
export function narrativeIn(
  { narratives }: Pick<DonorReport, 'narratives'>,
  part: Part,
  language: PrintedLanguage,
): Narrative | undefined {
  const written = narratives.filter((each) => each.part === part)
  return written.find((each) => each.language === language) ?? written[0]
}

function versionsOf(root: RecordState, field: string): readonly string[] {
  const agreed = agreedValue(root, field)
  const heads =
    agreed === undefined ? (root.fields[field] ?? []).map((head) => 'value' in head && head.value) : [agreed]
  return heads.filter((text): text is string => typeof text === 'string' && text !== '')
}
