import type { Inside, Made } from '@lentera/core/evidence/publication/answers'
import type { Method } from '@lentera/core/evidence/publication/words'
import type {
  PublishedTable as Cells,
  PublishedField,
  PublishedMethod,
  PublishedQuality,
} from '@lentera/core/shared/publication'
import { accept, type Decision, refuse } from '@lentera/core/shared/refusals'
import { readLongTable } from '@lentera/core/sheets/long-table'
import { auditPublished, type PublishedTable } from '@lentera/release/audit'
import { type ProtectOptions, protectTable, readRules } from '@lentera/release/suppress'
import { type Labels, wholeWord } from './labels.ts'

type TableMethod = Extract<Method, { name: 'suppression' | 'rounding' | 'cell-key' | 'dp-table' }>

/** An earlier release of a table of the same people: as it was shown, and the bytes it was made of. */
export type EarlierTable = {
  readonly bytes: Uint8Array
  readonly method: TableMethod['name']
  readonly shown: { readonly fields: readonly PublishedField[]; readonly cells: Cells['cells'] }
}

export type TableTask = {
  readonly bytes: Uint8Array
  /** As it was said when the file was brought; null where that was counted otherwise. */
  readonly rows: number | null
  readonly edition: string
  readonly method: TableMethod
  readonly earlier: readonly EarlierTable[]
}

/** What making a table asks of whoever makes it; `protect` and `audit` are the engine's own but where a test breaks them. */
export type TableMaking = ProtectOptions & {
  readonly protect?: typeof protectTable
  readonly audit?: typeof auditPublished
}

/** Fewest persons by which two tables of the same people may differ in a cell. */
const few = 5

/**
 * A table made of a table of counts, and everything that is said of it. Refused: as `readLongTable` and `protectTable`;
 * `publication.rows-differ` {said, read}; `publication.differs-by-few` {least}; `publication.opens-earlier` {open}: laid beside
 * what was released of the same people before, hidden cells would be open.
 */
export async function makeTable(task: TableTask, labels: Labels, making: TableMaking): Promise<Decision<Made>> {
  const { protect = protectTable, audit = auditPublished } = making
  const read = await readLongTable(task.bytes, null, 'table')
  if (!read.ok) return read
  const full = read.value
  if (task.rows !== null && full.rows.length !== task.rows)
    return refuse('publication.rows-differ', { said: task.rows, read: full.rows.length })
  const apart = await differsEnough(full, task)
  if (!apart.ok) return apart
  const rules = rulesFor(task.method)
  if (!rules.ok) return rules
  const done = await protect(full, rules.value, making)
  if (!done.ok) return done
  const { dimensions, rows } = done.value
  const table: PublishedTable = { name: 'new', dimensions, rows }
  const minimum = task.method.name === 'suppression' ? task.method.minimum : few
  const audited =
    task.method.name === 'suppression' ? await auditBeside(table, task, minimum, making, audit) : accept(null)
  if (!audited.ok) return audited
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
    method: saidOf(task.method),
    fields,
    data: { kind: 'table', cells },
    quality: null,
    inside: {
      audit: audited.value,
      quality: qualityOf(full, table),
      warnings: [],
      picture: pictureOf(full, table, fields),
    },
  })
}

/** As the file has them, but for what stands for all of them. */
const wholesFirst = (codes: readonly string[]): readonly string[] =>
  codes.toSorted((a, b) => Number(wholeWord.test(b)) - Number(wholeWord.test(a)))

function rulesFor(method: TableMethod) {
  switch (method.name) {
    case 'suppression':
      return readRules({ method: 'suppress', minimum: method.minimum })
    case 'rounding':
      return readRules({ method: 'round', base: method.base })
    case 'cell-key':
      return readRules({ method: 'cell-key', noise: { variance: 2, most: method.most } })
    case 'dp-table':
      return readRules({ method: 'dp', epsilon: method.epsilon / 1000 })
  }
}

function saidOf(method: TableMethod): PublishedMethod {
  return method.name === 'dp-table' ? { name: method.name, epsilon: method.epsilon / 1000, delta: 0 } : method
}

