import { type Draft, draft } from '../log/draft.ts'
import type { CivilDate } from '../shared/dates.ts'
import type { Hash, OrganisationId, StreamId } from '../shared/ids.ts'
import { accept, type Decision, refuse } from '../shared/refusals.ts'
import { Columns, mappingCorrected, mappingRemembered, Words } from './entries.ts'
import { isAdded, type Mapping } from './mapping.ts'
import type { RememberedMapping } from './project.ts'
import { longest, type Purpose } from './words.ts'

export type RememberMapping = {
  readonly stream: StreamId
  readonly organisation: OrganisationId
  readonly purpose: Purpose
  readonly form: Hash
  readonly mapping: Mapping<string>
}

/**
 * Remembers how a form is read, or corrects what is remembered of it; nothing where that is known already.
 * Refused: `sheets.heading-too-long` {most}, `sheets.word-too-long` {most}: longer texts are no code words and stay in the file.
 */
export function rememberMapping(
  { stream, organisation, purpose, form, mapping }: RememberMapping,
  known: { readonly stream: StreamId; readonly state: RememberedMapping } | undefined,
  today: CivilDate,
): Decision<Draft[]> {
  const columns = Columns.safeParse(columnsSaid(mapping))
  if (!columns.success) return refuse('sheets.heading-too-long', { most: longest.header })
  const words = Words.safeParse(mapping.words)
  if (!words.success) return refuse('sheets.word-too-long', { most: longest.word })
  const orders = ordersSaid(mapping)
  const said = { columns: columns.data, words: words.data, dates: orders.length > 0 ? orders : undefined }
  if (!known) return accept([draft(mappingRemembered, stream, today, { organisation, purpose, form, ...said })])
  const before = known.state.mapping
  if (before && isSame(before, mapping)) return accept([])
  // What was said before of its dates is taken back by saying it of none.
  const dates = said.dates ?? (before?.dates ? [] : undefined)
  return accept([draft(mappingCorrected, known.stream, today, { ...said, dates })])
}

const columnsSaid = ({ columns }: Mapping<string>) =>
  Object.entries(columns).flatMap(([field, answer]) =>
    !answer || ('header' in answer && isAdded(answer.header)) ? [] : [{ field, ...answer }],
  )

const ordersSaid = ({ dates = {} }: Mapping<string>) =>
  Object.entries(dates).flatMap(([field, order]) => (order ? [{ field, order }] : []))

const isSame = (a: Mapping<string>, b: Mapping<string>): boolean => inOrder(a) === inOrder(b)

function inOrder(mapping: Mapping<string>): string {
  const said = [...columnsSaid(mapping), ...mapping.words, ...ordersSaid(mapping)].map((each) =>
    JSON.stringify(Object.entries(each).sort()),
  )
  return said.sort().join('\n')
}
