import type { Draft } from '../../log/draft.ts'
import type { Moment } from '../../log/sealed-kinds.ts'
import type { CivilDate } from '../../shared/dates.ts'
import type { StreamId } from '../../shared/ids.ts'
import type { Module } from '../../shared/modules.ts'
import { Sex } from '../../shared/people.ts'
import { accept, type Decision } from '../../shared/refusals.ts'
import { readWholeNumber } from '../../shared/whole-number.ts'
import { type DateOrder, readDay } from '../../sheets/dates.ts'
import { answersIn, checkMapping, type Form, type Mapping, ordersIn, type Said } from '../../sheets/mapping.ts'
import {
  certifyFromList,
  describeOfficer,
  type KnownPost,
  moveOfficer,
  type OfficerAt,
  type SayOfficer,
} from '../officer/capture.ts'
import { numbersOf, plannedWith, servesOn, wishesFrom } from '../officer/project.ts'
import { longest, most, type RosterWish, textsOfOfficer, type Wishes } from '../officer/words.ts'
import { changesOfOfficer, type OfficerChange } from './changes.ts'
import { type OfficerColumn, officerColumns } from './fields.ts'
import { readLanguages } from './languages.ts'
import type { PostsByName } from './post-file.ts'
import { type Bad, type BadRow, bad, knownIn, plain, textIn, unknownWord, unreadable } from './rows.ts'

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
} & (
  | { readonly what: 'new' | 'same' }
  | { readonly what: 'changed'; readonly drafts: readonly Draft[]; readonly changes: readonly OfficerChange[] }
)

/**
 * A list of officers as it would be taken: nothing is stored. `missing`: known officers who serve and are not in it. `oneHome`: cells
 * that could name two homes and are read as one, as a place may be called that: a person sees them before anything is taken.
 */
export type OfficerFile = {
  readonly rows: readonly OfficerRow[]
  readonly bad: readonly BadRow[]
  readonly missing: number
  readonly oneHome: readonly { readonly line: number; readonly home: string }[]
  /** Words under languages that name none of the programme's, each once: the officers are taken without them. */
  readonly unspoken: readonly string[]
}

export type ReadingOfficers = {
  /** What the agency has written down, and beside it the posts of the list that is taken with this one. */
  readonly posts: readonly KnownPost[]
  readonly found: PostsByName
  /** Posts of the list that is taken with this one whose own rows are not good, by code and name as `plain` has them: the line of each. */
  readonly notTaken?: ReadonlyMap<string, number>
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
  { posts, found, notTaken = new Map(), officers, newStream, moment }: ReadingOfficers,
): Decision<OfficerFile> {
  const checked = checkMapping(form, officerColumns, mapping)
  if (!checked.ok) return checked
  const read = answersIn(form, officerColumns, mapping)
  const orders = ordersIn(form, officerColumns, mapping)
  // Whose number is settled goes before one of whom it is one of two.
  const known = new Map(
    officers
      .toSorted((a, b) => Number(a.said.number !== undefined) - Number(b.said.number !== undefined))
      .flatMap((each) => numbersOf(each.said).map((number) => [plain(number), each] as const)),
  )
  const wrong = new Map<number, Bad>(unreadable(form).map(({ line, reason, values }) => [line, { reason, values }]))
  const rows = new Map<string, ReadAt>()
  const homes = homesIn(
    form.body.map((line) => textIn(read(line).home)),
    officers,
  )
  for (const line of form.body) {
    const answers = read(line)
    const said = readRow(answers, { found, notTaken }, orders, moment.today)
    const row = 'reason' in said ? said : (twoHomes(said, answers, homes) ?? said)
    if ('reason' in row) {
      wrong.set(line.line, row)
      continue
    }
    const at = { ...row, line: line.line }
    const name = plain(row.number)
    const before = rows.get(name)
    if (before) rows.set(name, bothOf(before, at, answers, wrong))
    else rows.set(name, at)
  }
  const taken: OfficerRow[] = []
  for (const [name, row] of rows) {
    if (wrong.has(row.line)) continue
    const turned = turn(row, known.get(name), { posts, newStream, moment })
    if ('reason' in turned) wrong.set(row.line, turned)
    else taken.push(turned)
  }
  const missing = officers.filter(
    ({ said, officer }) =>
      !officer.left && !officer.enteredInError && !numbersOf(said).some((number) => rows.has(plain(number))),
  ).length
  const who = new Map(form.body.map((line) => [line.line, textIn(read(line).number) ?? textIn(read(line).name) ?? '']))
  const bads = [...wrong].map(([line, why]): BadRow => ({ line, who: who.get(line) ?? '', ...why }))
  const oneHome = taken.flatMap(({ line, said: { home } }) =>
    home && homesNamed(home).length > 1 && !homes.registered.has(plain(home)) ? [{ line, home }] : [],
  )
  const unspoken = [...new Set([...rows.values()].flatMap((row) => (wrong.has(row.line) ? [] : row.unspoken)))]
  return accept({ rows: taken, bad: bads.toSorted((a, b) => a.line - b.line), missing, oneHome, unspoken })
}

