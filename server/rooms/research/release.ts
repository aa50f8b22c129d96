import { exactly } from '@lentera/core/shared/counts'
import type { Sheet, Survey } from '@lentera/core/workforce/research/project'
import { type CrossedQuestion, type SheetTables, tablesOf } from '@lentera/core/workforce/research/tally'
import { type ReleasedTables, releaseTables } from '@lentera/release/release'

/**
 * The released tables of a survey: how many answered, altogether and by group, first; then of each question a set of its own.
 *
 * Two questions hang together by nothing but the groups that answered both. So the groups are released first, and a question is crossed
 * only with a kind of group all of whose sizes are shown there, and only where its own set shows them too: then nothing that one set
 * hides can be taken from another (linked tables; Hundepool et al., Statistical Disclosure Control, 2012, ch. 4.3). Where a set would have
 * to hide a size that is known, it is made again with fewer crossings, at last with none. As one set they would be protected better, and
 * take hours: the search for other worlds grows with all cells that hang together.
 *
 * @param previous the release before, where there was one
 */
export function releaseSurvey(
  fact: string,
  { instrument, agencies }: Survey,
  sheets: readonly Sheet[],
  asOf: string,
  previous: readonly ReleasedTables[] = [],
): readonly ReleasedTables[] {
  if (!instrument) throw new TypeError('a survey is counted by its questionnaire')
  const tables = tablesOf(instrument, agencies, sheets)
  const before = new Map(previous.map((each) => [each.fact, each]))
  const release = (of: string, breakdowns: readonly (readonly string[])[]): ReleasedTables =>
    releaseSet({ fact: of, asOf, breakdowns, tables }, before.get(of))
  const sizes = release(fact, [[], ...tables.groups.map(({ name }) => [name])])
  const known = tables.groups.map(({ name }) => name).filter((name) => isShown(sizes, name))
  if (!isShown(sizes)) return [sizes]
  return [
    sizes,
    ...tables.questions.flatMap((question) => {
      for (const groups of crossings(question, known)) {
        const set = release(`${fact} ${question.name}`, breakdownsOf(question, groups))
        // Sizes are told once, with the first set.
        if (isShown(set) && groups.every((group) => isShown(set, group))) return [without(set, question)]
      }
      return []
    }),
  ]
}

/** Which kinds of group to try to cross a question with: both, then one, then none. */
function crossings({ crossedWith }: CrossedQuestion, known: readonly string[]): string[][] {
  const may = crossedWith.filter((group) => known.includes(group))
  return may.length === 2 ? [may, ...may.map((group) => [group]), []] : may.length === 1 ? [may, []] : [[]]
}

const breakdownsOf = ({ name }: CrossedQuestion, groups: readonly string[]): string[][] => [
  [],
  ...groups.map((group) => [group]),
  [name],
  ...groups.map((group) => [name, group]),
]

/** Whether every size of a kind of group is shown; without one, how many there are altogether. */
const isShown = ({ cells }: ReleasedTables, group?: string): boolean =>
  cells.every(({ cell: { dimensions }, persons }) => {
    const names = Object.keys(dimensions)
    return names.length !== (group ? 1 : 0) || (group && names[0] !== group) || persons.kind === 'count'
  })

const without = (tables: ReleasedTables, { name }: CrossedQuestion): ReleasedTables => ({
  ...tables,
  cells: tables.cells.filter(({ cell }) => name in cell.dimensions),
})

type Set = {
  readonly fact: string
  readonly asOf: string
  readonly breakdowns: readonly (readonly string[])[]
  readonly tables: SheetTables
}

function releaseSet({ fact, asOf, breakdowns, tables }: Set, previous: ReleasedTables | undefined): ReleasedTables {
  const names = new Set(breakdowns.flat())
  const dimensions = [...tables.groups, ...tables.questions].filter(({ name }) => names.has(name))
  const released = releaseTables(
    {
      fact,
      asOf,
      breakdowns,
      dimensions: Object.fromEntries(dimensions.map(({ name, values }) => [name, { parts: 'exclusive', values }])),
      cells: breakdowns.flatMap((by) =>
        tables.cells(by).map((each) => ({
          cell: { fact, period: 'all', scope: 'programme', dimensions: each.dimensions } as const,
          count: { persons: exactly(each.sheets), contacts: each.sheets },
        })),
      ),
    },
    // Who was counted then nobody can count again: a sheet keeps no time. None is corrected or taken back, either.
    previous && { release: previous, counted: [] },
  )
  if (!released.ok) throw new Error(`a release was refused: ${released.refusal.code}`)
  return released.value
}
