import { leastMove } from '@lentera/core/shared/publication'
import { accept, type Decision, refuse } from '@lentera/core/shared/refusals'
import { type OpenCells, openInPublished } from '../audit/audit.ts'
import { addsUpIn, codeOf, findDimensions } from '../audit/hierarchy.ts'
import { type PublishedTable, readShown } from '../audit/published.ts'
import { newestRelease, releaseDimension } from '../audit/releases.ts'
import { filledIn } from '../editions/filled-in.ts'
import { layBeside } from '../editions/laid-beside.ts'
import {
  hiddenIn,
  knownFrom,
  type LaidEarlier,
  type MethodOfTable,
  movesSince,
  openBeside,
} from '../editions/open-beside.ts'
import { standingBeside } from '../editions/stood.ts'
import { hasHidden } from './already-hidden.ts'
import { cellFinder, isHiddenSomebody, membersOf, sumsAt, touchingSums } from './protected-table.ts'
import type { Rules } from './rules.ts'
import { hiddenSign, type Suppressed, type SuppressOptions } from './words.ts'

const zerosRead = ['unsaid', 'shown'] as const

/** Further cells are hidden so many times before it is given up. */
const mostRounds = 25

/** Hiding and auditing beside earlier tables, all rounds together: so often the time that hiding has, or so many milliseconds where that is more. */
const mostTime = { budgets: 10, least: 120_000 }

/** Filling in what an earlier table hides may take so long. */
const secondsToFillIn = 20

type Suppress = (table: PublishedTable, rules: Rules, options: SuppressOptions) => Promise<Decision<Suppressed>>

export type BesideOptions = SuppressOptions & {
  /** What the earlier tables were made of, the newest first, as many as are at hand. What others hide is filled in by what stood after them, or is counted now. */
  readonly stood?: readonly PublishedTable[]
}

/**
 * A table protected so that nothing is open in it together with earlier tables of the same people, the newest first, as they were
 * published. It is made of its counts as they stand (`release/editions/stood.ts`): what moved by few since is what it was, so that who came, was corrected or withdrawn is in
 * no number and in no choice of what is hidden, and blocks nothing. Where nothing moved by more since the newest, that one stands as it was (decision 0055). What the
 * audit of all of them finds open is hidden, or something beside it, until nothing is; of earlier tables that are split otherwise also what moved by few.
 *
 * Refuses as `suppress`; `protect.cannot-stand`; `protect.stood-differs` {cells}: an earlier one shows other numbers than what it is said to be made of; `protect.opens-earlier` {open};
 * `protect.no-time` {seconds, open}: so many cells were still open after so long.
 */