/**
 * Two rows of one number. Both are bad where anything that both say differs; where nothing does, the second only repeats the first, and
 * what it says besides is taken with it.
 */
function bothOf(first: ReadAt, second: ReadAt, answers: Answers, wrong: Map<number, Bad>): ReadAt {
  const why = contradiction(first, second, answers)
  wrong.set(second.line, bad(why?.reason ?? 'officer-twice', { ...why?.values, first: first.line }))
  if (why) wrong.set(first.line, bad(why.reason, { ...why.values, first: second.line }))
  if (why) return first
  const isSaid = ({ module }: ListedCertificate): boolean => first.certificates.some((each) => each.module === module)
  return {
    ...first,
    said: { ...second.said, ...first.said },
    nights: first.nights ?? second.nights,
    certificates: [...first.certificates, ...second.certificates.filter((each) => !isSaid(each))],
  }
}

/** What both rows say, and each otherwise; undefined where nothing is. A column is named as it is headed. */
function contradiction(first: ReadAt, second: ReadAt, answers: Answers): Bad | undefined {
  if (first.post !== second.post) return bad('officer-two-posts')
  const isOther = (one: string | undefined, other: string | undefined): boolean =>
    one !== undefined && other !== undefined && one !== other
  if (isOther(spelt(first.said.home), spelt(second.said.home))) return bad('officer-two-homes')
  const { number: _, home: __, ...columns } = answers
  const said = (row: ReadAt, column: keyof typeof columns): string | undefined => {
    if (column === 'sex' || column === 'post' || column === 'nights') return row[column]
    if (column === 'see' || column === 'meet') return endOf(row, column)
    if (column === 'carryThrough') return endOf(row, 'carry-through')
    if (column === 'daysWished') return spelt(JSON.stringify(row.said.rosterWishes))
    return column === 'name' || column === 'rank' ? spelt(row.said[column]) : spelt(JSON.stringify(row.said[column]))
  }
  const column = keysOf(columns).find((each) => isOther(said(first, each), said(second, each)))
  return column && bad('officer-contradicts', { column: answers[column]?.column ?? '' })
}

const spelt = (text: string | null | undefined): string | undefined => (text ? plain(text) : undefined)

const endOf = ({ certificates }: ReadAt, module: Module): CivilDate | undefined =>
  certificates.find((each) => each.module === module)?.until

// The columns are those its type names.
const keysOf = <Name extends string>(columns: Readonly<Partial<Record<Name, unknown>>>): Name[] =>
  Object.keys(columns) as Name[]

function turn(
  row: ReadAt,
  known: OfficerAt | undefined,
  { posts, newStream, moment }: Pick<ReadingOfficers, 'posts' | 'newStream' | 'moment'>,
): OfficerRow | Bad {
  const { number: _, nights, unspoken: __, daysColumn, ...rest } = row
  if (!known) return { ...rest, stream: newStream(), what: 'new' }
  const at = { ...rest, stream: known.stream }
  if (known.officer.enteredInError) return bad('never-was')
  if (known.officer.left && !servesOn(known, moment.today)) return bad('officer-left')
  const said = withOffers(row.said, nights, known, moment)
  if ((said.rosterWishes?.length ?? 0) > most.rosterWishes) return tooManyDays(daysColumn)
  const decisions = [
    describeOfficer(known, { ...said, sex: row.sex }, [], moment),
    // Since when she is where she is the list says above, or does not.
    ...(row.post === known.officer.post
      ? []
      : [moveOfficer(known, { post: row.post, on: row.said.postedOn ?? moment.today }, posts, moment)]),
    ...row.certificates.map((each) => certifyFromList(known, each, moment)),
  ]
  // What stands so already is refused by name, and that is no news here.
  const drafts = decisions.flatMap((decided) => (decided.ok ? decided.value : []))
  if (drafts.length === 0) return { ...at, what: 'same' }
  return { ...at, what: 'changed', drafts, changes: changesOfOfficer(known, drafts, moment.today) }
}

