import type { Draft } from '../../log/draft.ts'
import type { Moment } from '../../log/sealed-kinds.ts'
import type { CivilDate } from '../../shared/dates.ts'
import type { StreamId } from '../../shared/ids.ts'
import { ProgrammeLanguage } from '../../shared/languages.ts'
import type { Module } from '../../shared/modules.ts'
import { Sex } from '../../shared/people.ts'
import { accept, type Decision } from '../../shared/refusals.ts'
import { readWholeNumber } from '../../shared/whole-number.ts'
import { type DateOrder, orderOfDates, readDay } from '../../sheets/dates.ts'
import { answersIn, checkMapping, type Form, type Mapping, type Said } from '../../sheets/mapping.ts'
import {
  certifyFromList,
  describeOfficer,
  type KnownPost,
  moveOfficer,
  type OfficerAt,
  type SayOfficer,
} from '../officer/capture.ts'
import { wishesFrom } from '../officer/project.ts'
import { longest, type RosterWish, textsOfOfficer } from '../officer/words.ts'
import { type OfficerColumn, officerColumns } from './fields.ts'
import type { PostsByName } from './post-file.ts'
import { type Bad, type BadRow, bad, plain, textIn, unknownWord, unreadable } from './rows.ts'

/** A certificate as a list gives it: until when. */
export type ListedCertificate = { readonly module: Module; readonly until: CivilDate }

/** An officer of a list who goes on: one who is not known yet, or what the list says anew of one who is. */
export type OfficerRow = {
  readonly line: number
  readonly stream: StreamId
  readonly post: StreamId
  readonly sex: Sex
  readonly said: SayOfficer
  readonly certificates: readonly ListedCertificate[]
} & ({ readonly what: 'new' | 'same' } | { readonly what: 'changed'; readonly drafts: readonly Draft[] })

/** A list of officers as it would be taken: nothing is stored. `missing`: known officers who serve and are not in it. */
export type OfficerFile = {
  readonly rows: readonly OfficerRow[]
  readonly bad: readonly BadRow[]
  readonly missing: number
}

export type ReadingOfficers = {
  /** What the agency has written down, and beside it the posts of the list that is taken with this one. */
  readonly posts: readonly KnownPost[]
  readonly found: PostsByName
  readonly officers: readonly OfficerAt[]
  /** A random id, for an officer who is not known yet. */
  readonly newStream: () => StreamId
  readonly moment: Moment
}

/**
 * Reads a list of officers. An officer is known again by her service number; what the list leaves empty stays as it is, and who is not
 * in it stays too. Rows that contradict each other are all listed, and none of them is taken. Refuses what `checkMapping` refuses.
 */
export function readOfficers(
  form: Form,
  mapping: Mapping<OfficerColumn>,
  { posts, found, officers, newStream, moment }: ReadingOfficers,
): Decision<OfficerFile> {
  const checked = checkMapping(form, officerColumns, mapping)
  if (!checked.ok) return checked
  const read = answersIn(form, officerColumns, mapping)
  const order = orderOfDates(
    form.body.flatMap((line) => {
      const { see, meet, carryThrough, postedOn, daysWished } = read(line)
      return [...[see, meet, carryThrough, postedOn].map(textIn), ...apart(textIn(daysWished))]
    }),
  )
  const known = new Map(
    officers.flatMap((each) => (each.said.number ? [[plain(each.said.number), each] as const] : [])),
  )
  const wrong = new Map<number, Bad>(unreadable(form).map(({ line, ...why }) => [line, why]))
  const rows = new Map<string, ReadAt>()
  for (const line of form.body) {
    const row = readRow(read(line), found, order, moment.today)
    if ('reason' in row) {
      wrong.set(line.line, row)
      continue
    }
    const at = { ...row, line: line.line }
    const name = plain(row.number)
    const before = rows.get(name)
    if (!before) rows.set(name, at)
    else contradict(before, at, wrong)
  }
  const taken: OfficerRow[] = []
  for (const [name, row] of rows) {
    if (wrong.has(row.line)) continue
    const turned = turn(row, known.get(name), { posts, newStream, moment })
    if ('reason' in turned) wrong.set(row.line, turned)
    else taken.push(turned)
  }
  const missing = officers.filter(
    ({ said, officer }) => !officer.left && !officer.enteredInError && !rows.has(plain(said.number ?? '')),
  ).length
  const bads = [...wrong].map(([line, why]): BadRow => ({ line, ...why }))
  return accept({ rows: taken, bad: bads.toSorted((a, b) => a.line - b.line), missing })
}

