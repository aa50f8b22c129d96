import { fork } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { openFile } from '@lentera/core/sheets/sheet'
import { auditPublished } from '@lentera/release/audit'
import { type InventedShape, likeTheLargerSet } from '@lentera/release/invented/records'
import type { WideShape } from '@lentera/release/invented/wide'
import type { MicrodataSettings } from '@lentera/release/microdata'
import { readRules, suppress } from '@lentera/release/suppress'
import { hypercube } from '@lentera/release/suppress/comparison'
import { loadSolver } from '@lentera/solver'
import { inventedTable, partitionsOfInvented } from '../release/invented-table.ts'
import type { ReleaseFigures, ReleaseRun } from './release-side.ts'

const shared = join(import.meta.dirname, '../../../shared/data')
const coreSet = join(shared, 'ctdc/kanon_2020-04-14_core7.csv.gz')
const glotip = join(shared, 'glotip/data_glotip_2023-05-30.csv.gz')

/**
 * Synthetic records of the public core set and of invented sets like the larger one, five seeds each: median, and the worst where one is worse. Beside each
 * the figure of Synthetic Data Showcase on its own larger set, which is not ours to give. Then sizes, and the audit.
 */
export async function benchReleases(measured: (row: string[]) => void, only = ''): Promise<void> {
  for (const { what, settings, bars, sameFiles } of asked)
    for (const set of ['core', 'larger', 'excluding', 'published'] as const) {
      const label = `records, ${what}, ${sets[set]}`
      if (!label.includes(only)) continue
      if (set === 'core' && !existsSync(coreSet)) {
        measured([label, 'skipped', bars.core, 'the file is not in ../shared'])
        continue
      }
      const runs: ReleaseFigures[] = []
      for (const seed of [1, 2, 3, 4, 5])
        runs.push(
          await run({
            set:
              set === 'core'
                ? { file: coreSet, zerosCount: yesAndNo }
                : set === 'larger'
                  ? likeTheLargerSet(seed)
                  : { questionnaire: seed, published: set === 'published' },
            settings,
            seed,
          }),
        )
      const beside = set === 'core' ? undefined : sameFiles?.[set]
      measured(rowOf(label, runs, set === 'core' ? bars.core : [bars.larger, beside ?? []].flat().join('; ')))
    }
  await benchSizes(measured, only)
  if (only !== '') return
  await benchAudit(measured)
  await benchSuppression(measured)
}

/** `published` is like the set that Showcase was measured on: some 2,000 combinations, a tenth of them and more rarer than 10. */
const sets = {
  core: '48,773 x 7',
  larger: 'invented 91,043 x 19, hardly a combination empty',
  excluding: 'invented 91,043 x 19, a quarter of all combinations rarer than 10',
  published: 'invented 91,043 x 19, released once before',
} as const

/** Declared statements ("sensitive zeros"), as in the measurement of Showcase. */
const yesAndNo = ['isForcedLabour', 'isSexualExploit']

const asked: readonly {
  readonly what: string
  readonly settings: MicrodataSettings
  readonly bars: { readonly core: string; readonly larger: string }
  /** What Showcase gave on the files that are made here. */
  readonly sameFiles?: Readonly<Record<'larger' | 'excluding' | 'published', string>>
}[] = [
  {
    what: 'k = 10',
    settings: { method: 'k', k: 10, length: 3 },
    bars: {
      core: 'error < 1.35 (Showcase 1.35)',
      larger: 'error < 27, none under k, 3 s (Showcase 35.8, suppressed 12.3 %, 5.5 s, 251 MB)',
    },
  },
  {
    what: 'epsilon 1',
    settings: { method: 'dp', epsilon: 1, delta: 1.9e-6, length: 3 },
    bars: { core: '(Showcase 61.3, 43.5 %, 38.8 %)', larger: '(Showcase 70.0, 20.9 %, 3.1 %)' },
  },
  {
    what: 'epsilon 4',
    settings: { method: 'dp', epsilon: 4, delta: 1.9e-6, length: 3 },
    bars: {
      core: 'error <= 8, fabricated < 1 %, 3 s (Showcase 26.6, 18.9 %, 69 %, 32 s, 151 MB)',
      larger: 'error <= 17, pairs <= 25, fabricated < 1 %, 5 s (Showcase 37.7, pairs 98, 9.8 %, 7 %, 16.5 s, 234 MB)',
    },
    // Of the first three seeds, the better of its modes for each figure (decision 0057).
    sameFiles: {
      larger:
        'Showcase on the same: 22.9 to 31.3, pairs 52 to 73, suppressed 5.5 to 11.2 %, fabricated 0.28 to 1.16 %, 17 s',
      excluding:
        'Showcase on the same: 18.8 to 32.8, pairs 47 to 70, suppressed 16.7 to 19.4 %, fabricated 2.8 to 4.5 %, 13 s',
      published:
        'Showcase on their like: 23.7 to 29.1, pairs 51 to 64, suppressed 4.2 to 6.4 %, fabricated 10 to 15 %, 13 s',
    },
  },
  {
    what: 'epsilon 12',
    settings: { method: 'dp', epsilon: 12, delta: 1.9e-6, length: 3 },
    bars: { core: 'error < 3 (Showcase 14.9)', larger: 'error < 15 (Showcase 29.4)' },
  },
]