const tooManyDays = (column: string): Bad => bad('too-many-days', { column, most: most.rosterWishes })

/**
 * What a list says, and beside it what she said herself of her offers. Of nights the list takes or takes back an offer: to which posts she would go,
 * what is planned within, and what she wishes for other days stands as she said it. A list that says she does not volunteer leaves nothing behind:
 * who offers nothing has said nothing. Where two people said two things of her offers, a word about nights answers neither.
 */
function withOffers(row: SayOfficer, nights: Nights | undefined, { said }: OfficerAt, { today }: Moment): SayOfficer {
  const { wishes, rosterWishes, ...rest } = row
  const offers = said.wishes && nights ? withNights(said.wishes, nights) : wishes
  const isApart = said.disputed.includes('wishes')
  const days = rosterWishes && withOtherDays(rosterWishes, wishesFrom(plannedWith(said), today))
  return {
    ...rest,
    ...(offers === undefined || isApart ? {} : { wishes: offers }),
    ...(days ? { rosterWishes: days } : {}),
  }
}

/** Undefined where two wishes for one of the other days were said apart: one wish a day is written, and which of both a list does not say. */
function withOtherDays(listed: readonly RosterWish[], known: readonly RosterWish[]): readonly RosterWish[] | undefined {
  const days = new Set(listed.map(({ on }) => on))
  const others = known.filter(({ on }) => !days.has(on))
  if (new Set(others.map(({ on }) => on)).size < others.length) return undefined
  return [...listed, ...others].toSorted((a, b) => (a.on < b.on ? -1 : 1))
}

function withNights(wishes: Wishes, nights: Nights): Wishes | null {
  const told = { ...wishes, volunteersForNights: nights === 'yes' }
  const isNone = !told.volunteersForNights && told.volunteersFor.length === 0 && told.mostNights === null
  return isNone ? null : told
}

// ---------------------------------------------------------------- one row

type Answers = Readonly<Partial<Record<OfficerColumn, Said>>>
type Read = {
  readonly number: string
  readonly post: StreamId
  readonly sex: Sex
  readonly said: SayOfficer
  readonly certificates: readonly ListedCertificate[]
  /** Undefined where the list is silent. */
  readonly nights: Nights | undefined
  /** Languages that are none of the programme's. */
  readonly unspoken: readonly string[]
  /** Which column holds the days wished, to name it. */
  readonly daysColumn: string
}
type Nights = 'yes' | 'not-said'
type ReadAt = Read & { readonly line: number }
/** In which order the dates of a field are read. */
type Orders = (field: OfficerColumn) => DateOrder

