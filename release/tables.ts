import type { Cell } from '@lentera/core/results/count'
import { accept, type Decision, refuse } from '@lentera/core/shared/refusals'
import { type LinkedTables, linkTables, type Numbers, nameOf, none } from './linked-tables.ts'
import { movedFar, openCells, type Protection, protect } from './protect.ts'
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
  /** Every cell of the tables, empty ones too, in the order of scopes, periods and breakdowns. */
  readonly cells: readonly ReleasedCell[]
}>

/**
 * Protects a linked set of tables: cell suppression with a minimum of persons and complements (Hundepool et al.,
 * Statistical Disclosure Control, 2012, ch. 4; Cox, JASA 75, 1980). What it promises is written in README.md.
 *
 * With `previous`, the last release of the same tables, a cell that moved by fewer persons or contacts than the minimum
 * keeps its earlier value and cut-off, and so do the cells that would give the move away.
 *
 * @returns a refusal only for an input that cannot be: another fact, an unknown dimension, a cell given twice or outside
 * the tables, a contact without a person
 */
export function releaseTables(input: TablesInput, previous?: ReleasedTables): Decision<ReleasedTables> {
  const linked = linkTables(input)
  if (!linked.ok) return linked
  if (previous && previous.fact !== input.fact) return refuse('release.another-fact', { fact: previous.fact })
  const { value: tables } = linked
  const settings = { ...defaultSettings, ...input.settings }
  const before = shownBefore(tables, previous)
  const protection = protect(tables, settings, before.map(numbersOf))
  return accept(
    DANGEROUS_markReleased({
      fact: input.fact,
      asOf: input.asOf,
      settings,
      cells: tables.cells.map((cell, at) => {
        const numbers = tables.numbers[at] ?? none
        const [low, high, contacts] = numbers
        const [earlier, then] = [before[at], numbersOf(before[at])]
        // A cell that did not move at all must look like one that moved a little: both keep their earlier cut-off.
        const isNews = then === undefined || movedFar(then, numbers, settings.minimum)
        if (protection.shown[at] && isNews)
          return { cell, asOf: input.asOf, persons: count(low, high), contacts: count(contacts, contacts) }
        if (earlier) return { ...earlier, cell }
        const rule = protection.calledSmall[at] ? 'fewer-than-five' : 'complement'
        return { cell, asOf: input.asOf, persons: withheld(rule), contacts: withheld(rule) }
      }),
    }),
  )
}

/**
 * Audits a release against the counts it was made from: the small cells (and, with `previous`, the small moves) for which
 * it finds no other world that fits everything printed. Empty means proven closed, within the limits README.md names; a
 * cell that is listed may be open, and must be taken for it.
 */
export function auditTables(input: TablesInput, release: ReleasedTables, previous?: ReleasedTables): Decision<Cell[]> {
  const linked = linkTables(input)
  if (!linked.ok) return linked
  const { value: tables } = linked
  const printed = new Map(release.cells.map((cell) => [nameOf(cell.cell), cell]))
  const protection: Protection = {
    // An earlier value says nothing of now, but for a lower bound: it may have moved a little or be held back.
    shown: tables.cells.map((cell) => {
      const found = printed.get(nameOf(cell))
      return found?.persons.kind === 'count' && found.asOf === release.asOf
    }),
    calledSmall: tables.cells.map((cell) => {
      const persons = printed.get(nameOf(cell))?.persons
      return persons?.kind === 'protected' && persons.rule === 'fewer-than-five'
    }),
  }
  const earlier = shownBefore(tables, previous).map(numbersOf)
  return accept(
    openCells(tables, release.settings, earlier, protection).flatMap((at) => {
      const cell = tables.cells[at]
      return cell ? [cell] : []
    }),
  )
}

// ---------------------------------------------------------------- cells

const count = (low: number, high: number): ReleasedCount => DANGEROUS_markReleased({ kind: 'count', low, high })
const withheld = (rule: Reason): ReleasedCount => DANGEROUS_markReleased({ kind: 'protected', rule })

function shownBefore({ cells }: LinkedTables, previous: ReleasedTables | undefined): (ReleasedCell | undefined)[] {
  const before = new Map(previous?.cells.map((cell) => [nameOf(cell.cell), cell]))
  return cells.map((cell) => {
    const found = before.get(nameOf(cell))
    return found?.persons.kind === 'count' ? found : undefined
  })
}

function numbersOf(cell: ReleasedCell | undefined): Numbers | undefined {
  if (cell?.persons.kind !== 'count' || cell.contacts.kind !== 'count') return undefined
  return [cell.persons.low, cell.persons.high, cell.contacts.low]
}
