import type { AddsUp, Inside, Made, ZerosEffect, ZerosEffects } from '@lentera/core/evidence/publication/answers'
import type { Method, Zeros } from '@lentera/core/evidence/publication/words'
import { few, leastMove, type PublishedQuality } from '@lentera/core/shared/publication'
import { accept, type Decision, refuse } from '@lentera/core/shared/refusals'
import { readLongTable } from '@lentera/core/sheets/long-table'
import { findDimensions, type PublishedTable, readShown, type Zeros as ZerosRead } from '@lentera/release/audit'
import {
  hiddenIn,
  knownFrom,
  type LaidEarlier,
  type MethodOfTable,
  movesSince,
  type OpenBeside,
  openBeside,
  standingBeside,
  totalAway,
} from '@lentera/release/editions'
import { readRecords } from '@lentera/release/microdata'
import {
  hiddenSign,
  isHiddenSomebody,
  noiseChances,
  type ProtectOptions,
  protectTable,
  type Rules,
  readRules,
} from '@lentera/release/suppress'
import { type EarlierTable, layEarlier } from './earlier-tables.ts'
import { type Labels, wholeWord } from './labels.ts'
import { type HeldRecords, isCountOf, toldByRecords } from './records-beside.ts'
import { sinceEarlier } from './since-earlier.ts'

type TableMethod = Extract<Method, { name: 'suppression' | 'rounding' | 'cell-key' | 'dp-table' }>

export type TableTask = {
  readonly bytes: Uint8Array
  /** As it was said when the file was brought; null where that was counted otherwise. */
  readonly rows: number | null
  readonly edition: string
  readonly method: TableMethod
  readonly earlier: readonly EarlierTable[]
  /** Records that were made before. */
  readonly records?: readonly EarlierRecordsOfTable[]
}

/** Earlier records beside a table: the bytes they were made of, and, held by k under the same name, what is out of them. */
export type EarlierRecordsOfTable = {
  readonly bytes: Uint8Array
  readonly name: string
  readonly sameName: boolean
  readonly held: Omit<HeldRecords, 'real'> | null
}

/** What making a table asks of whoever makes it; `protect` and `open` are the house's own but where a test breaks them. */
export type TableMaking = ProtectOptions & {
  readonly protect?: typeof protectTable
  readonly open?: typeof openBeside
}

/**
 * A table made of a table of counts, and everything that is said of it. Refused: as `readLongTable` and `protectTable`;
 * `publication.rows-differ` {said, read}; `publication.same-people` {name}; `publication.differs-by-few` {least} of a method that
 * hides nothing, or where a shown zero would tell; `publication.zeros-differ` {zeros}: an earlier edition said it the other way; `publication.nothing-new` {least}; `publication.opens-earlier` {open}: laid beside what was released of the same
 * people before, hidden cells would be open.
 */
export async function makeTable(task: TableTask, labels: Labels, making: TableMaking): Promise<Decision<Made>> {
  const read = await readLongTable(task.bytes, null, 'table')
  if (!read.ok) return read
  const full = read.value
  if (task.rows !== null && full.rows.length !== task.rows)
    return refuse('publication.rows-differ', { said: task.rows, read: full.rows.length })
  const laid = await layEarlier(full, task)
  if (!laid.ok) return laid
  const held = heldOf(full, task.records ?? [])
  if (!held.ok) return held
  // Tables under differential privacy pay for what they tell with their budget instead.
  const beside = task.method.name === 'dp-table' ? [] : laid.value.filter(({ method }) => method.name !== 'dp-table')
  const records = task.method.name === 'dp-table' ? [] : held.value
  const made = await madeBeside(full, task.method, beside, records, making)
  if (!made.ok) return made
  const { table, method, audit, quality, addsUp, away } = made.value
  const since = sinceEarlier(table, task.earlier, beside)
  const { dimensions, rows } = table
  const fields = dimensions.map((name, at) =>
    labels.field(name, wholesFirst([...new Set(rows.map(({ codes }) => codes[at] ?? ''))])),
  )
  const places = fields.map(({ codes }) => new Map(codes.map(({ code }, place) => [code, place])))
  const cells = rows.map(({ codes, shown }) => {
    const at = codes.map((code, field) => places[field]?.get(code) ?? 0)
    const value = Number(shown)
    return Number.isFinite(value) ? { codes: at, value } : { codes: at, value: null, why: 'hidden' }
  })
  return accept({
    unit: 'persons',
    persons: null,
    asOf: task.edition,
    method,
    fields,
    data: { kind: 'table', cells },
    quality,
    inside: {
      audit,
      quality: qualityOf(full, table),
      warnings: warningsOf(task.method),
      picture: pictureOf(full, table, fields),
      addsUp,
      ...(away === undefined ? {} : { totalAway: away }),
      ...(since ? { since } : {}),
      ...(task.method.name === 'suppression'
        ? { zeros: await effectsOf(full, task.method, made.value.table, [...beside, ...records], making) }
        : {}),
    },
  })
}

