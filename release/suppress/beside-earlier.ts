import { accept, type Decision, refuse } from '@lentera/core/shared/refusals'
import { type Audited, auditPublished } from '../audit/audit.ts'
import { type AuditDimension, addsUpIn, codeOf, findDimensions } from '../audit/hierarchy.ts'
import { type PublishedTable, readShown } from '../audit/published.ts'
import { newestRelease, releaseDimension } from '../audit/releases.ts'
import { buildSystem } from '../audit/system.ts'
import { hasHidden } from './already-hidden.ts'
import { cellFinder, filled, isHiddenSomebody, membersOf, sumsAt, touchingSums } from './protected-table.ts'
import type { Rules } from './rules.ts'
import type { Suppressed, SuppressOptions } from './words.ts'

const zerosRead = ['unsaid', 'shown'] as const

/** Further cells are hidden so many times before it is given up. */
const mostRounds = 25

type Suppress = (table: PublishedTable, rules: Rules, options: SuppressOptions) => Promise<Decision<Suppressed>>

/**
 * A table protected so that nothing is open in it together with earlier tables of the same people, the newest first, as they were
 * published. Where all of them show the same counts they are one table to a reader; where counts have grown since, releases in time
 * (`audit/releases.ts`). What was shown before and has moved by fewer than the minimum is hidden now: the difference would be who came. What the
 * joint audit finds open is hidden, or something beside it, until nothing is. Where all that moved since the newest moved by fewer than the minimum, up or down, that
 * one stands as it was (decision 0055): who came, was corrected or withdrawn shows nowhere, and blocks nothing.
 *
 * Refuses as `suppress`, and `protect.earlier-shrank` {cells}: some hold fewer than an earlier table showed while others moved by the minimum, of which no audit here can
 * say what both tell; `protect.opens-earlier` {open}.
 */
export async function suppressBeside(
  table: PublishedTable,
  earlier: readonly PublishedTable[],
  rules: Rules,
  options: SuppressOptions,
  suppress: Suppress,
): Promise<Decision<Suppressed>> {
  const { minimum } = rules
  const isSomebody = !hasHidden(table) && isHiddenSomebody(table, findDimensions([table], rules.hierarchies), rules)
  const hides = new Set<string>()
  let shows = new Set<string>()
  let [open, hasGrown] = [0, false]
  for (let round = 0; round < mostRounds; round++) {
    const done = await suppress(table, rules, { ...options, hides, shows })
    if (!done.ok) return done
    const { dimensions, rows } = done.value
    const out: PublishedTable = { name: 'new', dimensions, rows }
    const [before, known] = [hides.size, new Set<string>()]
    const standing = round === 0 ? whatStands(withColumns(table, dimensions), out, earlier[0], rules) : null
    if (standing !== null && (await isClosed(earlier, isSomebody, rules, options))) return accept(standing)
    // Its totals, too, where they were made: so both what was counted and what would be shown.
    for (const counted of [withColumns(table, dimensions), out]) {
      const moved = movedBetween(counted, earlier, rules)
      if (moved.shrank > 0) return refuse('protect.earlier-shrank', { cells: moved.shrank })
      if (moved.grew > 0) hasGrown = true
      for (const key of moved.byFew) hides.add(key)
      for (const key of moved.stayed) known.add(key)
    }
    // Of counts that have grown an earlier number is a bound; of the same counts it is the number itself.
    const isKnown = !hasGrown && known.size > shows.size
    if (isKnown) shows = known
    if (hides.size > before || isKnown) continue
    open = 0
    // By the rule alone; by what the rows tell of zeros where they do: of an earlier table that may not be true.
    for (const zeros of rules.zeros === 'show'
      ? (['shown'] as const)
      : isSomebody
        ? zerosRead
        : zerosRead.slice(0, 1)) {
      const audited = await auditPublished([out], earlier, {
        solver: options.solver,
        minimum,
        zeros,
        releases: hasGrown ? 'grown' : 'same',
        named: rules.hierarchies,
        ...(options.shouldStop ? { shouldStop: options.shouldStop } : {}),
      })
      if (options.shouldStop?.() === true) return refuse('protect.stopped')
      open = Math.max(open, audited.report.open)
      for (const key of besideOpen(out, audited, rules, shows)) hides.add(key)
    }
    if (open === 0) return done
    // Of a table in which somebody hid cells already no count is known, and what else could be hidden neither.
    if (hides.size === before || hasHidden(table)) break
  }
  return refuse('protect.opens-earlier', { open })
}

