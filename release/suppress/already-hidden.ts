import { accept, type Decision, refuse } from '@lentera/core/shared/refusals'
import { type OpenCells, openInPublished } from '../audit/audit.ts'
import {
  type AuditDimension,
  addsUpIn,
  codeOf,
  findDimensions,
  type NamedHierarchies,
  namedAs,
} from '../audit/hierarchy.ts'
import { findIntervals, type Intervals, type Reading } from '../audit/intervals.ts'
import { keptAt } from '../audit/keeps.ts'
import { endless, type PublishedTable, readShown } from '../audit/published.ts'
import { buildSystem, type System } from '../audit/system.ts'
import { cellFinder, cellsAt, membersOf, sumsAt, touchingSums } from './protected-table.ts'
import { type Rules, weightOf } from './rules.ts'
import { hiddenSign, type Suppressed, type SuppressOptions } from './words.ts'

/** Whether somebody hid cells in it: then nobody here knows its counts, and it is closed from what stands in it alone. */
export const hasHidden = ({ rows }: PublishedTable): boolean => rows.some(({ shown }) => isHiddenText(shown))

const isHiddenText = (shown: string): boolean => ['band', 'hidden'].includes(readShown(shown).kind)

/**
 * A table in which cells are hidden already, as UNODC hides fewer than five, to one in which they cannot be worked out: beside
 * them others are hidden, cell by cell, where the auditor finds one open. What is hidden is not known here either, so
 * that nothing is proven least; whether a cell is closed, the auditor says. Cells that a rule forbids and that are shown are
 * hidden too. Totals that are not there are not made. A hidden cell that stays open with nothing shown beside it (finer rows that
 * lack it say that it is nobody) is left out with its row. Rows that were left out though somebody is in them are kept closed like hidden ones.
 *
 * In tables that do not add up, which sums are believed hangs on what is hidden: so the whole auditor has the last word over what would be handed out, and what it
 * still finds open has more hidden beside it.
 *
 * Refuses `protect.not-counts` {rows}: cells that are neither counts nor hidden; `protect.cannot-close` {cells}; `protect.stopped`.
 */
export async function hideFurther(
  given: PublishedTable,
  rules: Rules,
  options: SuppressOptions,
): Promise<Decision<Suppressed>> {
  const bad = given.rows.filter(({ shown }) => ['unreadable', 'empty'].includes(readShown(shown).kind)).length
  if (bad > 0) return refuse('protect.not-counts', { rows: bad })
  const dimensions = findDimensions([given], rules.hierarchies)
  const beside = new Set<readonly string[]>()
  for (let round = 0; ; round++) {
    const done = await closeRows(given, dimensions, beside, rules, options)
    if (!done.ok) return done
    const audited = await openInPublished([{ ...given, ...done.value }], [], {
      solver: options.solver,
      minimum: rules.minimum,
      named: saidOf(dimensions, rules),
      ...(options.shouldStop ? { shouldStop: options.shouldStop } : {}),
    })
    if (audited.wasStopped) return refuse('protect.stopped')
    if (audited.open === 0) return done
    const more = besideOpen(audited, given, dimensions, rules)
    if (round === mostRounds || more.every((codes) => beside.has(codes)))
      return refuse('protect.cannot-close', { cells: audited.open })
    for (const codes of more) beside.add(codes)
  }
}

/** As many times the auditor's last word is heard. */
const mostRounds = 6

/** What was taken to add up, so that nothing else is. */
const saidOf = (dimensions: readonly AuditDimension[], { hierarchies }: Rules): NamedHierarchies => ({
  ...hierarchies,
  combine: dimensions.filter(({ columns }) => columns.length > 1).map(({ columns }) => columns),
  partitions: Object.fromEntries(
    // Of columns that are one dimension the kinds are the parts.
    dimensions.flatMap(({ name, columns, partitions }) => (columns.length > 1 ? [] : [[name, namedAs(partitions)]])),
  ),
})