/** A thousand to a million records, then wide and dense ones: one seed each. */
async function benchSizes(measured: (row: string[]) => void, only: string): Promise<void> {
  const sizes: readonly Omit<InventedShape, 'seed'>[] = [
    ...[1000, 10_000, 100_000, 1_000_000].map((records) => ({ records, columns: 20, values: 100, density: 0.3 })),
    { records: 100_000, columns: 2, values: 60, density: 0.9 },
    { records: 100_000, columns: 63, values: 400, density: 0.15 },
    { records: 100_000, columns: 12, values: 600, density: 0.9 },
  ]
  for (const { what, settings } of asked.filter(({ what }) => what === 'k = 10' || what === 'epsilon 4'))
    for (const shape of sizes) {
      const { records, columns, values, density } = shape
      // A delta that the largest of them allows.
      const each = settings.method === 'dp' ? { ...settings, delta: 1e-7 } : settings
      const label = `records, ${what}, invented ${records.toLocaleString('en')} x ${columns}, ${values} values, ${Math.round(100 * density)} % present`
      if (!label.includes(only)) continue
      measured(rowOf(label, [await run({ set: { ...shape, seed: 1 }, settings: each })], ''))
    }
  for (const epsilon of [1, 4, 12])
    for (const shape of wide)
      for (const dependence of ['none', 'tree'] as const) {
        const { records, columns, values, density } = shape
        const label = `records, epsilon ${epsilon}, wide ${records.toLocaleString('en')} x ${columns}, ${values} values, ${Math.round(100 * density)} % present, dependence ${dependence}`
        if (!label.includes(only)) continue
        const settings = { method: 'dp', epsilon, delta: 1e-6, length: 3 } as const
        measured(rowOf(label, [await run({ set: { ...shape, dependence, seed: 1 }, settings })], ''))
      }
}

/** Many columns, many values or hardly a cell empty: with columns that hang together, and by themselves. */
const wide: readonly Omit<WideShape, 'dependence' | 'seed'>[] = [
  { records: 10_000, columns: 20, values: 100, density: 0.3 },
  { records: 5000, columns: 63, values: 200, density: 0.3 },
  { records: 20_000, columns: 24, values: 120, density: 0.9 },
  { records: 100_000, columns: 63, values: 400, density: 0.15 },
]

function rowOf(what: string, runs: readonly ReleaseFigures[], bar: string): string[] {
  const refused = runs.find((each) => each.refused !== undefined)?.refused
  if (refused !== undefined) return [what, `refused: ${refused}`, bar, '']
  const of = (figure: (each: ReleaseFigures) => number, digits = 2, unit = ''): string => {
    const sorted = runs.map(figure).toSorted((a, b) => a - b)
    const [median, worst] = [sorted[sorted.length >> 1] ?? Number.NaN, sorted.at(-1) ?? Number.NaN]
    const [middle, most] = [median.toFixed(digits), worst.toFixed(digits)]
    return middle === most ? `${middle}${unit}` : `${middle}${unit} (worst ${most}${unit})`
  }
  const ratio = runs.every(({ aggregate }) => aggregate > 0)
    ? `; error / that of the protected counts ${of(({ error, aggregate }) => error / aggregate)}`
    : ''
  return [
    what,
    `error ${of(({ error }) => error)}, pairs ${of(({ pairs }) => pairs)}, ${of(({ seconds }) => seconds, 2, ' s')}`,
    bar,
    `suppressed ${of(({ suppressed }) => 100 * suppressed, 1, ' %')} (rarer than 10 in truth: ${of(({ rare }) => 100 * rare, 1, ' %')}; of those of 10 and more: ${of(({ suppressedFromTen }) => 100 * suppressedFromTen, 1, ' %')}), fabricated ${of(({ fabricated }) => 100 * fabricated, 2, ' %')}, ` +
      `over the union ${of(({ overUnion }) => overUnion)}, rare or under k ${of(({ underK }) => underK, 0)}${ratio}; ` +
      `at most ${of(({ megabytes }) => megabytes, 0)} MB with the records; compared in ${of(({ comparing }) => comparing, 2, ' s')}`,
  ]
}