/** The auditor over the new table with every earlier one of the same people; what is open together is not released. */
async function auditBeside(
  table: PublishedTable,
  { earlier }: TableTask,
  minimum: number,
  { solver }: TableMaking,
  audit: typeof auditPublished,
): Promise<Decision<Inside['audit']>> {
  const before = earlier.filter(({ method }) => method === 'suppression').map(asShown)
  const { report } = await audit([table], before, { solver, minimum })
  if (report.open > 0) return refuse('publication.opens-earlier', { open: report.open })
  return accept({ cells: report.cells, hidden: report.hidden, open: report.open, minimum, earlier: before.length })
}

function asShown({ shown: { fields, cells } }: EarlierTable, at: number): PublishedTable {
  return {
    name: `earlier ${at + 1}`,
    dimensions: fields.map(({ name }) => name),
    rows: cells.map(({ codes, value }) => ({
      codes: codes.map((code, field) => fields[field]?.codes[code]?.code ?? ''),
      shown: value === null ? 'x' : String(value),
    })),
  }
}

/**
 * Between two releases of counts no cell may have moved by one to four persons, whatever either shows of it: the difference would
 * be a table of those who came or went. Tables under differential privacy pay for it with their budget instead.
 */
async function differsEnough(full: PublishedTable, { earlier, method }: TableTask): Promise<Decision<void>> {
  if (method.name === 'dp-table') return accept(undefined)
  for (const before of earlier) {
    if (before.method === 'dp-table') continue
    const read = await readLongTable(before.bytes, null, 'earlier')
    if (read.ok && movedByFew(full, read.value)) return refuse('publication.differs-by-few', { least: few })
  }
  return accept(undefined)
}

/**
 * Whether any cell of both moved by at least one person and by fewer than five; a cell that only one of them has is nobody's there. Of one
 * that its publisher hid in one of them it may have; of one hidden in both nobody knows.
 */
function movedByFew(now: PublishedTable, before: PublishedTable): boolean {
  const places = now.dimensions.map((name) => before.dimensions.indexOf(name))
  if (places.includes(-1) || now.dimensions.length !== before.dimensions.length) return false
  const counts = new Map(
    before.rows.map(({ codes, shown }) => [places.map((place) => codes[place] ?? '').join('\u0001'), Number(shown)]),
  )
  const current = new Map(now.rows.map(({ codes, shown }) => [codes.join('\u0001'), Number(shown)]))
  return [...new Set([...counts.keys(), ...current.keys()])].some((key) => {
    const [a, b] = [current.get(key) ?? 0, counts.get(key) ?? 0]
    if (Number.isNaN(a) !== Number.isNaN(b)) return (Number.isNaN(a) ? b : a) < 2 * few - 1
    return Math.abs(a - b) > 0 && Math.abs(a - b) < few
  })
}

/**
 * How far the table is from what was counted, by how many fields a cell splits by: hidden cells as lost, moved ones as errors. Cells
 * of nobody that are shown as somebody are fabricated.
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
  const lengths = [...new Set(cells.map(({ length }) => length))].filter((length) => length > 0).sort((a, b) => a - b)
  const errors = cells
    .flatMap(({ real, released }) => (released === null ? [] : Math.abs(real - released)))
    .sort((a, b) => a - b)
  const quantile = (share: number): number =>
    errors[Math.min(errors.length - 1, Math.floor(share * errors.length))] ?? 0
  return {
    byLength: lengths.map((length) => qualityAt(length, cells)),
    tail:
      errors.length === 0
        ? null
        : { half: quantile(0.5), ninety: quantile(0.9), ninetyNine: quantile(0.99), largest: errors.at(-1) ?? 0 },
    questions: [],
  }
}

type Compared = { readonly length: number; readonly real: number; readonly released: number | null }

function qualityAt(length: number, cells: readonly Compared[]): PublishedQuality['byLength'][number] {
  const own = cells.filter((cell) => cell.length === length)
  const sum = (of: readonly Compared[], value: (cell: Compared) => number): number =>
    of.reduce((all, cell) => all + value(cell), 0)
  const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole)
  const hidden = own.filter(({ released }) => released === null)
  const told = own.filter(({ released }) => released !== null)
  const ofNobody = told.filter(({ real, released }) => real === 0 && released !== 0)
  return {
    length,
    combinations: own.length,
    error: share(
      sum(told, ({ real, released }) => Math.abs(real - (released ?? 0))),
      told.length,
    ),
    suppressed: {
      number: share(hidden.length, own.length),
      weight: share(
        sum(hidden, ({ real }) => real),
        sum(own, ({ real }) => real),
      ),
    },
    fabricated: {
      number: share(ofNobody.length, own.length),
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