/**
 * Earlier records of the same people that are held by k. Refused: `publication.same-people` {name}, where records of these people are out, or
 * have a budget, under another name.
 */
function heldOf(full: PublishedTable, records: readonly EarlierRecordsOfTable[]): Decision<readonly HeldRecords[]> {
  const all: HeldRecords[] = []
  for (const { bytes, name, sameName, held } of records) {
    const read = readRecords(bytes, { wasRead: true })
    if (!read.ok) continue
    if (!sameName && isCountOf(full, read.value)) return refuse('publication.same-people', { name })
    if (sameName && held) all.push({ real: read.value, ...held })
  }
  return accept(all)
}

/** Of larger tables the other choice is not tried: it takes as long again as the table itself. */
const mostCompared = 5000

/** What either choice of zeros shows of these counts, beside the same earlier editions. */
async function effectsOf(
  full: PublishedTable,
  method: Extract<TableMethod, { name: 'suppression' }>,
  table: PublishedTable,
  beside: readonly unknown[],
  making: TableMaking,
): Promise<ZerosEffects> {
  const chosen = zerosOf(method)
  const other = chosen === 'hide' ? 'show' : 'hide'
  const begun = making.elapsed()
  const elapsed = (): number => making.elapsed() - begun
  const effects = { hide: null, show: null, [chosen]: effectOf(full, table) }
  // Earlier editions are all of the chosen kind: beside them the other choice is none.
  if (beside.length > 0) return { chosen, effects, notTried: 'earlier-edition' }
  if (full.rows.length > mostCompared) return { chosen, effects, notTried: 'too-large' }
  const made = await madeBeside(full, { ...method, zeros: other }, [], [], { ...making, elapsed })
  if (!made.ok) return { chosen, effects, notTried: 'not-closed' }
  return { chosen, effects: { ...effects, [other]: effectOf(full, made.value.table) } }
}

function effectOf(full: PublishedTable, { rows }: PublishedTable): ZerosEffect {
  const counted = new Map(full.rows.map(({ codes, shown }) => [codes.join('\u0001'), Number(shown)]))
  const shown = rows.filter((row) => row.shown !== hiddenSign)
  const hidden = rows.filter((row) => row.shown === hiddenSign)
  return {
    shown: shown.length,
    ofSomebody: shown.filter((row) => Number(row.shown) > 0).length,
    hidden: hidden.length,
    persons: hidden.reduce((sum, { codes }) => sum + (counted.get(codes.join('\u0001')) || 0), 0),
  }
}

/** How often more is hidden beside earlier editions before it is given up. */
const mostTried = 8

type MadeBeside = {
  readonly table: PublishedTable
  readonly method: MethodOfTable
  readonly audit: Inside['audit']
  readonly quality: PublishedQuality | null
  readonly addsUp: readonly AddsUp[]
  /** Of counts as they stand: how far their total is from what is counted now. */
  readonly away: number | undefined
}

/**
 * Protected as its counts stand, so that a move of one to four persons is in no number and in no choice of what is hidden, and audited together with every earlier
 * table of the same people. Where that leaves something open, what an earlier edition hid stays hidden too, and then more beside what is open. Of earlier tables that are
 * split otherwise nothing stands: there, what moved by one to four persons is hidden as if it were too small.
 */