/** Whether what is out is closed by itself: else it is not handed out again. */
async function isClosed(
  [newest]: readonly PublishedTable[],
  isSomebody: boolean,
  { minimum, hierarchies, zeros }: Rules,
  { solver, shouldStop }: SuppressOptions,
): Promise<boolean> {
  if (newest === undefined) return false
  const isFew = ({ shown }: PublishedTable['rows'][number]): boolean => {
    const read = readShown(shown)
    return read.kind === 'number' && read.least > 0 && read.least < minimum
  }
  if (newest.rows.some(isFew)) return false
  const { report } = await auditPublished([newest], [], {
    solver,
    minimum,
    zeros: zeros === 'show' || isSomebody ? 'shown' : 'unsaid',
    named: hierarchies,
    ...(shouldStop ? { shouldStop } : {}),
  })
  return report.open === 0 && !report.wasStopped
}

/**
 * The newest earlier table, where it shows the same cells, some numbers moved since and none of them by the minimum; else null. Its own hidden cells tell
 * nobody here whether they moved: what it shows is all there is to go by.
 */
function whatStands(
  counted: PublishedTable,
  out: PublishedTable,
  newest: PublishedTable | undefined,
  rules: Rules,
): Suppressed | null {
  if (newest === undefined || hasHidden(counted)) return null
  const columns = new Set(newest.dimensions)
  if (columns.size !== out.dimensions.length || !out.dimensions.every((name) => columns.has(name))) return null
  const places = out.dimensions.map((name) => newest.dimensions.indexOf(name))
  const before = new Map(
    newest.rows.map(({ codes, shown }) => [keyOf(places.map((place) => codes[place] ?? '')), shown]),
  )
  if (before.size !== out.rows.length || !out.rows.every(({ codes }) => before.has(keyOf(codes)))) return null
  let moved = 0
  for (const { codes, shown } of counted.rows) {
    const [was, now] = [readShown(before.get(keyOf(codes)) ?? ''), readShown(shown)]
    if (was.kind !== 'number' || now.kind !== 'number') continue
    const far = Math.abs(now.least - was.least)
    if (far >= rules.minimum) return null
    if (far > 0) moved++
  }
  if (moved === 0) return null
  const numbers = newest.rows.flatMap(({ shown }) => {
    const read = readShown(shown)
    return read.kind === 'number' ? [read.least] : []
  })
  return {
    dimensions: newest.dimensions,
    rows: newest.rows,
    report: {
      dimensions: addsUpIn(newest, findDimensions([newest], rules.hierarchies)),
      cells: newest.rows.length,
      persons: numbers.reduce((sum, count) => sum + count, 0),
      // Which of them were small, and which hidden for their sake, is not told by what was published.
      sensitive: newest.rows.length - numbers.length,
      secondary: 0,
      secondaryPersons: 0,
      weight: 0,
      leftOut: 0,
      bound: null,
      open: 0,
      stands: true,
    },
  }
}

const keyOf = (codes: readonly string[]): string => codes.join('\u0001')

/**
 * How many numbers earlier tables tell that are higher (`shrank`) and lower than in this one, totals that nobody printed too; which cells moved by few
 * since, and which are the same: by the codes of `suppress`.
 */
function movedBetween(
  table: PublishedTable,
  earlier: readonly PublishedTable[],
  { minimum, hierarchies }: Rules,
): {
  readonly shrank: number
  readonly grew: number
  readonly byFew: readonly string[]
  readonly stayed: readonly string[]
} {
  const together = findDimensions([table, ...earlier], hierarchies)
  const own = findDimensions([table], hierarchies).map((dimension) => codeOf(dimension, table))
  const joint = together.map((dimension) => codeOf(dimension, table))
  const now = countsIn(table, together, minimum)
  const rows = new Map(
    table.rows.map(({ codes }) => [
      now.cellOf(joint.map((read) => read(codes) ?? '')),
      keyOf(own.map((read) => read(codes) ?? '')),
    ]),
  )
  let [shrank, grew] = [0, 0]
  const byFew: string[] = []
  const stayed: string[] = []
  for (const before of earlier) {
    const { counts, codesAt } = countsIn(before, together, minimum)
    for (const [cell, was] of counts.entries()) {
      const at = now.cellOf(codesAt(cell))
      const count = now.counts[at] ?? -1
      if (was < 0 || count < 0) continue
      const key = rows.get(at)
      if (count === was) {
        if (key !== undefined) stayed.push(key)
      } else if (count < was) shrank++
      else {
        grew++
        const hides = count - was < minimum ? (key ?? smallestUnder(now, rows, at)) : undefined
        if (hides !== undefined) byFew.push(hides)
      }
    }
  }
  return { shrank, grew, byFew, stayed }
}