/** Of each open cell a shown one beside it, as the codes of its row. */
export function besideOpen(
  { system, intervals, isOpen }: OpenCells,
  { rows, dimensions: columns, name }: PublishedTable,
  dimensions: readonly AuditDimension[],
  rules: Rules,
): readonly (readonly string[])[] {
  const touching = touchingSums(system)
  const cells = [...isOpen.keys()].filter((cell) => isOpen[cell] === 1)
  const chosen = new Set(cells.map((cell) => complementOf(system, touching, intervals, cell, rules)))
  const cellOf = cellFinder(system)
  const readers = dimensions.map((dimension) => codeOf(dimension, { name, dimensions: columns, rows }))
  return rows.map(({ codes }) => codes).filter((codes) => chosen.has(cellOf(readers.map((read) => read(codes) ?? ''))))
}

/** Closed by hiding, with the cells of the codes in `beside` hidden too. */
async function closeRows(
  given: PublishedTable,
  dimensions: readonly AuditDimension[],
  beside: ReadonlySet<readonly string[]>,
  rules: Rules,
  options: SuppressOptions,
): Promise<Decision<Suppressed>> {
  let table = given
  for (;;) {
    const closed = await closeByHiding(table, dimensions, beside, rules, options)
    if (!closed.ok) return closed
    const { system, isHidden, isSensitive, lost } = closed.value
    if ([...lost].every((cell) => cell >= system.cells))
      return accept(
        shownAs(table, given.rows.length - table.rows.length, { dimensions, system, isHidden, isSensitive, rules }),
      )
    const cellOf = cellFinder(system)
    const readers = dimensions.map((dimension) => codeOf(dimension, table))
    table = {
      ...table,
      rows: table.rows.filter(({ codes }) => !lost.has(cellOf(readers.map((read) => read(codes) ?? '')))),
    }
  }
}

type Closed = {
  readonly system: System
  readonly isHidden: Uint8Array
  readonly isSensitive: Uint8Array
  /** Open, whatever else is hidden. */
  readonly lost: ReadonlySet<number>
}

async function closeByHiding(
  table: PublishedTable,
  dimensions: readonly AuditDimension[],
  beside: ReadonlySet<readonly string[]>,
  rules: Rules,
  options: SuppressOptions,
): Promise<Decision<Closed>> {
  const { minimum } = rules
  const system = buildSystem([table], dimensions, { minimum })
  const isSensitive = Uint8Array.from(system.state, (state, cell) => (isForbidden(system, state, cell, rules) ? 1 : 0))
  for (const cell of cellsAt(options.alsoSensitive ?? [], table, system))
    if (system.state[cell] !== 0) isSensitive[cell] = 1
  const readers = readersOf(system, buildSystem([table], dimensions, { minimum, absent: 'unknown' }), rules)
  const widest = readers.reduce((most, reader) => (reader.system.cells > most.system.cells ? reader : most))
  // Cells without a row come last, and are never hidden: they have nothing that could be.
  const isHidden = new Uint8Array(widest.system.cells)
  isHidden.set(isSensitive)
  for (const cell of cellsAt([...beside], table, system)) if (system.state[cell] === 1) isHidden[cell] = 1
  const component = componentsOf(widest.system, widest.touching)
  const lost = new Set<number>()
  // After the first look only what has moved is looked at again; the last look is at all of it.
  let moved: ReadonlySet<number> | null = null
  for (;;) {
    const next = new Set<number>()
    const usedSums = new Map<System['sums'], Set<number>>()
    for (const { system: own, floors, reading, touching } of readers) {
      const asks = Uint8Array.from(own.isAbsent, (absent, cell) =>
        (absent === 1 || isHidden[cell] === 1) && (moved === null || moved.has(component[cell] ?? -1)) ? 1 : 0,
      )
      const seen = withHidden(own, isHidden, floors)
      const intervals = await findIntervals(seen, {
        reading,
        solver: options.solver,
        asks,
        wideEnough: keptAt(own.cells, minimum),
        onProgress: (done, of) => options.onProgress?.(moved === null ? 'hiding' : 'proving', done, of),
        ...(options.shouldStop ? { shouldStop: options.shouldStop } : {}),
      })
      if (intervals.wasStopped || options.shouldStop?.() === true) return refuse('protect.stopped')
      const used = usedSums.get(own.sums) ?? new Set<number>()
      usedSums.set(own.sums, used)
      for (const [cell, asked] of asks.entries()) {
        if (asked === 0 || lost.has(cell) || !isOpen(intervals, cell, rules)) continue
        // Without a row, and perhaps nobody: nothing was hidden there.
        if (own.isAbsent[cell] === 1 && intervals.least[cell] === 0) continue
        next.add(component[cell] ?? -1)
        // A cell hidden in one of its sums a moment ago may be enough: the next look says.
        if (sumsAt(touching, cell).some((sum) => intervals.trust[sum] !== 2 && used.has(sum))) continue
        const beside = complementOf(seen, touching, intervals, cell, rules)
        if (beside === undefined) lost.add(cell)
        else {
          isHidden[beside] = 1
          for (const sum of sumsAt(touching, beside)) used.add(sum)
        }
      }
    }
    const isDone = next.size === 0 && moved === null
    if (isDone) return accept({ system, isHidden: isHidden.subarray(0, system.cells), isSensitive, lost })
    moved = next.size === 0 ? null : next
  }
}