export async function suppressBeside(
  given: PublishedTable,
  earlier: readonly PublishedTable[],
  rules: Rules,
  options: BesideOptions,
  suppress: Suppress,
): Promise<Decision<Suppressed & { readonly madeOf: PublishedTable }>> {
  const { minimum, hierarchies } = rules
  const table = withoutColumns(given, rules.contributions)
  const published = await layPublished(table, earlier, rules, options)
  if (!published.ok) return published
  const least = leastMove(methodBy(rules))
  const since = hasHidden(table)
    ? accept(undefined)
    : await standingBeside(table, published.value, { least, said: hierarchies, solver: options.solver })
  if (!since.ok) return since
  const standing = since.value
  const { full, laid } = standing ?? { full: table, laid: published.value }
  const isSomebody = !hasHidden(full) && isHiddenSomebody(full, findDimensions([full], hierarchies), rules)
  const newest = laid.at(-1)
  const [file] = earlier
  if (standing?.isNothingNew && file && newest && isSameCut(full, newest)) {
    if (await isClosed(file, isSomebody, rules, options))
      return accept({ ...handedOutAgain(file, rules), madeOf: newest.counted })
  }
  const asRow = withContributions(full, given, rules, newest)
  const unmoved = laid.filter(({ beside }) => beside.cells.every(({ now, before }) => now === before))
  const hasShrunk =
    laid.some(({ beside, texts }) =>
      beside.cells.some(({ key, now, before }) => now < before && readShown(texts.get(key) ?? '').kind === 'number'),
    ) || laid.some(({ shown }, at) => at > 0 && hasFallen(laid[at - 1]?.shown ?? shown, shown))
  const shows = knownFrom(laid)
  const isGuessed = (options.stood ?? []).length === 0 && earlier.some(hasHidden)
  const sensitive = new Set(laid.flatMap(rowsMovedByFew).map(keyOf))
  // What was hidden and did not move is hidden still, and keeps closed what it kept closed; what it held may be a guess besides.
  if (standing && newest && unmoved.length < laid.length)
    for (const { codes, now, before } of hiddenIn(newest)) if (now === before) sensitive.add(keyOf(codes))
  const most = Math.max(mostTime.least, mostTime.budgets * options.budget)
  const isOver = (): boolean => options.elapsed() > most
  const shouldStop = (): boolean => isOver() || options.shouldStop?.() === true
  let open = 0
  const stopped = (): Decision<never> =>
    isOver() ? refuse('protect.no-time', { seconds: Math.round(most / 1000), open }) : refuse('protect.stopped')
  for (let round = 0; round < mostRounds; round++) {
    const alsoSensitive = [...sensitive].map((key) => key.split(between))
    const done = await suppress(asRow, rules, { ...options, shouldStop, alsoSensitive, shows })
    if (shouldStop()) return stopped()
    if (!done.ok) return done
    const out: PublishedTable = { name: 'new', dimensions: done.value.dimensions, rows: done.value.rows }
    const more: (readonly string[])[] = []
    open = 0
    // By the rule alone; by what the rows tell of zeros where they do: of an earlier table that may not be true.
    const readings = rules.zeros === 'show' ? zerosRead.slice(1) : isSomebody ? zerosRead : zerosRead.slice(0, 1)
    for (const zeros of readings) {
      const beside = await openBeside(out, methodBy(rules), laid, {
        solver: options.solver,
        zeros,
        full,
        isGuessed,
        shouldStop,
      })
      open = Math.max(open, beside.open)
      more.push(
        ...(round === 0 && beside.open > 0 ? laid.flatMap(hiddenIn).map(({ codes }) => codes) : beside.wouldHelp),
      )
      if (shouldStop()) return stopped()
      // Of counts that shrank, too, no reader has a bound.
      if (beside.open > 0 || hasShrunk) continue
      const audited = await openInPublished([out], earlier, {
        solver: options.solver,
        minimum,
        zeros,
        releases: unmoved.length < laid.length ? 'grown' : 'same',
        named: hierarchies,
        onProgress: (done, of) => options.onProgress?.('proving', done, of),
        shouldStop,
      })
      if (shouldStop()) return stopped()
      const secret = withoutKnown(audited, [{ shown: out, counted: full }, ...laid.toReversed()])
      open = Math.max(open, secret.open)
      more.push(...besideOpen(out, secret, new Set(shows.map(keyOf))))
    }
    if (open === 0) {
      const report = standing ? { ...done.value.report, stood: least } : done.value.report
      return accept({ ...done.value, report, madeOf: full })
    }
    const before = sensitive.size
    for (const codes of more) sensitive.add(keyOf(codes))
    // Of a table in which somebody hid cells already no count is known, and what else could be hidden neither.
    if (hasHidden(full) || (sensitive.size === before && round > 0)) break
  }
  return refuse('protect.opens-earlier', { open })
}

const between = '\u0001'
const keyOf = (codes: readonly string[]): string => codes.join(between)

const methodBy = ({ minimum, zeros }: Rules): MethodOfTable => ({
  name: 'suppression',
  minimum,
  ...(zeros === 'show' ? { zeros: 'shown' } : {}),
})