/** What a table tells of each cell, its totals too where they can be made; -1 where it does not. */
function countsIn(table: PublishedTable, dimensions: readonly AuditDimension[], minimum: number) {
  const system = buildSystem([table], dimensions, { minimum })
  const width = dimensions.length
  return {
    system,
    counts: filled(system).counts,
    touching: touchingSums(system),
    cellOf: cellFinder(system),
    codesAt: (cell: number): readonly string[] =>
      system.codes.map((list, d) => list[system.cellCodes[cell * width + d] ?? 0] ?? ''),
  }
}

/** Of a total that has no row: the smallest row under it in which somebody is. While that is hidden nobody can make the total. */
function smallestUnder(
  { system, counts, touching }: ReturnType<typeof countsIn>,
  rows: ReadonlyMap<number, string>,
  total: number,
): string | undefined {
  const under = new Set([total])
  for (const cell of under)
    for (const sum of sumsAt(touching, cell))
      if (system.sums.whole[sum] === cell) for (const part of membersOf(system, sum)) under.add(part)
  const [smallest] = [...under]
    .filter((cell) => rows.has(cell) && (counts[cell] ?? 0) > 0)
    .sort((a, b) => (counts[a] ?? 0) - (counts[b] ?? 0))
  return smallest === undefined ? undefined : rows.get(smallest)
}

/** The columns that are published, and no others. */
function withColumns({ name, dimensions, rows }: PublishedTable, kept: readonly string[]): PublishedTable {
  const places = kept.map((column) => dimensions.indexOf(column))
  return {
    name,
    dimensions: kept,
    rows: rows.map(({ codes, shown }) => ({ codes: places.map((place) => codes[place] ?? ''), shown })),
  }
}

/**
 * Of each open cell: itself, where the new table shows it; else, of the sums it lies in, and then of those beyond, the smallest cell that the new table
 * shows.
 */
function besideOpen(
  out: PublishedTable,
  { system, isOpen }: Audited,
  rules: Rules,
  known: ReadonlySet<string>,
): ReadonlySet<string> {
  const together = system.dimensions.filter(({ name }) => name !== releaseDimension)
  const joint = together.map((dimension) => codeOf(dimension, out))
  const own = findDimensions([out], rules.hierarchies).map((dimension) => codeOf(dimension, out))
  const isInTime = together.length < system.dimensions.length
  const cellOf = cellFinder(system)
  const shown = new Map<number, { readonly key: string; readonly count: number }>()
  for (const { codes, shown: text } of out.rows) {
    const [key, count] = [keyOf(own.map((read) => read(codes) ?? '')), Number(text)]
    const cell = cellOf([...joint.map((read) => read(codes) ?? ''), ...(isInTime ? [newestRelease] : [])])
    if (count > 0 && !known.has(key)) shown.set(cell, { key, count })
  }
  const touching = touchingSums(system)
  const found = new Set<string>()
  for (const [cell, is] of isOpen.entries()) {
    const beside = is === 0 ? undefined : (shown.get(cell)?.key ?? nearest(cell))
    if (beside !== undefined) found.add(beside)
  }
  return found

  function nearest(open: number): string | undefined {
    const reached = new Set([open])
    const used = new Set<number>()
    for (let edge = [open]; edge.length > 0; ) {
      const sums = [...new Set(edge.flatMap((cell) => [...sumsAt(touching, cell)]))].filter((sum) => !used.has(sum))
      const members = [...new Set(sums.flatMap((sum) => membersOf(system, sum)))]
      const candidates = members.flatMap((cell) => shown.get(cell) ?? []).filter(({ key }) => !found.has(key))
      if (candidates.length > 0) return candidates.toSorted((a, b) => a.count - b.count)[0]?.key
      for (const sum of sums) used.add(sum)
      edge = members.filter((cell) => !reached.has(cell))
      for (const cell of edge) reached.add(cell)
    }
    return undefined
  }
}