async function madeBeside(
  counted: PublishedTable,
  method: TableMethod,
  earlier: readonly LaidEarlier[],
  records: readonly HeldRecords[],
  making: TableMaking,
): Promise<Decision<MadeBeside>> {
  const { protect = protectTable, open: openIn = openBeside } = making
  const rules = rulesFor(method)
  if (!rules.ok) return rules
  const zerosBefore = earlier.find(
    (each) => each.method.name === 'suppression' && zerosOf(each.method) !== zerosOf(method),
  )
  if (method.name === 'suppression' && zerosBefore)
    return refuse('publication.zeros-differ', { zeros: zerosOf(zerosBefore.method) })
  const least = leastMove(method)
  const since =
    earlier.length === 0 ? accept(undefined) : await standingBeside(counted, earlier, { least, solver: making.solver })
  if (!since.ok) return since
  const standing = since.value
  const newest = earlier.at(-1)
  // Whether anybody moved by few or nobody at all: refused where somebody did, it would say so.
  if (standing?.isNothingNew && newest?.isOut && isSameMethod(method, newest.method))
    return refuse('publication.nothing-new', { least })
  const { full, laid } = standing ?? { full: counted, laid: earlier }
  const known = records.map((held) => toldByRecords(full, held)).filter(({ rows }) => rows.length > 0)
  const moves = laid.map(movesSince)
  const moved = moves.flatMap(({ byFew }, at) =>
    byFew.map((cell) => ({ ...cell, row: laid[at]?.beside.rowOf(cell.key) })),
  )
  // Where zeros are shown none is ever hidden: a cell from which the last few went would say so.
  const tellsOfFew = method.name !== 'suppression' || (zerosOf(method) === 'show' && moved.some(({ now }) => now === 0))
  if (moved.length > 0 && tellsOfFew) return refuse('publication.differs-by-few', { least: few })
  if (!standing && moves.some(({ isNothingNew }) => isNothingNew)) return refuse('publication.nothing-new', { least })
  const before = method.name === 'suppression' ? laid.flatMap(hiddenIn) : []
  const hasEarlier = laid.length > 0 || known.length > 0
  const mostRounds = method.name === 'suppression' && hasEarlier ? mostTried : 1
  // A hidden cell may be known to be somebody, where nobody who published the counts hid any before. Of earlier editions that may be untrue: both are looked at.
  const isCounted = ({ shown }: PublishedTable['rows'][number]): boolean => readShown(shown).kind === 'number'
  const isSomebody = full.rows.every(isCounted) && isHiddenSomebody(full, findDimensions([full]), rules.value)
  const openBoth = async (table: PublishedTable, said: MethodOfTable): Promise<OpenBeside> => {
    const of = (zeros: ZerosRead) => openIn(table, said, laid, { solver: making.solver, zeros, full, known })
    const tells = isSomebody && method.name === 'suppression'
    if (tells && rules.value.zeros === 'show') return of('shown')
    const unsaid = await of('unsaid')
    return unsaid.open === 0 && tells ? of('shown') : unsaid
  }
  const shows = knownFrom(laid)
  let sensitive: readonly (readonly string[])[] = moved.flatMap(({ row }) => (row ? [row] : []))
  let open = 0
  for (let round = 0; round < mostRounds; round++) {
    const done = await protect(full, rules.value, { ...making, alsoSensitive: sensitive, shows })
    if (!done.ok) return done
    const { dimensions, rows, report } = done.value
    const table: PublishedTable = { name: 'new', dimensions, rows }
    const said = saidOf(method, 'mostMoved' in report ? report.mostMoved : 0, standing !== undefined)
    const isAudited = method.name === 'suppression' || hasEarlier
    const found = isAudited ? await openBoth(table, said) : { open: 0, wouldHelp: [] }
    open = found.open
    if (open === 0) {
      const minimum = method.name === 'suppression' ? method.minimum : few
      const hidden = rows.filter(({ shown }) => shown === hiddenSign).length
      return accept({
        table,
        method: said,
        audit: isAudited ? { cells: rows.length, hidden, open, minimum, earlier: laid.length + known.length } : null,
        quality: method.name === 'dp-table' ? await estimated(table, rules.value, making) : null,
        addsUp: report.dimensions.map(({ name, codes, partitions, isWithoutWhole }) => ({
          field: name,
          codes,
          sums: partitions,
          isWithoutWhole,
        })),
        away: standing && totalAway(counted, full),
      })
    }
    const more = round === 0 ? before.map(({ codes }) => codes) : found.wouldHelp
    if (round > 0 && more.length === 0) break
    sensitive = [...sensitive, ...more]
  }
  return refuse('publication.opens-earlier', { open })
}

