import { toCsv } from '@lentera/core/shared/csv'
import type { CivilDate } from '@lentera/core/shared/dates'
import { type CellToWrite, writeWorkbook } from '@lentera/core/sheets/write-workbook'
import type { PersonKey, Roster } from '@lentera/planner/roster'
import { sayClock } from '../register/say.ts'
import { sharesOf } from './roster-edits.ts'
import type { RosterQuestion } from './roster-problem.ts'
import { type Duty, isElsewhere, type Side, weekdayOf } from './roster-sides.ts'
import type { Say } from './say-plan.ts'

/**
 * A roster as a file of the agency's own. Officers by their number, posts by their code: no name, no sex and no skill stands in it, for
 * women at a named post are not to be found from a file that lies open. Whose wishes were met is in no file.
 */
export type RosterFile = {
  readonly question: RosterQuestion
  readonly roster: Roster
  readonly dates: readonly CivilDate[]
  readonly officer: (key: PersonKey) => string
  /** Codes of the posts, the neighbour's '' where there is none. */
  readonly codes: Readonly<Record<Side, string>>
  /** Rules that it breaks, as the checker counts them, somebody alone among them. */
  readonly broken: number
  readonly stamp: string | null
}
type Words = Pick<Say, 't'> & { readonly format: { readonly date: (day: CivilDate) => string } }

/** A row for each officer with a column for each day, named by its date; then the key and what the reader must know. */
export function csvOfRoster(file: RosterFile, words: Words): string {
  const { stamp } = file
  const empty: readonly string[] = []
  return toCsv({
    head: [...firstColumns(words), ...file.dates, ...sums(words)],
    rows: [
      ...rowsOf(file).map((cells) => cells.map((cell) => `${cell ?? ''}`)),
      empty,
      ...keyOf(file, words),
      empty,
      ...[...(stamp === null ? [] : [stamp]), ...aboveOf(file, words)].map((text) => [text]),
    ],
  })
}

/** The same as a workbook, whose second sheet is the key. */
export function workbookOfRoster(file: RosterFile, words: Words): Uint8Array {
  const { t } = words
  const { dates, stamp } = file
  const above = aboveOf(file, words)
  return writeWorkbook(
    [
      {
        name: t('roster.file.roster'),
        above,
        head: [...firstColumns(words), ...dates.map((date) => `${Number(date.slice(8))}`), ...sums(words)],
        rows: [['', '', ...dates.map((date) => t(`register.weekday.${weekdayOf(date)}`))], ...rowsOf(file)],
        widths: [12, 12, ...dates.map(() => 8), ...sums(words).map(() => 10)],
      },
      {
        name: t('roster.file.key'),
        above,
        head: [t('roster.file.sign'), t('roster.file.meaning')],
        rows: keyOf(file, words),
        widths: [14, 80],
      },
    ],
    stamp,
  )
}

const firstColumns = ({ t }: Words): readonly string[] => [t('roster.post'), t('roster.officer')]

const sums = ({ t }: Words): readonly string[] => columns.map((column) => t(`roster.share.${column}`))
const columns = ['shifts', 'nights', 'weekends', 'onCall'] as const

function rowsOf({ question, roster, officer, codes }: RosterFile): readonly (readonly CellToWrite[])[] {
  const { problem, sideOf, duties } = question
  const shares = new Map(sharesOf(problem, roster).map((share) => [share.person, share]))
  return problem.people.map(({ key }) => {
    const side = sideOf.get(key) ?? 'post'
    const share = shares.get(key)
    return [
      codes[side],
      officer(key),
      ...(roster[key] ?? []).map((shift) => {
        const duty = duties.find((each) => each.key === shift)
        return duty === undefined ? null : signOf(duty, side)
      }),
      ...columns.map((column) => share?.[column] ?? 0),
    ]
  })
}

/** `06–14`; on call `[06–14]`, for the other post `[06–14]*`; in another roster `(06–14)`. None is a number, a date or a formula to a spreadsheet. */
function signOf(duty: Duty, side: Side): string {
  const hours = sayClock(duty).replaceAll(/:00/g, '')
  if (isElsewhere(duty.key)) return `(${hours})`
  if (!duty.isOnCall) return hours
  return duty.side === side ? `[${hours}]` : `[${hours}]*`
}

/** Every sign that stands in the file, in the order of the day, and that an empty cell is a free day. */
function keyOf({ question, roster }: RosterFile, { t }: Words): readonly (readonly string[])[] {
  const { duties, sideOf } = question
  const meanings = new Map<string, string>()
  for (const duty of duties) {
    for (const [person, row] of Object.entries(roster)) {
      if (!row.includes(duty.key)) continue
      const side = sideOf.get(person) ?? 'post'
      meanings.set(signOf(duty, side), meaningOf(duty, side, t))
    }
  }
  return [...meanings, ['', t('roster.file.free')]]
}

function meaningOf(duty: Duty, side: Side, t: Words['t']): string {
  const shift = sayClock(duty)
  if (isElsewhere(duty.key)) return t('roster.duty-elsewhere', { shift })
  if (!duty.isOnCall) return shift
  return duty.side === side ? t('roster.on-call', { shift }) : t('roster.file.on-call-other', { shift })
}

function aboveOf({ dates, codes, broken }: RosterFile, { t, format }: Words): readonly string[] {
  const [first, last] = [dates[0], dates.at(-1)]
  const posts = [codes.post, codes.partner].filter(Boolean).join(' + ')
  return [
    first && last ? t('roster.file.title', { posts, from: format.date(first), to: format.date(last) }) : posts,
    t('roster.file.stays'),
    broken === 0 ? t('roster.no-rule-broken') : t('roster.file.broken', { count: broken }),
  ]
}