type Reader = {
  readonly system: System
  readonly floors: Float64Array
  readonly reading: Reading
  readonly touching: ReturnType<typeof touchingSums>
}

/**
 * Readers who must not work out a cell: one who knows the rule; in files that do not add up also one who does not, since what contradicts itself
 * for the first may be a sum to the second; and one to whom a row that was left out may be anybody.
 */
function readersOf(system: System, known: System, rules: Rules): readonly Reader[] {
  const touching = touchingSums(system)
  const floors = floorsOf(system, rules)
  const least = new Float64Array(system.cells)
  return [
    { system, floors, reading: 'complete', touching },
    ...(floors.some((floor) => floor > 0) ? [{ system, floors: least, reading: 'complete', touching } as const] : []),
    ...(system.sums.hasAllParts.includes(0)
      ? [
          {
            system: known,
            floors: new Float64Array(known.cells),
            reading: 'strict',
            touching: touchingSums(known),
          } as const,
        ]
      : []),
  ]
}

function isForbidden({ least, most }: System, state: number, cell: number, { minimum, zeros }: Rules): boolean {
  if (state === 2) return true
  const count = least[cell] ?? 0
  return state === 1 && count === (most[cell] ?? 0) && (count === 0 ? zeros === 'hide' : count < minimum)
}

function isOpen({ least, most, isContradictory }: Intervals, cell: number, { minimum }: Rules): boolean {
  if (isContradictory[cell] === 1) return false
  return (most[cell] ?? 0) - (least[cell] ?? 0) < minimum - 1 || (most[cell] ?? 0) < minimum
}

/**
 * The least a reader knows of each cell once it is hidden. Of one that we hide: one person where zeros stay shown. Of one that its publisher hid: what
 * the publisher's band says; of a bare sign, one person where the publisher prints zeros elsewhere.
 */
function floorsOf({ state, least, most }: System, { zeros }: Rules): Float64Array {
  const printsZeros = state.some((is, cell) => is === 1 && most[cell] === 0)
  return Float64Array.from(state, (is, cell) => {
    if (zeros === 'hide') return 0
    if (is === 2) return (most[cell] ?? 0) < endless ? (least[cell] ?? 0) : printsZeros ? 1 : 0
    return 1
  })
}

/** As a reader has it: a hidden cell is anybody from its floor up. */
function withHidden(system: System, isHidden: Uint8Array, floors: Float64Array): System {
  return {
    ...system,
    least: system.least.map((count, cell) => (isHidden[cell] === 1 ? (floors[cell] ?? 0) : count)),
    most: system.most.map((count, cell) => (isHidden[cell] === 1 ? endless : count)),
    state: system.state.map((state, cell) => (isHidden[cell] === 1 ? 2 : state)),
  }
}

