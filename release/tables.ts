import type { Cell, Count } from '@lentera/core/results/count'
import { accept, type Decision, refuse } from '@lentera/core/shared/refusals'
import { type LinkedTables, linkTables, type Numbers, nameOf, none } from './linked-tables.ts'
import { type Earlier, movedFar, openCells, type Protection, protect, type Stood } from './protect.ts'
import { DANGEROUS_markReleased, type Reason, type Released, type ReleasedCount } from './released-count.ts'
import { defaultSettings, type Settings } from './settings.ts'
import type { TablesInput } from './tables-input.ts'

/** `asOf` is the cut-off of this very cell: an earlier one where what changed since then may not be shown. */
export type ReleasedCell = {
  readonly cell: Cell
  readonly asOf: string
  readonly persons: ReleasedCount
  readonly contacts: ReleasedCount
}

export type ReleasedTables = Released<{
  readonly fact: string
  readonly asOf: string
  readonly settings: Settings
  /** Every cell of the tables, empty ones too, in the order of scopes, periods and breakdowns; of those that have begun. */
  readonly cells: readonly ReleasedCell[]
}>

/**
 * The last release of the same tables, and the real counts at the cut-offs that it and its cells name, as they were given
 * then. Of a cut-off whose counts are missing, hidden cells are judged as if they had never stood.
 */
export type Before = {
  readonly release: ReleasedTables
  readonly counted: readonly Pick<TablesInput, 'asOf' | 'cells'>[]
}

/**
 * Protects a linked set of tables: cell suppression with a minimum of persons and complements (Hundepool et al.,
 * Statistical Disclosure Control, 2012, ch. 4; Cox, JASA 75, 1980). What it promises is written in README.md.
 *
 * After another release, that one is handed out again, cut-off and all, while no cell moved by as many persons or contacts
 * as the minimum since it was made. Where some did, each of the others keeps its face: its earlier value or reason and its
 * cut-off; and so do the cells that would give a smaller move away.
 *
 * @returns a refusal only for an input that cannot be: another fact, an unknown dimension, a cell given twice or outside
 * the tables, a contact without a person
 */
export function releaseTables(input: TablesInput, before?: Before): Decision<ReleasedTables> {
  const linked = linkTables(
    input,
    before?.release.cells.map(({ cell }) => cell),
  )
  if (!linked.ok) return linked
  if (before && before.release.fact !== input.fact) return refuse('release.another-fact', { fact: before.release.fact })
  const { value: tables } = linked
  const settings = { ...defaultSettings, ...input.settings }
  if (before && !hasNews(tables, before, settings)) return accept(before.release)
  const faces = facesBefore(tables, before)
  const begun = placesBegun(tables, before, settings)
  const protection = protect(tables, settings, stoodBefore(tables, before))
  return accept(
    DANGEROUS_markReleased({
      fact: input.fact,
      asOf: input.asOf,
      settings,
      cells: tables.cells.flatMap((cell, at): ReleasedCell[] => {
        if (!begun.has(placeOf(cell))) return []
        const numbers = tables.numbers[at] ?? none
        const [low, high, contacts] = numbers
        const earlier = faces[at]
        const then = earlier && shownNumbers(earlier)
        // A cell that did not move at all must look like one that moved a little: both keep their earlier cut-off.
        const isNews = then === undefined || movedFar(then, numbers, settings.minimum)
        if (protection.shown[at] && isNews)
          return [{ cell, asOf: input.asOf, persons: count(low, high), contacts: count(contacts, contacts) }]
        const rule = protection.calledSmall[at] ? 'fewer-than-five' : 'complement'
        // So does a cell that stays hidden for the same reason.
        if (earlier && (then || faceOf(earlier) === rule)) return [{ ...earlier, cell }]
        return [{ cell, asOf: input.asOf, persons: withheld(rule), contacts: withheld(rule) }]
      }),
    }),
  )
}

/**
 * Audits a release against the counts it was made from: the small cells (and, with the release before, the small moves) for
 * which it finds no other world that fits everything printed. Empty means proven closed, within the limits README.md names;
 * a cell that is listed may be open, and must be taken for it.
 */
