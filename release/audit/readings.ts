import {
  type AuditDimension,
  allOfIt,
  findDimensions,
  isLikelyTotal,
  isTotalName,
  isYear,
  linesAlong,
  longestRun,
  mostCodesTried,
  type NamedHierarchies,
  type Partition,
  partition,
  tryOut,
  wholesBelow,
} from './hierarchy.ts'
import type { PublishedTable } from './published.ts'

/**
 * What it rests on that codes of a dimension add up as they are taken to. `rules`: somebody said so; `names`: a code is called a total;
 * `figures`: it holds in so many lines that chance does not make it; `nothing`: nothing adds up, as far as anybody sees; `unsettled`: figures
 * speak for it, and they are few or speak for something else too.
 */
export type RestsOn = 'rules' | 'names' | 'figures' | 'nothing' | 'unsettled'

export type Readings = {
  /** What is taken to add up. */
  readonly taken: readonly AuditDimension[]
  /** Other ways in which the figures may add up, where that is not settled. */
  readonly others: readonly (readonly AuditDimension[])[]
  /** The sums of which nobody needs to doubt. */
  readonly certain: readonly AuditDimension[]
  readonly restsOn: ReadonlyMap<string, RestsOn>
}

/** Other readings are looked at up to so many: each is an audit of its own. */
const mostOthers = 6

/** Lines in which a sum holds, each by another number: two or fewer happen by chance among a few dozen codes. */
const linesEnough = 3

/** What adds up in some tables, and how sure that is. */
export function readingsOf(tables: readonly PublishedTable[], named: NamedHierarchies = {}): Readings {
  const taken = findDimensions(tables, named)
  const looked = taken.map((dimension) => lookAt(dimension, tables, taken, named))
  const withPartitions = (place: number, partitions: readonly Partition[]): readonly AuditDimension[] =>
    taken.map((dimension, at) => (at === place ? { ...dimension, partitions } : dimension))
  return {
    taken,
    others: looked
      .flatMap(({ others }, at) => others.map((partitions) => withPartitions(at, partitions)))
      .slice(0, mostOthers),
    certain: taken.map((dimension, at) => ({ ...dimension, partitions: looked[at]?.certain ?? [] })),
    restsOn: new Map(taken.map(({ name }, at) => [name, looked[at]?.restsOn ?? 'nothing'])),
  }
}

type Looked = {
  readonly restsOn: RestsOn
  readonly others: readonly (readonly Partition[])[]
  readonly certain: readonly Partition[]
}

function lookAt(
  dimension: AuditDimension,
  tables: readonly PublishedTable[],
  dimensions: readonly AuditDimension[],
  named: NamedHierarchies,
): Looked {
  const { name, columns, partitions } = dimension
  const settled = (restsOn: RestsOn): Looked => ({ restsOn, others: [], certain: partitions })
  if (named.partitions?.[name] !== undefined) return settled('rules')
  const beyond = partitions.filter(({ whole }) => whole === allOfIt)
  const own = partitions.filter(({ whole }) => whole !== allOfIt)
  if (own.length === 0) return settled('nothing')
  const { codes, lines } = linesAlong(name, tables, dimensions)
  if (columns.length > 1 || codes.length > mostCodesTried) return settled('names')
  const numbers = new Map(codes.map((code, number) => [code, number]))
  const numberOf = (code: string): number => numbers.get(code) ?? -1
  const roots = new Set(own.flatMap((each) => each.parts))
  const evidence = ({ whole, parts }: Partition) =>
    tryOut(lines, numberOf(whole), parts.map(numberOf), !roots.has(whole))
  const isNobody = codes.map((_, code) => lines.every(({ most }) => (most[code] ?? 0) <= 0))

  const [only] = own
  const isFlat = own.length === 1 && only !== undefined && only.parts.length === codes.length - 1
  if (isFlat && (isTotalName(only.whole) || isLikelyTotal(only.whole))) {
    // What is called a total is that of all others, unless figures say otherwise: that these are too many, or that some are others' sum.
    const root = numberOf(only.whole)
    const first = codes.flatMap((_, code) => (code === root ? [] : [code]))
    const { state, checked } = evidence(only)
    // A file has a mistake now and then.
    if (state === 'holds' || checked >= linesEnough) return settled('names')
    const nested = nestedUnder(root, first)
    if (nested === undefined && !exceeds(root, first)) return settled('names')
    return { restsOn: 'unsettled', others: nested ? [[...beyond, ...nested]] : [], certain: beyond }
  }

  const rivals = new Map(own.map((each) => [each, rivalsOf(each)]))
  const isSure = (each: Partition): boolean =>
    evidence(each).checked >= linesEnough && (rivals.get(each)?.length ?? 0) === 0
  const sure = own.filter(isSure)
  if (sure.length === own.length)
    return settled(own.some(({ whole }) => isTotalName(whole) || isLikelyTotal(whole)) ? 'names' : 'figures')
  return {
    restsOn: 'unsettled',
    others: [
      [...beyond, ...sure],
      ...own.flatMap((each) =>
        (rivals.get(each) ?? []).map((rival) => [
          ...beyond,
          ...sure.filter(
            ({ whole, parts }) => whole !== rival.whole && !parts.some((part) => rival.parts.includes(part)),
          ),
          rival,
        ]),
      ),
    ],
    certain: [...beyond, ...sure],
  }

  function exceeds(whole: number, parts: readonly number[]): boolean {
    return lines.some(({ least, most }) => {
      const high = most[whole] ?? -1
      return high >= 0 && parts.reduce((sum, part) => sum + Math.max(0, least[part] ?? 0), 0) > high
    })
  }

  /** What figures say adds up below a total, and the total of what is part of nothing then; undefined where they say nothing of it. */
  function nestedUnder(root: number, first: readonly number[]): readonly Partition[] | undefined {
    const { below, top } = wholesBelow(
      first,
      (whole, parts) => tryOut(lines, whole, parts, false).state === 'holds',
      (code) => !isYear(codes[code] ?? ''),
    )
    if (below.length === 0) return undefined
    const last = tryOut(lines, root, top, true).state === 'fails' ? [] : [{ whole: root, parts: top }]
    return [...last, ...below].map(({ whole, parts }) => partition(codes, whole, parts))
  }

  /** Other runs beside a whole that make it up too; of one with nobody more in it nothing else follows. */
  function rivalsOf({ whole, parts }: Partition): readonly Partition[] {
    const at = numberOf(whole)
    const keyOf = (run: readonly number[]): string =>
      run
        .filter((code) => isNobody[code] !== true)
        .toSorted((a, b) => a - b)
        .join()
    const known = new Set([keyOf(parts.map(numberOf))])
    const found: Partition[] = []
    for (const step of [1, -1]) {
      const run: number[] = []
      for (let code = at + step; code >= 0 && code < codes.length && run.length < longestRun; code += step) {
        run.push(code)
        if (run.length < 2 || known.has(keyOf(run)) || tryOut(lines, at, run, false).state !== 'holds') continue
        known.add(keyOf(run))
        found.push(partition(codes, at, run))
      }
    }
    return found
  }
}
