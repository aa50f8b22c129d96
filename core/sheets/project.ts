import { agreedValue, type StreamState, streamRecord } from '../log/fold.ts'
import { setOnce } from '../log/records.ts'
import type { CivilDate } from '../shared/dates.ts'
import { EntryId, Hash, OrganisationId } from '../shared/ids.ts'
import { Columns, Dates, Words } from './entries.ts'
import type { Answer, DateOrders, Mapping } from './mapping.ts'
import { Purpose } from './words.ts'

/** A mapping as it is remembered; `mapping` is undefined while two colleagues have said two things of one form. */
export type RememberedMapping = {
  readonly opening: EntryId
  readonly on: CivilDate
  readonly organisation: OrganisationId
  readonly purpose: Purpose
  readonly form: Hash
  readonly mapping: Mapping<string> | undefined
}

export function projectMapping(state: StreamState): RememberedMapping | undefined {
  const root = state.records[streamRecord]
  if (!root?.on) return undefined
  const opening = EntryId.safeParse(root.fields.form?.[0]?.entry).data
  const organisation = OrganisationId.safeParse(setOnce(root, 'organisation')).data
  const purpose = Purpose.safeParse(setOnce(root, 'purpose')).data
  const form = Hash.safeParse(setOnce(root, 'form')).data
  if (!opening || !organisation || !purpose || !form) return undefined
  const columns = Columns.safeParse(agreedValue(root, 'columns')).data
  const words = Words.safeParse(agreedValue(root, 'words')).data
  const dates = columns && ordersOf(columns, Dates.safeParse(agreedValue(root, 'dates')).data)
  const mapping = columns &&
    words && {
      columns: Object.fromEntries(columns.map(answerOf)),
      words,
      ...(dates && Object.keys(dates).length > 0 ? { dates } : {}),
    }
  return { opening, on: root.on, organisation, purpose, form, mapping }
}

/** The mapping of a form. Where two of the house remembered it apart, the newer. */
export function findRemembered<T extends { readonly state: RememberedMapping }>(
  known: readonly T[],
  purpose: Purpose,
  form: Hash,
): T | undefined {
  const same = known.filter(({ state }) => state.purpose === purpose && state.form === form)
  return same.toSorted((a, b) => (a.state.opening < b.state.opening ? 1 : -1))[0]
}

const answerOf = ({ field, ...answer }: Columns[number]): [string, Answer] => [field, answer]

function ordersOf(columns: Columns, said: Dates | undefined): DateOrders<string> {
  if (said === undefined || said === 'not-known') return {}
  const each = typeof said === 'string' ? columns.map(({ field }) => ({ field, order: said })) : said
  return Object.fromEntries(each.map(({ field, order }) => [field, order]))
}