/**
 * How far a table under differential privacy is off, from itself alone: protected once more, and laid beside what it was made of
 * (the parametric bootstrap, as for records). Null where it could not be protected again: then nothing is said.
 */
async function estimated(table: PublishedTable, rules: Rules, making: TableMaking): Promise<PublishedQuality | null> {
  const { protect = protectTable } = making
  const again = await protect(table, rules, making)
  if (!again.ok) return null
  const { dimensions, rows } = again.value
  return { ...qualityOf(table, { name: 'again', dimensions, rows }), estimated: true }
}

/** As the file has them, but for what stands for all of them. */
const wholesFirst = (codes: readonly string[]): readonly string[] =>
  codes.toSorted((a, b) => Number(wholeWord.test(b)) - Number(wholeWord.test(a)))

function rulesFor(method: TableMethod) {
  switch (method.name) {
    case 'suppression':
      return readRules({ method: 'suppress', minimum: method.minimum, zeros: zerosOf(method) })
    case 'rounding':
      return readRules({ method: 'round', base: method.base })
    case 'cell-key':
      return readRules({ method: 'cell-key', noise: { variance: noiseVariance, most: method.most } })
    case 'dp-table':
      return readRules({ method: 'dp', epsilon: method.epsilon / 1000 })
  }
}

/** Zeros are said alike by then. */
function isSameMethod(method: TableMethod, said: MethodOfTable): boolean {
  if (method.name === 'suppression') return said.name === method.name && said.minimum === method.minimum
  if (method.name === 'rounding') return said.name === method.name && said.base === method.base
  return method.name === 'cell-key' && said.name === method.name && said.most === method.most
}

/** As a proposal says it, and as everybody is told. */
const zerosOf = (method: TableMethod | MethodOfTable): Zeros =>
  method.name === 'suppression' && (method.zeros === 'show' || method.zeros === 'shown') ? 'show' : 'hide'

function warningsOf(method: TableMethod): readonly string[] {
  if (method.name === 'rounding' || method.name === 'cell-key') return ['cut-otherwise']
  return method.name === 'dp-table' && method.epsilon > 4000 ? ['high-epsilon'] : []
}

const noiseVariance = 2

/** To two places: what the noise's own chances say of a count that is not near nothing. */
function averageMove(most: number): number {
  const average = noiseChances(-most, most, noiseVariance).reduce(
    (sum, chance, place) => sum + chance * Math.abs(place - most),
    0,
  )
  return Math.round(100 * average) / 100
}

/**
 * As it is said to everybody: that counts stand, of every later edition, whether or not somebody moved.
 *
 * @param moved the most that a count was moved
 */
function saidOf(method: TableMethod, moved: number, stands: boolean): MethodOfTable {
  const stood = stands ? { stood: true as const } : {}
  if (method.name === 'dp-table') return { name: method.name, epsilon: method.epsilon / 1000, delta: 0 }
  if (method.name === 'cell-key') return { ...method, average: averageMove(method.most), ...stood }
  if (method.name === 'suppression') {
    const { name, minimum } = method
    return { name, minimum, ...(zerosOf(method) === 'show' ? { zeros: 'shown' } : {}), ...stood }
  }
  // Where no table of neighbouring multiples adds up, some are a multiple further away.
  if (moved < method.base) return { ...method, ...stood }
  return { ...method, within: method.base * Math.ceil((moved + 1) / method.base), ...stood }
}