export function auditTables(input: TablesInput, release: ReleasedTables, before?: Before): Decision<Cell[]> {
  const linked = linkTables(
    input,
    release.cells.map(({ cell }) => cell),
  )
  if (!linked.ok) return linked
  const { value: tables } = linked
  const printed = new Map(release.cells.map((cell) => [nameOf(cell.cell), cell]))
  const protection: Protection = {
    // An earlier value says nothing of now, but for a lower bound: it may have moved a little or be held back.
    shown: tables.cells.map((cell) => {
      const found = printed.get(nameOf(cell))
      return found?.persons.kind === 'count' && found.asOf === input.asOf
    }),
    calledSmall: tables.cells.map((cell) => {
      const found = printed.get(nameOf(cell))
      return found !== undefined && faceOf(found) === 'fewer-than-five'
    }),
  }
  return accept(
    openCells(tables, release.settings, stoodBefore(tables, before), protection).flatMap((at) => {
      const cell = tables.cells[at]
      return cell ? [cell] : []
    }),
  )
}

// ---------------------------------------------------------------- what stood before

/** Whether any cell moved by enough, since the last release was made, to be told. */
function hasNews({ cells, numbers }: LinkedTables, { release, counted }: Before, { minimum }: Settings): boolean {
  const then = countsOf(counted, release.asOf)
  return !then || cells.some((cell, at) => movedFar(then.get(nameOf(cell)) ?? none, numbers[at] ?? none, minimum))
}

/**
 * The scopes and periods that are printed: after another release not one that begins with too few for any cell of it to be told,
 * whose very rows would say that somebody came.
 */
function placesBegun({ cells, numbers }: LinkedTables, before: Before | undefined, { minimum }: Settings): Set<string> {
  const isTold = (at: number): boolean => !before || movedFar(none, numbers[at] ?? none, minimum)
  return new Set(
    [...(before?.release.cells.map(({ cell }) => cell) ?? []), ...cells.filter((_, at) => isTold(at))].map(placeOf),
  )
}

const placeOf = ({ scope, period }: Cell): string => `${scope}|${period}`

function facesBefore({ cells }: LinkedTables, before: Before | undefined): (ReleasedCell | undefined)[] {
  const faces = new Map(before?.release.cells.map((cell) => [nameOf(cell.cell), cell]))
  return cells.map((cell) => faces.get(nameOf(cell)))
}

function stoodBefore(tables: LinkedTables, before: Before | undefined): Earlier {
  const counts = new Map(before?.counted.map(({ asOf }) => [asOf, countsOf(before.counted, asOf)]))
  return facesBefore(tables, before).map((earlier) => {
    const counted = earlier && counts.get(earlier.asOf)
    const numbers = earlier && (shownNumbers(earlier) ?? (counted && (counted.get(nameOf(earlier.cell)) ?? none)))
    return numbers && { numbers, face: faceOf(earlier) }
  })
}

function countsOf(counted: Before['counted'], asOf: string): ReadonlyMap<string, Numbers> | undefined {
  const then = counted.findLast((each) => each.asOf === asOf)
  return then && new Map(then.cells.map(({ cell, count }) => [nameOf(cell), numbersOf(count)]))
}

// ---------------------------------------------------------------- cells

const count = (low: number, high: number): ReleasedCount => DANGEROUS_markReleased({ kind: 'count', low, high })
const withheld = (rule: Reason): ReleasedCount => DANGEROUS_markReleased({ kind: 'protected', rule })

const numbersOf = ({ persons, contacts }: Count): Numbers => [persons.low, persons.high, contacts]
const faceOf = ({ persons }: ReleasedCell): Stood['face'] => (persons.kind === 'count' ? 'shown' : persons.rule)

function shownNumbers({ persons, contacts }: ReleasedCell): Numbers | undefined {
  if (persons.kind !== 'count' || contacts.kind !== 'count') return undefined
  return [persons.low, persons.high, contacts.low]
}
