import { existsSync, readFileSync } from 'node:fs'
import { openFile } from '@lentera/core/sheets/sheet'
import { auditPublished, type PublishedTable } from '@lentera/release/audit'
import { readRules, suppress } from '@lentera/release/suppress'
import { loadSolver } from '@lentera/solver'
import { expect, test } from 'vitest'

const file = new URL('../../../shared/data/glotip/data_glotip_2023-05-30.csv.gz', import.meta.url)

async function published(): Promise<PublishedTable> {
  const opened = await openFile(readFileSync(file))
  if (!opened.ok) throw new Error(opened.refusal.code)
  const lines = opened.value.sheets[0]?.lines ?? []
  const top = lines.findIndex(({ cells }) => cells.includes('txtVALUE'))
  const header = lines[top]?.cells ?? []
  const value = header.indexOf('txtVALUE')
  const others = (cells: readonly string[]): readonly string[] => cells.filter((_, place) => place !== value)
  const rows = lines.slice(top + 1).map(({ cells }) => ({ codes: others(cells), shown: cells[value] ?? '' }))
  return { name: 'glotip', dimensions: others(header), rows }
}

/** Definitions of the research note, section 6: a country by its name, of repeated rows the later one. Counts only. */
test.skipIf(!existsSync(file))(
  "of UNODC's table subtraction gives away 533 of 606 sex splits and 644 of 699 age splits (skipped where the file is absent)",
  async () => {
    const { report } = await auditPublished([await published()], [], {
      solver: await loadSolver(),
    })
    expect(report.notes.rows).toBe(46_556)
    const along = (dimension: string, other: string): readonly number[] => {
      const splits = report.splits.filter((split) => split.dimension === dimension && !split.beside.includes(other))
      const sum = (of: 'oneHidden' | 'restInBand' | 'aboveZero') => splits.reduce((all, split) => all + split[of], 0)
      return [sum('oneHidden'), sum('restInBand'), sum('aboveZero')]
    }
    expect(along('Sex', 'Age')).toEqual([606, 533, 292])
    expect(along('Age', 'Sex')).toEqual([699, 644, 347])
    expect(report.proven).toBe(report.hidden)
  },
)

test.skipIf(!existsSync(file))(
  'of its South-East Asia nothing is open after our own suppression (skipped where the file is absent)',
  async () => {
    const whole = await published()
    const table = { ...whole, rows: whole.rows.filter(({ codes }) => codes.includes('South-eastern Asia')) }
    const [rules, solver] = [readRules({}), await loadSolver()]
    if (!rules.ok) throw new Error(rules.refusal.code)
    expect((await auditPublished([table], [], { solver })).report.open).toBeGreaterThan(100)
    const done = await suppress(table, rules.value, { solver, elapsed: () => 0, budget: 60_000 })
    if (!done.ok) throw new Error(done.refusal.code)
    const { dimensions, rows } = done.value
    expect((await auditPublished([{ name: 'ours', dimensions, rows }], [], { solver })).report).toMatchObject({
      open: 0,
      bounded: 0,
    })
  },
)
