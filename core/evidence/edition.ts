import { CivilDate, firstDayOf } from '../shared/dates.ts'
import { accept, type Decision, refuse } from '../shared/refusals.ts'
import { type Dataset, firstYears } from './words.ts'

/**
 * An edition in the one way it is kept, or undefined: what the publishers date their tables with (a day `2023-05-30`, a
 * month `2023-05`, a quarter `2023-Q2`, a year `2023`) or number them with (`version 4`, `version 4.1`). UNODC's own way
 * of writing a day above its table, `30/05/2023`, and `v4` are understood as these.
 */
export function readEdition(text: string): string | undefined {
  const written = text.trim()
  const [, day = '', month = '', year = ''] = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(written) ?? []
  const date = CivilDate.safeParse(year ? [year, month.padStart(2, '0'), day.padStart(2, '0')].join('-') : written)
  if (date.success) return date.data
  const number = /^v(?:ersion)?\s*(\d{1,4}(?:\.\d{1,3}){0,2})$/i.exec(written)?.[1]
  return number && `version ${number}`
}

/** What the rows of a table say about the age of its edition: the newest year among those that a row can be of. */
export type RowYears = { readonly dataset: Dataset; readonly newest: number | null }

/**
 * The edition as it is kept. Refuses `evidence.edition-not-understood` (what `readEdition` does not read);
 * `evidence.edition-in-the-future`; and, for a date, `evidence.rows-after-edition` where its year is before the newest of
 * the rows, or before the publisher collected anything: one of the two is wrong. A number has no year to compare.
 */
export function checkEdition(text: string, rows: RowYears, today: CivilDate): Decision<string> {
  const edition = readEdition(text)
  if (edition === undefined) return refuse('evidence.edition-not-understood', { edition: text.trim().slice(0, 40) })
  const date = CivilDate.safeParse(edition)
  if (!date.success) return accept(edition)
  if (firstDayOf(date.data) > today) return refuse('evidence.edition-in-the-future', { edition, today })
  const last = Math.max(rows.newest ?? 0, firstYears[rows.dataset])
  return Number(edition.slice(0, 4)) < last ? refuse('evidence.rows-after-edition', { edition, last }) : accept(edition)
}

/**
 * For sorting, newest first. A date says when; a number does not, so what is only numbered stands behind what is dated, and
 * last what earlier versions let in as an edition.
 */
export function inOrderOfEdition(a: string, b: string): number {
  const [rankA, rankB] = [rankOf(a), rankOf(b)]
  if (rankA !== rankB) return rankA - rankB
  if (rankA !== numbered) return compare(b, a)
  const [ofA, ofB] = [numbersOf(a), numbersOf(b)]
  for (let index = 0; index < Math.max(ofA.length, ofB.length); index++) {
    const difference = (ofB[index] ?? -1) - (ofA[index] ?? -1)
    if (difference !== 0) return difference
  }
  return 0
}

const numbered = 1
const rankOf = (edition: string): number =>
  CivilDate.safeParse(edition).success ? 0 : readEdition(edition) === undefined ? 2 : numbered
const numbersOf = (edition: string): number[] => edition.replace(/^\D+/, '').split('.').map(Number)
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
