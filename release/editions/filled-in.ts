import { type Solver, startProblem } from '@lentera/solver'
import {
  buildSystem,
  codeOf,
  findDimensions,
  type NamedHierarchies,
  type PublishedTable,
  type System,
  type Zeros,
} from '../audit/audit.ts'
import { endless } from '../audit/published.ts'
import { cellFinder, codesOfCell, filled, membersOf } from '../suppress/protected-table.ts'

/** More hidden cells are not filled in. */
const mostHidden = 20_000

/**
 * A published table with a count for every cell that it hides: of all tables that show the same, the one nearest to another table of the same people, as it stood
 * or as it is now (the least sum of what each differs by, in shares of what it holds). Where only what was published is known, this is what may have stood.
 *
 * @param near in the columns of the published one
 * @returns undefined where no such table adds up, none was found in the time, or too much is hidden
 */
export async function filledIn(
  shown: PublishedTable,
  near: PublishedTable,
  said: NamedHierarchies,
  { solver, zeros, seconds }: { readonly solver: Solver | null; readonly zeros: Zeros; readonly seconds: number },
): Promise<PublishedTable | undefined> {
  const dimensions = findDimensions([shown, near], said)
  const system = buildSystem([shown], dimensions, { minimum: 1, zeros })
  const other = buildSystem([near], dimensions, { minimum: 1 })
  const { counts } = filled(other)
  const at = cellFinder(other)
  const nearest = Float64Array.from({ length: system.cells }, (_, cell) => counts[at(codesOfCell(system, cell))] ?? -1)
  const values = holds(system, nearest) ? nearest : await nearestTo(system, nearest, solver, seconds)
  if (values === undefined) return undefined
  const cellOf = cellFinder(system)
  const readers = dimensions.map((dimension) => codeOf(dimension, shown))
  return {
    ...shown,
    rows: shown.rows.map((row) => {
      const cell = cellOf(readers.map((read) => read(row.codes) ?? ''))
      return system.state[cell] === 2 ? { ...row, shown: String(values[cell] ?? 0) } : row
    }),
  }
}

/** Whether such counts in the place of all that is hidden add up, as they are. */
function holds(system: System, nearest: Float64Array): boolean {
  const counts = Float64Array.from(system.state, (state, cell) =>
    state === 1 ? (system.least[cell] ?? 0) : (nearest[cell] ?? -1),
  )
  if (counts.some((count, cell) => count < (system.least[cell] ?? 0) || count > (system.most[cell] ?? 0))) return false
  for (let sum = 0; sum < system.sums.count; sum++) {
    const [whole = 0, ...parts] = membersOf(system, sum)
    if (parts.reduce((all, part) => all + (counts[part] ?? 0), 0) !== counts[whole]) return false
  }
  return true
}

async function nearestTo(
  system: System,
  nearest: Float64Array,
  solver: Solver | null,
  seconds: number,
): Promise<Float64Array | undefined> {
  const { state, least, most, sums } = system
  const open = [...state.keys()].filter((cell) => state[cell] !== 1)
  if (solver === null || open.length > mostHidden) return undefined
  const sheet = startProblem()
  const columns = new Map<number, number>()
  for (const cell of open) {
    const upper = most[cell] ?? endless
    columns.set(cell, sheet.column({ lower: least[cell] ?? 0, isWhole: true, ...(upper < endless ? { upper } : {}) }))
  }
  for (const cell of open) {
    const [count, column] = [nearest[cell] ?? -1, columns.get(cell) ?? 0]
    // Totals that nobody printed are what their parts are.
    if (state[cell] !== 2 || count < 0) continue
    const away = sheet.column({ cost: 1 / (1 + count) })
    sheet.row(count, Number.POSITIVE_INFINITY, [
      [column, 1],
      [away, 1],
    ])
    sheet.row(Number.NEGATIVE_INFINITY, count, [
      [column, 1],
      [away, -1],
    ])
  }
  for (let sum = 0; sum < sums.count; sum++) {
    let known = 0
    const terms: [number, number][] = []
    for (const [place, cell] of membersOf(system, sum).entries()) {
      const factor = place === 0 ? -1 : 1
      const column = columns.get(cell)
      if (column === undefined) known += factor * (least[cell] ?? 0)
      else terms.push([column, factor])
    }
    if (terms.length === 0 && known !== 0) return undefined
    if (terms.length > 0) sheet.row(-known, -known, terms)
  }
  const solved = await solver.solve(sheet.problem(), { seconds })
  if (!solved.ok || solved.value.values === null) return undefined
  const { values } = solved.value
  return Float64Array.from(state, (each, cell) =>
    each === 1 ? (least[cell] ?? 0) : (values[columns.get(cell) ?? 0] ?? 0),
  )
}