/**
 * The cell to hide beside an open one: of its sums, the one that holds it tightest first, the smallest shown cell that leaves it
 * room; where all of them is hidden or was not published, of the sums beyond. Undefined where nothing is shown that hangs together with it.
 */
function complementOf(
  seen: System,
  touching: ReturnType<typeof touchingSums>,
  { least, most, trust }: Intervals,
  cell: number,
  { minimum, zeros }: Rules,
): number | undefined {
  const slack = (sum: number): number =>
    membersOf(seen, sum).reduce(
      (all, other) => all + (other === cell ? 0 : Math.min(minimum, (most[other] ?? 0) - (least[other] ?? 0))),
      0,
    )
  const count = (other: number): number => seen.least[other] ?? 0
  const reached = new Set([cell])
  const used = new Set<number>()
  for (let edge = [cell]; edge.length > 0; ) {
    const sums = [...new Set(edge.flatMap((each) => [...sumsAt(touching, each)]))].filter(
      (sum) => !used.has(sum) && trust[sum] !== 2,
    )
    for (const sum of sums.toSorted((a, b) => slack(a) - slack(b))) {
      const shown = membersOf(seen, sum)
        .filter((other) => other !== cell && seen.state[other] === 1 && (zeros === 'hide' || count(other) > 0))
        .sort((a, b) => count(a) - count(b))
      const chosen = shown.find((other) => count(other) >= minimum) ?? shown.at(-1)
      if (chosen !== undefined) return chosen
      used.add(sum)
    }
    edge = sums.flatMap((sum) => membersOf(seen, sum)).filter((other) => !reached.has(other))
    for (const other of edge) reached.add(other)
  }
  return undefined
}

/** Which cells hang together through sums: a number each. */
function componentsOf(system: System, touching: ReturnType<typeof touchingSums>): Int32Array {
  const component = new Int32Array(system.cells).fill(-1)
  let next = 0
  for (let first = 0; first < system.cells; first++) {
    if (component[first] !== -1) continue
    const waiting = [first]
    component[first] = next
    for (let cell = waiting.pop(); cell !== undefined; cell = waiting.pop()) {
      for (const other of [...sumsAt(touching, cell)].flatMap((sum) => membersOf(system, sum))) {
        if (component[other] !== -1) continue
        component[other] = next
        waiting.push(other)
      }
    }
    next++
  }
  return component
}

function shownAs(
  { dimensions: names, rows, name }: PublishedTable,
  leftOut: number,
  {
    dimensions,
    system,
    isHidden,
    isSensitive,
    rules,
  }: Omit<Closed, 'lost'> & { readonly dimensions: readonly AuditDimension[]; readonly rules: Rules },
): Suppressed {
  const cellOf = cellFinder(system)
  const readers = dimensions.map((dimension) => codeOf(dimension, { name, dimensions: names, rows }))
  const report = { cells: 0, persons: 0, sensitive: 0, secondary: 0, secondaryPersons: 0, weight: 0 }
  for (let cell = 0; cell < system.cells; cell++) {
    if (system.state[cell] === 0) continue
    report.cells++
    const count = system.least[cell] ?? 0
    if (isSensitive[cell] === 1) report.sensitive++
    else if (isHidden[cell] === 1) {
      report.secondary++
      report.secondaryPersons += count
      report.weight += weightOf(count, rules)
    } else report.persons += count
  }
  return {
    dimensions: names,
    rows: rows.map(({ codes }) => {
      const cell = cellOf(readers.map((read) => read(codes) ?? ''))
      // Of rows that show one cell the later counts; all of them show the same, so that the earlier tells no more.
      return { codes, shown: isHidden[cell] === 1 ? hiddenSign : String(system.least[cell] ?? 0) }
    }),
    report: {
      ...report,
      dimensions: addsUpIn({ name, dimensions: names, rows }, dimensions),
      leftOut,
      bound: null,
      open: 0,
    },
  }
}