/** Two rows of one number: both are bad where they contradict each other, the second alone where it only repeats. */
function contradict(first: ReadAt, second: ReadAt, wrong: Map<number, Bad>): void {
  const why =
    first.post !== second.post
      ? 'officer-two-posts'
      : (first.said.home ?? '') !== (second.said.home ?? '')
        ? 'officer-two-homes'
        : undefined
  wrong.set(second.line, bad(why ?? 'officer-twice', { first: first.line }))
  if (why) wrong.set(first.line, bad(why, { first: second.line }))
}

function turn(
  row: ReadAt,
  known: OfficerAt | undefined,
  { posts, newStream, moment }: Pick<ReadingOfficers, 'posts' | 'newStream' | 'moment'>,
): OfficerRow | Bad {
  const { number: _, ...rest } = row
  if (!known) return { ...rest, stream: newStream(), what: 'new' }
  const at = { ...rest, stream: known.stream }
  if (known.officer.enteredInError) return bad('never-was')
  if (known.officer.left) return bad('officer-left')
  const decisions = [
    describeOfficer(known, { ...row.said, ...withOffers(row.said, known, moment), sex: row.sex }, [], moment),
    moveOfficer(known, { post: row.post, on: row.said.postedOn ?? moment.today }, posts, moment),
    ...row.certificates.map((each) => certifyFromList(known, each, moment)),
  ]
  // What stands so already is refused by name, and that is no news here.
  const drafts = decisions.flatMap((decided) => (decided.ok ? decided.value : []))
  return drafts.length === 0 ? { ...at, what: 'same' } : { ...at, what: 'changed', drafts }
}

/**
 * A list says that she volunteers for nights, and days on which she would be free; to which posts she would go, what is planned within,
 * and what she wishes for other days stands as she said it.
 */
function withOffers({ wishes, rosterWishes }: SayOfficer, { said }: OfficerAt, { today }: Moment): SayOfficer {
  const days = new Set(rosterWishes?.map(({ on }) => on))
  const others = wishesFrom(said, today).filter(({ on }) => !days.has(on))
  return {
    ...(wishes && said.wishes ? { wishes: { ...said.wishes, volunteersForNights: true } } : {}),
    ...(rosterWishes ? { rosterWishes: [...rosterWishes, ...others].toSorted((a, b) => (a.on < b.on ? -1 : 1)) } : {}),
  }
}

// ---------------------------------------------------------------- one row

type Answers = Readonly<Partial<Record<OfficerColumn, Said>>>
type Read = {
  readonly number: string
  readonly post: StreamId
  readonly sex: Sex
  readonly said: SayOfficer
  readonly certificates: readonly ListedCertificate[]
}
type ReadAt = Read & { readonly line: number }