/**
 * How far the table is from what was counted, by how many fields a cell splits by, over every cell in which somebody was counted or is shown: a hidden one is lost whole.
 * Cells of nobody that are shown as somebody are fabricated. As of records (`release/quality`); of what is hidden it tells, so that it is for those who sign alone.
 */
function qualityOf(full: PublishedTable, table: PublishedTable): PublishedQuality {
  const shown = new Map(table.rows.map((row) => [row.codes.join('\u0001'), row.shown]))
  // Of cells that its publisher hid nobody here knows how far off they are.
  const counted = full.rows.filter((row) => Number.isFinite(Number(row.shown)))
  const cells = counted.map(({ codes, shown: real }) => {
    const released = Number(shown.get(codes.join('\u0001')) ?? 'x')
    const length = codes.filter((code) => !wholeWord.test(code)).length
    return { length, real: Number(real), released: Number.isFinite(released) ? released : null }
  })
  const united = cells.filter(({ real, released }) => real > 0 || (released ?? 0) > 0)
  const lengths = [...new Set(cells.map(({ length }) => length))].filter((length) => length > 0).sort((a, b) => a - b)
  const errors = united.map(errorOf).sort((a, b) => a - b)
  const quantile = (share: number): number =>
    errors[Math.min(errors.length - 1, Math.floor(share * errors.length))] ?? 0
  return {
    byLength: lengths.map((length) =>
      qualityAt(
        length,
        united.filter((cell) => cell.length === length),
      ),
    ),
    tail:
      errors.length === 0
        ? null
        : { half: quantile(0.5), ninety: quantile(0.9), ninetyNine: quantile(0.99), largest: errors.at(-1) ?? 0 },
    questions: [],
  }
}

type Compared = { readonly length: number; readonly real: number; readonly released: number | null }

const errorOf = ({ real, released }: Compared): number => Math.abs(real - (released ?? 0))

function qualityAt(length: number, own: readonly Compared[]): PublishedQuality['byLength'][number] {
  const sum = (of: readonly Compared[], value: (cell: Compared) => number): number =>
    of.reduce((all, cell) => all + value(cell), 0)
  const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole)
  const hidden = own.filter(({ released }) => released === null)
  const told = own.filter(({ released }) => released !== null)
  const ofSomebody = own.filter(({ real }) => real > 0)
  const ofNobody = told.filter(({ real }) => real === 0)
  return {
    length,
    combinations: own.length,
    error: share(sum(own, errorOf), own.length),
    suppressed: {
      number: share(hidden.length, ofSomebody.length),
      weight: share(
        sum(hidden, ({ real }) => real),
        sum(own, ({ real }) => real),
      ),
    },
    fabricated: {
      number: share(ofNobody.length, ofSomebody.length),
      weight: share(
        sum(ofNobody, ({ released }) => released ?? 0),
        sum(told, ({ released }) => released ?? 0),
      ),
    },
  }
}

const byWhole =
  (at: number) =>
  (a: PublishedTable['rows'][number], b: PublishedTable['rows'][number]): number =>
    Number(wholeWord.test(b.codes[at] ?? '')) - Number(wholeWord.test(a.codes[at] ?? ''))

/** By each field alone, the others at their total. */
function pictureOf(full: PublishedTable, table: PublishedTable, fields: Made['fields']): Inside['picture'] {
  const shown = new Map(table.rows.map((row) => [row.codes.join('\u0001'), row.shown]))
  return fields.flatMap((field, at) => {
    const rows = full.rows.filter(
      ({ codes, shown: real }) =>
        Number.isFinite(Number(real)) && codes.every((code, place) => place === at || wholeWord.test(code)),
    )
    if (rows.length < 2) return []
    return {
      field: field.name,
      label: field.label,
      parts: rows.toSorted(byWhole(at)).map(({ codes, shown: real }) => {
        const released = Number(shown.get(codes.join('\u0001')) ?? 'x')
        const code = codes[at] ?? ''
        return {
          code,
          label: field.codes.find((each) => each.code === code)?.label ?? { en: code },
          real: Number(real),
          released: Number.isFinite(released) ? released : null,
        }
      }),
    }
  })
}