async function run(each: Omit<ReleaseRun, 'seed'> & { readonly seed?: number }): Promise<ReleaseFigures> {
  const child = fork(join(import.meta.dirname, 'release-side.ts'), { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  const told = Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(([code]) => Promise.reject(new Error(`A run ended with ${code} before it was done.`))),
  ])
  child.send({ seed: 1, ...each } satisfies ReleaseRun)
  // Sent by `release-side.ts`, and by nothing else.
  const [figures] = (await told) as [ReleaseFigures]
  return figures
}

/** The whole of UNODC's table: only how many cells are open is said, never which, nor what they hold. */
async function benchAudit(measured: (row: string[]) => void): Promise<void> {
  const bar = '10 s, exact'
  if (!existsSync(glotip)) return measured(['audit of the whole UNODC table', 'skipped', bar, 'not in ../shared'])
  const opened = await openFile(readFileSync(glotip))
  if (!opened.ok) throw new Error(opened.refusal.code)
  const lines = opened.value.sheets[0]?.lines ?? []
  const top = lines.findIndex(({ cells }) => cells.includes('txtVALUE'))
  const head = lines[top]?.cells ?? []
  const value = head.indexOf('txtVALUE')
  const others = (cells: readonly string[]): readonly string[] => cells.filter((_, place) => place !== value)
  const rows = lines.slice(top + 1).map(({ cells }) => ({ codes: others(cells), shown: cells[value] ?? '' }))
  const solver = await loadSolver()
  const began = process.cpuUsage()
  const { report } = await auditPublished([{ name: 'glotip', dimensions: others(head), rows }], [], { solver })
  const { user, system } = process.cpuUsage(began)
  measured([
    'audit of the whole UNODC table',
    `${((user + system) / 1e6).toFixed(2)} s, ${report.proven.toLocaleString('en')} of ${report.hidden.toLocaleString('en')} hidden cells with exact bounds`,
    bar,
    `${report.notes.rows.toLocaleString('en')} rows`,
  ])
}

/** Invented four-way tables of 100,000 cells, without groups and with; beside each what the hypercube method would hide. */
export async function benchSuppression(measured: (row: string[]) => void): Promise<void> {
  for (const { what, sizes, group } of [
    { what: '4-way table of 98,838 cells', sizes: [16, 16, 17, 18], group: 0 },
    { what: '4-way hierarchical table of 103,968 cells', sizes: [14, 14, 13, 12], group: 4 },
  ]) {
    const table = inventedTable(sizes, 400_000, 7, group)
    const rules = readRules({ hierarchies: { partitions: partitionsOfInvented(sizes, group) } })
    if (!rules.ok) throw new Error(rules.refusal.code)
    const solver = await loadSolver()
    const began = process.cpuUsage()
    const spent = (): number => {
      const { user, system } = process.cpuUsage(began)
      return (user + system) / 1000
    }
    const done = await suppress(table, rules.value, { solver, elapsed: spent, budget: 60_000 })
    const seconds = spent() / 1000
    const cube = hypercube(table, rules.value)
    if (!done.ok || !cube.ok) throw new Error(done.ok ? 'hypercube' : done.refusal.code)
    const { sensitive, secondary, secondaryPersons, open } = done.value.report
    const other = cube.value
    measured([
      `suppression of a ${what}`,
      `${seconds.toFixed(1)} s; ${secondary.toLocaleString('en')} cells and ${secondaryPersons.toLocaleString('en')} persons lost beside ${sensitive.toLocaleString('en')} sensitive ones, ${open} open`,
      '60 s, fewer cells and persons than the hypercube, none open',
      `hypercube: ${other.secondary.toLocaleString('en')} cells, ${other.secondaryPersons.toLocaleString('en')} persons, ${other.unprotected} unprotected`,
    ])
  }
}