function readRow(answers: Answers, found: PostsByName, order: DateOrder, today: CivilDate): Read | Bad {
  const strange = unknownWord([answers.sex, answers.nights])
  if (strange) return strange
  for (const needed of [answers.number, answers.sex, answers.post])
    if (needed?.said === 'nothing') return bad('cell-empty', { column: needed.column })
  const number = textIn(answers.number)
  const sex = Sex.safeParse(textIn(answers.sex)).data
  if (!number || !sex) return bad('word-unknown', { column: (number ? answers.sex : answers.number)?.column ?? '' })
  const post = found.get(plain(textIn(answers.post) ?? ''))
  if (post === undefined) return bad('post-unknown')
  if (post === 'two') return bad('post-of-two')
  const texts = readTexts(answers)
  if ('reason' in texts) return texts
  const spoken = readLanguages(textIn(answers.languages))
  if (spoken && 'reason' in spoken) return spoken
  const reach = textIn(answers.reach)
  const minutes = reach === undefined ? undefined : textsOfOfficer.reach.safeParse(readWholeNumber(reach)).data
  if (reach !== undefined && minutes === undefined)
    return bad('number-not-understood', { column: answers.reach?.column ?? '' })
  const dates = readDates(answers, order)
  if ('reason' in dates) return dates
  const { postedOn, ...ends } = dates
  if (postedOn && postedOn > today) return bad('date-not-understood', { column: answers.postedOn?.column ?? '' })
  const wished = readDaysWished(textIn(answers.daysWished), order, today)
  if (wished === undefined) return bad('date-not-understood', { column: answers.daysWished?.column ?? '' })
  const volunteers = textIn(answers.nights) === 'yes'
  const said: SayOfficer = {
    ...texts,
    ...(spoken ? { languages: spoken } : {}),
    ...(minutes === undefined ? {} : { reach: minutes }),
    ...(postedOn ? { postedOn } : {}),
    ...(wished.length > 0 ? { rosterWishes: wished } : {}),
    ...(volunteers ? { wishes: { volunteersForNights: true, volunteersFor: [], mostNights: null } } : {}),
  }
  return { number, post, sex, said, certificates: certificatesIn(ends) }
}

function readTexts({ number, name, rank, home }: Answers): SayOfficer | Bad {
  const columns = { number, name, rank, home } as const
  const said: Partial<Record<keyof typeof columns, string>> = {}
  for (const [field, answer] of Object.entries(columns) as [keyof typeof columns, Said | undefined][]) {
    const text = textIn(answer)
    if (text === undefined) continue
    if (text.length > longest[field])
      return bad('text-too-long', { column: answer?.column ?? '', most: longest[field] })
    said[field] = text
  }
  // Two places in one cell are two homes: which of them counts only a person can say.
  return said.home && /;|\n| \/ | or /.test(said.home) ? bad('two-homes-in-cell', { column: home?.column ?? '' }) : said
}

/** `km, en`: codes, as the programme names its languages. */
function readLanguages(text: string | undefined): ProgrammeLanguage[] | Bad | undefined {
  if (text === undefined) return undefined
  const spoken = text
    .split(/[,;/\s]+/)
    .filter(Boolean)
    .map((each) => ProgrammeLanguage.safeParse(each.toLowerCase()).data)
  return spoken.some((each) => each === undefined)
    ? bad('language-unknown')
    : [...new Set(spoken.filter((each) => each !== undefined))]
}

const dated = ['see', 'meet', 'carryThrough', 'postedOn'] as const

function readDates(answers: Answers, order: DateOrder): Partial<Record<(typeof dated)[number], CivilDate>> | Bad {
  const read: Partial<Record<(typeof dated)[number], CivilDate>> = {}
  for (const field of dated) {
    const text = textIn(answers[field])
    if (text === undefined) continue
    const date = readDay(text, order)
    if (!date || date < '2000') return bad('date-not-understood', { column: answers[field]?.column ?? '' })
    read[field] = date
  }
  return read
}

/** `24/12/2026; 31/12/2026`: days she would be free, of the middle weight; those that are over say nothing. Undefined: no dates. */
function readDaysWished(text = '', order: DateOrder, today: CivilDate): RosterWish[] | undefined {
  const days = apart(text).map((each) => readDay(each, order))
  if (days.some((day) => day === undefined)) return undefined
  return [...new Set(days)].flatMap((on) =>
    on === undefined || on < today ? [] : [{ on, wish: 'free', starts: null, weight: 2 } as const],
  )
}

const apart = (text = ''): readonly string[] =>
  text
    .split(/[;,\n]/)
    .map((each) => each.trim())
    .filter(Boolean)

const certificatesIn = ({
  see,
  meet,
  carryThrough,
}: {
  readonly see?: CivilDate
  readonly meet?: CivilDate
  readonly carryThrough?: CivilDate
}): ListedCertificate[] =>
  (
    [
      ['see', see],
      ['meet', meet],
      ['carry-through', carryThrough],
    ] as const
  ).flatMap(([module, until]) => (until ? [{ module, until }] : []))
