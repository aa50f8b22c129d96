import { loadSolver, startProblem } from '@lentera/solver'
import { describe, expect, it } from 'vitest'
import { type PublishedTable, readShown } from './audit/audit.ts'
import { tableOf } from './audit/testing/small-tables.ts'
import { releaseMicrodata } from './microdata.ts'
import { evenly, seededBits } from './noise/random-bits.ts'
import type { Records } from './records/words.ts'
import { protectTable, readRules } from './suppress/suppress.ts'
import { recordsFrom } from './synthesis/testing/small-files.ts'
import { type Risk, riskOf } from './testing/record-attacks.ts'

/**
 * Two releases of the same people but one. Nine others have what she has; who holds both releases against each other asks
 * whether it appears in the second.
 */
const everybody = Array.from({ length: 1200 }, (_, r) => (r < 9 ? [1, 1, 2] : [1 + (r % 2), 1 + (r % 3), 1]))
const withHer = recordsFrom([...everybody, [1, 1, 2]])
const withAnother = recordsFrom([...everybody, [1, 1, 1]])
const before = recordsFrom(everybody)

type Release = (records: Records, seed: number) => Records

const made =
  (settings: Parameters<typeof releaseMicrodata>[1]): Release =>
  (records, seed) => {
    const decided = releaseMicrodata(records, settings, seededBits(seed), () => true)
    if (!decided.ok) throw new Error(decided.refusal.code)
    return decided.value.records
  }

const tries = 80

/** As in `record-attacks.ts`: how much oftener it appears when she came than when another did. */
function differencing(release: Release): Risk {
  const shows = (records: Records): boolean => records.columns[2]?.values.includes('v2') === true
  const appears = (after: Records, from: number): number => {
    let times = 0
    for (let seed = 0; seed < tries; seed++)
      if (!shows(release(before, from + seed)) && shows(release(after, from + tries + seed))) times++
    return times
  }
  return riskOf(appears(withHer, 1000), appears(withAnother, 5000), tries)
}

describe('Two releases of nearly the same people', () => {
  /** At which the nine now and then appear, and now and then do not: else there would be nothing to hold against each other. */
  const privately = made({ method: 'dp', epsilon: 2, length: 3 })

  it('by differential privacy do not tell who came between them', () => {
    const seen = Array.from({ length: tries }, (_, seed) => privately(before, seed).columns[2]?.values.length === 2)
    expect(seen).toContain(true)
    expect(seen).toContain(false)
    expect(differencing(privately).low).toBeLessThan(0.05)
  })

  it('held by k do: the tenth shows. So a release by k is made once, and says so', () => {
    expect(differencing(made({ method: 'k', k: 10, length: 3 })).low).toBeGreaterThan(0.5)
    const decided = releaseMicrodata(before, { method: 'k', k: 10, length: 3 }, seededBits(1), () => true)
    expect(decided.ok && decided.value.warnings).toContain('one-off')
  })

  it('by an engine that lets out without noise what ten people have would: the attack finds it', () => {
    const broken: Release = (records) => {
      const hers = records.columns[2]?.codes.filter((code) => code === 2).length ?? 0
      return hers >= 10
        ? records
        : { ...records, columns: records.columns.map((each) => ({ ...each, values: ['v1'] })) }
    }
    expect(differencing(broken).low).toBeGreaterThan(0.5)
  })
})

// ---------------------------------------------------------------- reconstruction

const solver = await loadSolver()

/**
 * Reconstruction of persons by integer programming (S. Garfinkel, J. Abowd, C. Martindale, CACM 62(3), 2019): how many persons of
 * each kind there are is unknown, every printed count an equation; what is the same in all solutions is disclosed. Written without
 * any of the auditor's code. Answers how many small inner cells are disclosed.
 */
async function reconstructed(
  table: PublishedTable,
  sizes: readonly number[],
  truth: readonly number[],
): Promise<number> {
  const kinds = truth.length
  const codesOf = (kind: number): number[] => {
    let left = kind
    return sizes.map((size) => {
      const code = left % size
      left = Math.floor(left / size)
      return code
    })
  }
  let disclosed = 0
  for (let kind = 0; kind < kinds; kind++) {
    const count = truth[kind] ?? 0
    if (count === 0 || count >= 5) continue
    const ends: number[] = []
    for (const sign of [1, -1]) {
      const sheet = startProblem()
      for (let other = 0; other < kinds; other++)
        sheet.column({ cost: other === kind ? sign : 0, upper: 1000, isWhole: true })
      for (const { codes, shown } of table.rows) {
        const read = readShown(shown)
        if (!('least' in read)) continue
        const holds = truth.flatMap((_, other) =>
          codesOf(other).every((code, d) => codes[d] === 'Total' || codes[d] === `v${code}`)
            ? [[other, 1] as const]
            : [],
        )
        sheet.row(read.least, read.most, holds)
      }
      const solved = await solver.solve(sheet.problem())
      if (!solved.ok || !solved.value.values) throw new Error('a printed table has a solution')
      ends.push(Math.round(solved.value.values[kind] ?? -1))
    }
    if (ends[0] === ends[1]) disclosed++
  }
  return disclosed
}

function everyCount(
  sizes: readonly number[],
  truth: readonly number[],
  shown: (count: number, isInner: boolean) => string,
) {
  const rows: string[] = []
  const walk = (codes: number[]): void => {
    if (codes.length < sizes.length) {
      for (let code = -1; code < (sizes[codes.length] ?? 0); code++) walk([...codes, code])
      return
    }
    let count = 0
    truth.forEach((many, kind) => {
      let left = kind
      const fits = sizes.every((size, d) => {
        const code = left % size
        left = Math.floor(left / size)
        return codes[d] === -1 || codes[d] === code
      })
      if (fits) count += many
    })
    rows.push(
      `${codes.map((code) => (code === -1 ? 'Total' : `v${code}`)).join(' ')} ${shown(count, !codes.includes(-1))}`,
    )
  }
  walk([])
  return tableOf(
    sizes.map((_, d) => `d${d}`),
    rows,
  )
}

describe('Reconstruction of persons by integer programming', () => {
  const sizes = [3, 3, 2]
  const bits = seededBits(4)
  const worlds = Array.from({ length: 3 }, () =>
    Array.from({ length: 18 }, () => (evenly(bits, 4) === 0 ? 1 + evenly(bits, 4) : 8 + evenly(bits, 40))),
  )

  it('finds persons where only small counts themselves are hidden, and none in a table that was protected', async () => {
    let naive = 0
    for (const truth of worlds) {
      naive += await reconstructed(
        everyCount(sizes, truth, (count) => (count > 0 && count < 5 ? 'x' : `${count}`)),
        sizes,
        truth,
      )
      const rules = readRules({})
      if (!rules.ok) throw new Error(rules.refusal.code)
      const full = everyCount(sizes, truth, (count) => `${count}`)
      const done = await protectTable(full, rules.value, {
        solver,
        elapsed: () => 0,
        budget: 20_000,
        bits: seededBits(1),
        keyOf: () => 0,
      })
      if (!done.ok) throw new Error(done.refusal.code)
      expect(await reconstructed({ ...full, rows: done.value.rows }, sizes, truth)).toBe(0)
    }
    expect(naive).toBeGreaterThan(0)
  })
})