/** The earlier tables beside the new one, the oldest first, with what they hide filled in where that can be. */
async function layPublished(
  table: PublishedTable,
  earlier: readonly PublishedTable[],
  rules: Rules,
  { stood = [], solver }: BesideOptions,
): Promise<Decision<readonly LaidEarlier[]>> {
  const { hierarchies } = rules
  const laid: LaidEarlier[] = []
  let near = table
  for (const [place, file] of earlier.entries()) {
    const shown = withSigns(layBeside(table, file, hierarchies).lineUp(withoutColumns(file, rules.contributions)))
    const madeOf = stood[place]
    if (madeOf) {
      near = layBeside(table, madeOf, hierarchies).lineUp(withoutColumns(madeOf, rules.contributions))
      // What it was counted as may have been taken for as much fewer or more as stands.
      const cells = layBeside(near, shown, hierarchies).innermost.filter(
        ({ now, before }) => Math.abs(now - before) >= leastMove(methodBy(rules)),
      ).length
      if (cells > 0) return refuse('protect.stood-differs', { cells })
    }
    const how = { solver, zeros: rules.zeros === 'show' ? 'shown' : 'unsaid', seconds: secondsToFillIn } as const
    const counted = hasHidden(shown) ? ((await filledIn(shown, near, hierarchies, how)) ?? shown) : shown
    const beside = layBeside(table, counted, hierarchies)
    const guessed = madeOf === undefined && hasHidden(shown) ? ({ isGuessed: true } as const) : {}
    laid.unshift({
      beside,
      method: methodBy(rules),
      counted,
      shown,
      texts: beside.read(shown),
      isOut: true,
      ...guessed,
    })
    if (!hasHidden(counted)) near = counted
  }
  return accept(laid)
}

/** Whoever published it may have another sign for what is hidden. */
const withSigns = (table: PublishedTable): PublishedTable => ({
  ...table,
  rows: table.rows.map(({ codes, shown }) => ({
    codes,
    shown: readShown(shown).kind === 'hidden' ? hiddenSign : shown,
  })),
})

/** Whether a number that both show is lower in the later. */
function hasFallen(earlier: PublishedTable, later: PublishedTable): boolean {
  const before = new Map(earlier.rows.map(({ codes, shown }) => [keyOf(codes), readShown(shown)]))
  return later.rows.some(({ codes, shown }) => {
    const [then, now] = [before.get(keyOf(codes)), readShown(shown)]
    return then?.kind === 'number' && now.kind === 'number' && now.least < then.least
  })
}

const rowsMovedByFew = (each: LaidEarlier): readonly (readonly string[])[] =>
  movesSince(each).byFew.flatMap(({ key }) => {
    const row = each.beside.rowOf(key)
    return row ? [row] : []
  })

function isSameCut(full: PublishedTable, { beside, texts }: LaidEarlier): boolean {
  const own = beside.read(full)
  return own.size === texts.size && [...own.keys()].every((key) => texts.has(key))
}

/** Whether what is out is closed by itself: else it is not handed out again. */
async function isClosed(
  newest: PublishedTable,
  isSomebody: boolean,
  { minimum, hierarchies, zeros }: Rules,
  { solver, shouldStop }: SuppressOptions,
): Promise<boolean> {
  const isFew = ({ shown }: PublishedTable['rows'][number]): boolean => {
    const read = readShown(shown)
    return read.kind === 'number' && read.least > 0 && read.least < minimum
  }
  if (newest.rows.some(isFew)) return false
  const { open, wasStopped } = await openInPublished([newest], [], {
    solver,
    minimum,
    zeros: zeros === 'show' || isSomebody ? 'shown' : 'unsaid',
    named: hierarchies,
    ...(shouldStop ? { shouldStop } : {}),
  })
  return open === 0 && !wasStopped
}