function readRow(
  answers: Answers,
  { found, notTaken }: Required<Pick<ReadingOfficers, 'found' | 'notTaken'>>,
  orders: Orders,
  today: CivilDate,
): Read | Bad {
  const strange = unknownWord([answers.sex, answers.nights])
  if (strange) return strange
  for (const needed of [answers.number, answers.sex, answers.post])
    if (needed?.said === 'nothing') return bad('cell-empty', { column: needed.column })
  const number = textIn(answers.number)
  const sex = Sex.safeParse(textIn(answers.sex)).data
  if (!number || !sex) return bad('word-unknown', { column: (number ? answers.sex : answers.number)?.column ?? '' })
  const called = plain(textIn(answers.post) ?? '')
  const post = found.get(called)
  const line = notTaken.get(called)
  if (post === undefined) return line === undefined ? bad('post-unknown') : bad('post-not-taken', { line })
  if (post === 'two') return bad('post-of-two')
  const texts = readTexts(answers)
  if ('reason' in texts) return texts
  const { spoken, unknown } = readLanguages(textIn(answers.languages) ?? '')
  const reach = knownIn(answers.reach)
  const minutes = reach === undefined ? undefined : textsOfOfficer.reach.safeParse(readWholeNumber(reach)).data
  if (reach !== undefined && minutes === undefined)
    return bad('number-not-understood', { column: answers.reach?.column ?? '' })
  const dates = readDates(answers, orders, today)
  if ('reason' in dates) return dates
  const { postedOn, ...ends } = dates
  if (postedOn && postedOn > today) return bad('date-to-come', { column: answers.postedOn?.column ?? '' })
  const wished = readDaysWished(textIn(answers.daysWished), orders('daysWished'), today)
  if (wished === undefined)
    return bad('date-not-understood', {
      column: answers.daysWished?.column ?? '',
      said: (textIn(answers.daysWished) ?? '').slice(0, mostTold),
    })
  if (wished.length > most.rosterWishes) return tooManyDays(answers.daysWished?.column ?? '')
  const told = textIn(answers.nights)
  const nights = told === 'yes' || told === 'not-said' ? told : undefined
  const said: SayOfficer = {
    ...texts,
    ...(spoken.length > 0 ? { languages: spoken } : {}),
    ...(minutes === undefined ? {} : { reach: minutes }),
    ...(postedOn ? { postedOn } : {}),
    ...(wished.length > 0 ? { rosterWishes: wished } : {}),
    ...(nights === 'yes' ? { wishes: { volunteersForNights: true, volunteersFor: [], mostNights: null } } : {}),
  }
  return {
    number,
    post,
    sex,
    said,
    certificates: certificatesIn(ends),
    nights,
    unspoken: unknown,
    daysColumn: answers.daysWished?.column ?? '',
  }
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
  return said
}

// ---------------------------------------------------------------- one home or two in a cell

/** Home areas that are known to be one: of officers who are registered, and those that stand alone in the list. */
type Homes = { readonly registered: ReadonlySet<string>; readonly all: ReadonlySet<string> }

function homesIn(listed: readonly (string | undefined)[], officers: readonly OfficerAt[]): Homes {
  const registered = new Set(officers.flatMap(({ said }) => (said.home ? [plain(said.home)] : [])))
  const alone = listed.flatMap((home) => (home && homesNamed(home).length === 1 ? [plain(home)] : []))
  return { registered, all: new Set([...registered, ...alone]) }
}

/** Which of two homes counts only a person can say. A place that is registered under that very name is one. */
function twoHomes({ said: { home } }: Read, answers: Answers, { registered, all }: Homes): Bad | undefined {
  if (!home || registered.has(plain(home))) return undefined
  const named = homesNamed(home)
  const areTwo = /[;\n]| \/ | or /i.test(home) || (named.length > 1 && named.every((each) => all.has(plain(each))))
  return areTwo ? bad('two-homes-in-cell', { column: answers.home?.column ?? '' }) : undefined
}

/** The parts that a cell may mean as homes of their own; a comma is none: `Hill, River province` is one. */
const homesNamed = (home: string): readonly string[] =>
  home
    .split(/[;\n/&+]|\s(?:or|and|และ|หรือ|နှင့်|និង|ແລະ|và|dan|at)\s/iu)
    .map((each) => each.trim())
    .filter(Boolean)

/** Letters of a cell that are said back. */
const mostTold = 40

const dated = ['see', 'meet', 'carryThrough', 'postedOn'] as const

function readDates(
  answers: Answers,
  orders: Orders,
  today: CivilDate,
): Partial<Record<(typeof dated)[number], CivilDate>> | Bad {
  const read: Partial<Record<(typeof dated)[number], CivilDate>> = {}
  for (const field of dated) {
    const text = knownIn(answers[field])
    if (text === undefined) continue
    const date = readDay(text, orders(field))
    if (!date || date < '2000')
      return bad('date-not-understood', { column: answers[field]?.column ?? '', said: text.slice(0, mostTold) })
    if (Number(date.slice(0, 4)) > Number(today.slice(0, 4)) + most.yearsOfCertificate)
      return bad('date-too-late', { column: answers[field]?.column ?? '', years: most.yearsOfCertificate })
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
