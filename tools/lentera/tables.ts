import { existsSync, realpathSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { type AddsUp, namedAs } from '@lentera/release/audit'
import { Refused } from '../database/refused.ts'
import { workOnTables } from '../release/tables.ts'
import type { TablesReport, TablesTask } from '../release/tables-thread.ts'
import { type Says, watched } from './watched.ts'

/** What `release protect` and `release audit` were given, as typed. */
type TablesArguments = Readonly<
  Partial<
    Record<'rules' | 'reading' | 'zeros' | 'releases' | 'seconds' | 'secret' | 'out' | 'keep', string | undefined>
  >
> & {
  readonly json?: boolean | undefined
  readonly earlier?: readonly string[] | undefined
  readonly stood?: readonly string[] | undefined
}

/** `release protect TABLE.csv [--earlier E1.csv E2.csv ...]`: a table that may be published in `--out`, and what it cost on the screen. */
export async function protectFile(
  [file = '', ...more]: readonly string[],
  given: TablesArguments,
  says: Says,
  place: (name: string) => string,
): Promise<void> {
  const table = fileAt(place(file))
  if (given.out === undefined) throw new Refused('other', 'Say with --out FILE where the protected table goes.')
  const to = newFileAt(place(given.out))
  if (existsSync(to) && realpathSync(to) === realpathSync(table))
    throw new Refused(
      'other',
      'The protected table would take the place of the full one: name another file with --out.',
    )
  const seconds = Number(given.seconds ?? '60')
  if (!(seconds >= 1 && seconds <= 86_400)) throw new Refused('other', '--seconds takes a number from 1 to 86400.')
  const secret = given.secret === undefined ? null : fileAt(place(given.secret))
  if (more.length > 0 && given.earlier === undefined)
    throw new Refused('other', 'One table is protected at a time. Tables that are out already stand after --earlier.')
  const earlier = [...(given.earlier ?? []), ...more].map((name) => fileAt(place(name)))
  const stood = (given.stood ?? []).map((name) => fileAt(place(name)))
  if (stood.length > earlier.length)
    throw new Refused(
      'other',
      '--stood names what the tables after --earlier were made of, once for each and in their order, the newest first.',
    )
  const keep = given.keep === undefined ? null : newFileAt(place(given.keep))
  if (keep !== null && existsSync(keep))
    throw new Refused('other', `${keep} is there already; name another file with --keep.`)
  const rules = rulesOf(given, place)
  const done = await work({ kind: 'protect', table, earlier, stood, to, keep, seconds, secret, rules }, says)
  if (done?.kind !== 'protect') return
  if (given.json) console.log(JSON.stringify({ out: to, ...done }, null, 2))
  else console.log(protectLines(done, to, says).join('\n'))
}

/** `release audit TABLE.csv [EARLIER.csv ...]`: counts of what an outsider can work out; never which cells, never a value. */
export async function auditFiles(
  files: readonly string[],
  given: TablesArguments,
  says: Says,
  place: (name: string) => string,
): Promise<void> {
  const reading = given.reading ?? 'complete'
  if (reading !== 'complete' && reading !== 'strict')
    throw new Refused(
      'other',
      '--reading takes complete (what is published is all there is) or strict (more may hide in a rest).',
    )
  const zeros = given.zeros ?? 'unsaid'
  if (zeros !== 'shown' && zeros !== 'unsaid')
    throw new Refused(
      'other',
      '--zeros takes shown (zeros are printed, so that whatever is hidden is one person or more) or unsaid (it may be nobody).',
    )
  const releases = given.releases ?? 'same'
  if (releases !== 'same' && releases !== 'grown')
    throw new Refused(
      'other',
      '--releases takes same (earlier files show the same counts) or grown (each count may only have grown since).',
    )
  const tables = files.map((file) => fileAt(place(file)))
  const done = await work({ kind: 'audit', tables, reading, zeros, releases, rules: rulesOf(given, place) }, says)
  if (done?.kind !== 'audit') return
  if (given.json) console.log(JSON.stringify(done, null, 2))
  else console.log(auditLines(done, says).join('\n'))
  const { open, undecided, inTheClear } = done.audit
  if (open + undecided + inTheClear > 0) process.exitCode = 2
}

const work = (task: TablesTask, says: Says): Promise<TablesReport | undefined> =>
  watched(says, (onStage, signal) => workOnTables(task, onStage, signal))

// ---------------------------------------------------------------- what is said

function protectLines(
  { method, report, seconds }: Extract<TablesReport, { kind: 'protect' }>,
  to: string,
  says: Says,
): readonly string[] {
  const written = says('release.written', { file: to, seconds: Number(seconds.toFixed(1)) })
  if (!('sensitive' in report)) {
    const { cells, moved, averageMove, mostMoved, addsUp, warnings } = report
    const values = { cells, moved, average: Number(averageMove.toFixed(2)), most: mostMoved }
    return [
      written,
      says(`release.moved.${method}`, values),
      ...(addsUp ? [] : [says('release.does-not-add-up')]),
      ...(method === 'dp' ? declaredLines(report, says) : wholeLines(report, says)),
      ...warnings.map((warning) => says(`release.warning.${warning}`)),
    ]
  }
  const { totalAway, warnings } = report
  const away = totalAway === undefined ? [] : [says('release.total-away', { away: totalAway })]
  if (report.stands) return [written, says('release.stands'), ...away, ...wholeLines(report, says)]
  const { cells, sensitive, secondary, secondaryPersons, weight, bound, stood, unsettled = [] } = report
  return [
    written,
    ...(stood === undefined ? [] : [says('release.stood', { least: stood, most: stood - 1 })]),
    ...away,
    says('release.hidden', { cells, sensitive, secondary, persons: secondaryPersons }),
    says(bound !== null && bound >= weight - 1e-6 ? 'release.hidden-least' : 'release.hidden-little'),
    ...wholeLines(report, says),
    ...unsettled.map((dimension) => says('release.unsettled', { dimension, rules: rulesAs(report, dimension) })),
    ...warnings.map((warning) => says(`release.warning.${warning}`)),
  ]
}

function auditLines({ audit, seconds }: Extract<TablesReport, { kind: 'audit' }>, says: Says): readonly string[] {
  const { hidden, open, byRule, needs, notes, sums, proven, bounded, contradictory, splits } = audit
  return [
    says('release.audit.open', { open, hidden, seconds: Number(seconds.toFixed(1)) }),
    ...(audit.inTheClear > 0
      ? [says('release.audit.in-the-clear', { clear: audit.inTheClear, minimum: audit.minimum })]
      : []),
    says('release.audit.rules', {
      exact: byRule.exact,
      zero: byRule.zero,
      few: byRule['below-minimum'],
      narrow: byRule.narrow,
    }),
    says('release.audit.through', {
      sum: needs.oneSum,
      table: needs.oneTable,
      two: needs.twoTables,
      three: needs.threeTables,
      more: needs.more,
      releases: audit.onlyThroughReleases,
    }),
    says('release.audit.proven', { proven, bounded, contradictory }),
    ...(audit.inFractions > 0 ? [says('release.audit.in-fractions', { fractions: audit.inFractions })] : []),
    ...(audit.undecided > 0 ? [says('release.audit.undecided', { undecided: audit.undecided })] : []),
    says('release.audit.sums', { sums: sums.count, short: sums.fallShort, exceed: sums.exceed }),
    says('release.audit.rows', {
      rows: notes.rows,
      repeated: notes.repeated,
      contradicted: notes.contradicted,
      unreadable: notes.unreadable,
    }),
    ...(audit.omitted > 0 ? [says('release.audit.omitted', { omitted: audit.omitted })] : []),
    ...(notes.moved > 0 ? [says('release.audit.moved', { moved: notes.moved, few: notes.movedByFew })] : []),
    ...splits
      .filter(({ oneHidden }) => oneHidden > 0)
      .map((split) =>
        says('release.audit.split', {
          dimension: [split.dimension, ...split.beside].join(' + '),
          one: split.oneHidden,
          rest: split.restInBand,
        }),
      ),
    ...wholeLines(audit, says),
    ...audit.dimensions.flatMap(({ name, restsOn }) =>
      restsOn === 'unsettled' ? [says('release.audit.unsettled', { dimension: name })] : [],
    ),
    says('release.audit.owner'),
  ]
}

/** What was taken to add up in a dimension, as rules say it. */
function rulesAs({ dimensions }: { readonly dimensions: readonly AddsUp[] }, name: string): string {
  const found = dimensions.find((dimension) => dimension.name === name)?.partitions ?? []
  const partitions = { [name]: namedAs(found) }
  return JSON.stringify({ hierarchies: { partitions } })
}

/** Of each dimension in which no whole was found: what is a sum and was not taken as one is not closed, and only its owner knows. */
const wholeLines = ({ dimensions }: { readonly dimensions: readonly AddsUp[] }, says: Says): readonly string[] =>
  dimensions.flatMap(({ name, codes, isWithoutWhole }) =>
    isWithoutWhole ? [says('release.no-whole', { dimension: name, codes })] : [],
  )

/** Of differential privacy: what the shape rests on, and where a whole could have another name. By the names of codes alone. */
const declaredLines = ({ dimensions }: { readonly dimensions: readonly AddsUp[] }, says: Says): readonly string[] => [
  says('release.declared'),
  ...dimensions.flatMap(({ name, codes, isWithoutWhole }) =>
    isWithoutWhole ? [says('release.declared-no-whole', { dimension: name, codes })] : [],
  ),
]

function rulesOf(given: TablesArguments, place: (name: string) => string): string | null {
  return given.rules === undefined ? null : fileAt(place(given.rules))
}

/** Where a file may be written: no folder, and in one that is there. */
export function newFileAt(path: string): string {
  if (existsSync(path) && statSync(path).isDirectory()) throw new Refused('other', `${path} is a folder; name a file.`)
  if (!existsSync(dirname(path))) throw new Refused('other', `There is no folder ${dirname(path)}.`)
  return path
}

function fileAt(path: string): string {
  if (!existsSync(path)) throw new Refused('other', `There is no file ${path}.`)
  if (!statSync(path).isFile()) throw new Refused('other', `${path} is a folder; name a file.`)
  return path
}