/** The newest earlier table as it is out. */
function handedOutAgain(newest: PublishedTable, { hierarchies }: Rules): Suppressed {
  const numbers = newest.rows.flatMap(({ shown }) => {
    const read = readShown(shown)
    return read.kind === 'number' ? [read.least] : []
  })
  return {
    dimensions: newest.dimensions,
    rows: newest.rows,
    report: {
      dimensions: addsUpIn(newest, findDimensions([newest], hierarchies)),
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

function withoutColumns({ name, dimensions, rows }: PublishedTable, left: readonly string[]): PublishedTable {
  const places = [...dimensions.keys()].filter((place) => !left.includes(dimensions[place] ?? ''))
  const kept = (codes: readonly string[]): readonly string[] => places.map((place) => codes[place] ?? '')
  return { name, dimensions: kept(dimensions), rows: rows.map(({ codes, shown }) => ({ codes: kept(codes), shown })) }
}

/**
 * What stands, with the columns of the largest contributions, as far as a rule asks for them: of a cell that stands as it was shown nothing is asked, since it was
 * shown; of others what is counted now, and never more than stands.
 */
function withContributions(
  full: PublishedTable,
  given: PublishedTable,
  { contributions, dominance, pPercent }: Rules,
  newest: LaidEarlier | undefined,
): PublishedTable {
  if (dominance === null && pPercent === null) return full
  const places = full.dimensions.map((name) => given.dimensions.indexOf(name))
  const own = contributions.map((name) => given.dimensions.indexOf(name))
  const now = new Map(given.rows.map(({ codes }) => [keyOf(places.map((place) => codes[place] ?? '')), codes]))
  return {
    ...full,
    dimensions: [...full.dimensions, ...contributions],
    rows: full.rows.map(({ codes, shown }) => {
      const stands = newest?.texts.get(newest.beside.keyOf(codes)) === shown
      let left = Number(shown)
      const parts = own.map((place) => {
        const part = Math.min(left, Number(now.get(keyOf(codes))?.[place] || 0))
        left -= part
        return stands ? '' : String(part)
      })
      return { codes: [...codes, ...parts], shown }
    }),
  }
}

/** Codes of a release to its cells in what was audited; of all releases the same ones where they are not told apart. */
function cellsOf(
  { dimensions }: PublishedTable,
  system: OpenCells['system'],
  release: string,
): (codes: readonly string[]) => number {
  const together = system.dimensions.filter(({ name }) => name !== releaseDimension)
  const joint = together.map((dimension) => codeOf(dimension, { dimensions, name: '', rows: [] }))
  const isInTime = together.length < system.dimensions.length
  const cellOf = cellFinder(system)
  return (codes) => cellOf([...joint.map((read) => read(codes) ?? ''), ...(isInTime ? [release] : [])])
}

/**
 * A cell that one edition hides and that stands there as another shows it is no secret, however near a reader comes to it.
 *
 * @param editions the newest first, with what each is made of
 */
function withoutKnown(
  audited: OpenCells,
  editions: readonly Pick<LaidEarlier, 'shown' | 'counted' | 'isGuessed'>[],
): OpenCells {
  const numbers = new Set(
    editions.flatMap(({ shown }) =>
      shown.rows.flatMap(({ codes, shown: text }) =>
        readShown(text).kind === 'number' ? [keyOf([...codes, text])] : [],
      ),
    ),
  )
  const isOpen = audited.isOpen.slice()
  for (const [place, { counted, isGuessed }] of editions.entries()) {
    if (isGuessed) continue
    const cellOf = cellsOf(counted, audited.system, `${place}`)
    for (const { codes, shown } of counted.rows) if (numbers.has(keyOf([...codes, shown]))) isOpen[cellOf(codes)] = 0
  }
  return { ...audited, isOpen, open: isOpen.reduce((sum, is) => sum + is, 0) }
}

/**
 * Of each open cell: itself, where the new table shows it; else, of the sums it lies in, and then of those beyond, the smallest cell that the new table
 * shows.
 */
function besideOpen(
  out: PublishedTable,
  { system, isOpen }: OpenCells,
  known: ReadonlySet<string>,
): readonly (readonly string[])[] {
  const cellOf = cellsOf(out, system, newestRelease)
  const shown = new Map<number, Shown>()
  for (const { codes, shown: text } of out.rows) {
    const count = Number(text)
    if (count > 0 && !known.has(keyOf(codes))) shown.set(cellOf(codes), { codes, count })
  }
  const touching = touchingSums(system)
  const found = new Set<Shown>()
  for (const [cell, is] of isOpen.entries()) {
    const beside = is === 0 ? undefined : (shown.get(cell) ?? nearest(cell))
    if (beside !== undefined) found.add(beside)
  }
  return [...found].map(({ codes }) => codes)

  function nearest(open: number): Shown | undefined {
    const reached = new Set([open])
    const used = new Set<number>()
    for (let edge = [open]; edge.length > 0; ) {
      const sums = [...new Set(edge.flatMap((cell) => [...sumsAt(touching, cell)]))].filter((sum) => !used.has(sum))
      const members = [...new Set(sums.flatMap((sum) => membersOf(system, sum)))]
      const candidates = members.flatMap((cell) => shown.get(cell) ?? []).filter((each) => !found.has(each))
      if (candidates.length > 0) return candidates.toSorted((a, b) => a.count - b.count)[0]
      for (const sum of sums) used.add(sum)
      edge = members.filter((cell) => !reached.has(cell))
      for (const cell of edge) reached.add(cell)
    }
    return undefined
  }
}

type Shown = { readonly codes: readonly string[]; readonly count: number }
