import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  assumedAmong,
  type Bands,
  type Cell,
  checkProjection,
  type Evidence,
  expectedYears,
  intakeFor,
  intakeNeeded,
  leaningOf,
  leversOf,
  missingOf,
  mostYears,
  type ProjectionProblem,
  problemFrom,
  shareAfter,
  shareOf,
  simulate,
  withLevers,
} from './index.ts'

/** One rank of ten thousand of whom women and men leave alike. Every number here is invented. */
const alike = (share: number, exit: number, change: Partial<ProjectionProblem> = {}): ProjectionProblem => ({
  cells: [
    {
      rank: 'all',
      women: { people: Math.round(10_000 * share), exit, moves: [], known: 1e9 },
      men: { people: 10_000 - Math.round(10_000 * share), exit, moves: [], known: 1e9 },
    },
  ],
  entry: [1],
  intakeShare: 0.2,
  ceiling: null,
  growth: 0,
  firstYear: 2026,
  years: 20,
  target: { share: 0.2, year: 2036 },
  ...change,
})

const cell = (rank: string, women: number, men: number, exit: number, rise: number, to: number): Cell => {
  const moves = rise > 0 ? [{ to, rate: rise }] : []
  return {
    rank,
    women: { people: women, exit, moves, known: 400 },
    men: { people: men, exit: exit / 2, moves, known: 4000 },
  }
}
const graded: ProjectionProblem = {
  cells: [
    cell('line', 600, 6400, 0.06, 0.03, 1),
    cell('supervisory', 60, 1900, 0.04, 0.02, 2),
    cell('command', 4, 236, 0.08, 0, 0),
  ],
  entry: [1, 0, 0],
  intakeShare: 0.25,
  ceiling: null,
  growth: 0.01,
  firstYear: 2026,
  years: 15,
  target: { share: 0.18, year: 2036 },
}

const bandsOf = (problem: ProjectionProblem, draws: number, seed = 1): Bands => {
  const simulation = simulate(problem, seed, draws)
  simulation.draw(draws)
  return simulation.read()
}
const codeOf = (problem: ProjectionProblem): string | undefined => {
  const checked = checkProjection(problem)
  return checked.ok ? undefined : checked.refusal.code
}
const share = fc.double({ min: 0, max: 1, noNaN: true })
const runs = { seed: 20261128, numRuns: 300 }

describe('what is refused of a projection, by name', () => {
  it('is an agency without anybody, with rates that are none, or a target that is past', () => {
    expect(codeOf(graded)).toBeUndefined()
    const [first, ...others] = graded.cells
    if (!first) throw new Error('a rank')
    const withWomen = (change: object) =>
      codeOf({ ...graded, cells: [{ ...first, women: { ...first.women, ...change } }, ...others] })
    expect(codeOf({ ...graded, cells: [], entry: [] })).toBe('projection.no-strength')
    expect(
      codeOf({
        ...graded,
        cells: graded.cells.map((each) => ({
          ...each,
          women: { ...each.women, people: 0 },
          men: { ...each.men, people: 0 },
        })),
      }),
    ).toBe('projection.no-strength')
    for (const people of [-1, 2.5, Number.NaN]) expect(withWomen({ people })).toBe('projection.not-people')
    for (const exit of [-0.01, 1.01, Number.NaN]) expect(withWomen({ exit })).toBe('projection.rate-out-of-range')
    expect(withWomen({ exit: 0.98 })).toBe('projection.rates-over-one')
    expect(withWomen({ moves: [{ to: 3, rate: 0.1 }] })).toBe('projection.rate-out-of-range')
    expect(withWomen({ moves: [{ to: 0, rate: 0.1 }] })).toBe('projection.rate-out-of-range')
    expect(withWomen({ known: 0 })).toBe('projection.known-from-nothing')
    expect(codeOf({ ...graded, entry: [0, 0, 0] })).toBe('projection.no-entry')
    expect(codeOf({ ...graded, entry: [1] })).toBe('projection.no-entry')
    expect(codeOf({ ...graded, intakeShare: 1.2 })).toBe('projection.share-out-of-range')
    expect(codeOf({ ...graded, ceiling: -0.1 })).toBe('projection.share-out-of-range')
    expect(codeOf({ ...graded, growth: 0.5 })).toBe('projection.growth-out-of-range')
    for (const years of [0, 1.5, mostYears + 1])
      expect(codeOf({ ...graded, years })).toBe('projection.years-out-of-range')
    expect(codeOf({ ...graded, target: { share: 0.2, year: 2026 } })).toBe('projection.target-in-the-past')
    expect(codeOf({ ...graded, target: { share: 0.2, year: 2042 } })).toBe('projection.target-too-late')
    expect(codeOf({ ...graded, target: { share: 0, year: 2036 } })).toBe('projection.share-out-of-range')
  })
})

describe('the intake share that reaches a target', () => {
  it('is what the table of the literature says, in closed form and by the model alike', () => {
    const table = [
      [0.06, 0.1, 10, [21, 18, 15]],
      [0.06, 0.15, 10, [40, 33, 26]],
      [0.06, 0.2, 10, [59, 48, 36]],
      [0.06, 0.3, 10, [97, 78, 58]],
      [0.06, 0.3, 20, [59, 49, 40]],
      [0.1, 0.2, 10, [48, 40, 32]],
    ] as const
    for (const [from, to, years, needed] of table)
      for (const [i, exit] of [0.03, 0.04, 0.06].entries()) {
        const closed = intakeFor({ from, exit, growth: 0, years }, to)
        expect(Math.round(100 * closed)).toBe(needed[i])
        expect(shareAfter({ from, exit, growth: 0, years }, closed)).toBeCloseTo(to, 12)
        const model = intakeNeeded(alike(from, exit, { target: { share: to, year: 2026 + years } }))
        expect(model).toEqual({ kind: 'reached', intakeShare: expect.closeTo(closed, 7) })
      }
  })

  it('says what is the most that can be had where all recruits together are too few, and nothing where it is reached anyway', () => {
    const far = intakeNeeded(alike(0.06, 0.03, { target: { share: 0.5, year: 2030 } }))
    expect(far).toEqual({
      kind: 'out-of-reach',
      most: expect.closeTo(shareAfter({ from: 0.06, exit: 0.03, growth: 0, years: 4 }, 1), 9),
    })
    expect(intakeNeeded(alike(0.3, 0.03, { target: { share: 0.2, year: 2030 } }))).toEqual({
      kind: 'reached',
      intakeShare: 0,
    })
    expect(intakeNeeded(alike(0.3, 0.03, { target: null }))).toBeUndefined()
  })

  it('is less where an agency grows: the closed form keeps to the model there too', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 10, max: 150 }),
        fc.integer({ min: -10, max: 100 }),
        share,
        fc.integer({ min: 1, max: 20 }),
        (from, exit, growth, intakeShare, years) => {
          fc.pre(growth >= -exit)
          const problem = alike(from / 100, exit / 1000, { growth: growth / 1000, intakeShare, years, target: null })
          const path = expectedYears(problem)
          const closed = { from: from / 100, exit: exit / 1000, growth: growth / 1000 }
          for (const [t, year] of path.entries())
            expect(shareOf(year)).toBeCloseTo(shareAfter({ ...closed, years: t }, intakeShare), 9)
        },
      ),
      runs,
    )
  })
})

describe('what is expected', () => {
  it('keeps the strength that is wanted, and counts everybody in one rank', () => {
    for (const { year, officers, women, ranks } of expectedYears(graded)) {
      expect(officers).toBeCloseTo(9200 * 1.01 ** (year - 2026), 6)
      expect(ranks.reduce((sum, rank) => sum + rank.officers, 0)).toBeCloseTo(officers, 6)
      expect(ranks.reduce((sum, rank) => sum + rank.women, 0)).toBeCloseTo(women, 6)
    }
  })

  it('sends nobody away where the strength falls faster than people leave, and recruits nobody then', () => {
    const path = expectedYears({ ...graded, growth: -0.2, target: null })
    expect(path.slice(1).every(({ recruits }) => recruits === 0)).toBe(true)
    expect(path[1]?.officers).toBeGreaterThan(9200 * 0.8)
  })

  it('is the same where a rank is told apart into bands of years served by whose end nothing changes', () => {
    const [line, ...higher] = graded.cells
    if (!line) throw new Error('a rank')
    const half = (women: number, men: number, to: number): Cell => ({
      rank: 'line',
      women: { ...line.women, people: women, moves: [{ to: 2, rate: 0.03 }, ...(to > 0 ? [{ to, rate: 0.2 }] : [])] },
      men: { ...line.men, people: men, moves: [{ to: 2, rate: 0.03 }, ...(to > 0 ? [{ to, rate: 0.2 }] : [])] },
    })
    const shifted = higher.map(({ rank, women, men }) => {
      const moves = women.moves.map((move) => ({ ...move, to: move.to + 1 }))
      return { rank, women: { ...women, moves }, men: { ...men, moves } }
    })
    const banded = { ...graded, cells: [half(250, 3000, 1), half(350, 3400, 0), ...shifted], entry: [1, 0, 0, 0] }
    const [plain, apart] = [expectedYears(graded), expectedYears(banded)]
    for (const [t, { women, ranks }] of plain.entries()) {
      expect(apart[t]?.women).toBeCloseTo(women, 6)
      for (const [i, rank] of ranks.entries()) expect(apart[t]?.ranks[i]?.women).toBeCloseTo(rank.women, 6)
    }
    expect(leversOf(banded).promotionOfWomen).toBeCloseTo(leversOf(graded).promotionOfWomen, 12)
  })

  it('is never less for more women among recruits, and never more for more of them leaving', () => {
    fc.assert(
      fc.property(share, share, fc.double({ min: 0, max: 0.3, noNaN: true }), (a, b, exit) => {
        const levers = leversOf(graded)
        const end = (change: object) => shareOf(expectedYears(withLevers(graded, { ...levers, ...change })).at(-1))
        const [less, more] = [Math.min(a, b), Math.max(a, b)]
        expect(end({ intakeShare: more })).toBeGreaterThanOrEqual(end({ intakeShare: less }) - 1e-12)
        expect(end({ exitOfWomen: exit + 0.01 })).toBeLessThanOrEqual(end({ exitOfWomen: exit }) + 1e-12)
      }),
      runs,
    )
  })
})

describe('levers', () => {
  it('say how things stand, and change nothing where they are left alone', () => {
    const levers = leversOf(graded)
    expect(levers.exitOfWomen).toBeCloseTo((600 * 0.06 + 60 * 0.04 + 4 * 0.08) / 664, 12)
    expect(levers.promotionOfWomen).toBeCloseTo((600 * 0.03 + 60 * 0.02) / 660, 12)
    const again = withLevers(graded, levers)
    for (const [i, { women }] of graded.cells.entries()) {
      expect(again.cells[i]?.women.exit).toBeCloseTo(women.exit, 12)
      expect(again.cells[i]?.men).toEqual(graded.cells[i]?.men)
    }
  })

  it('move the level and keep what differs between ranks; from nothing they move every rank alike', () => {
    const halved = withLevers(graded, { ...leversOf(graded), exitOfWomen: leversOf(graded).exitOfWomen / 2 })
    expect(halved.cells.map(({ women }) => women.exit)).toEqual(
      [0.03, 0.02, 0.04].map((rate) => expect.closeTo(rate, 12)),
    )
    // What every slider reaches: nobody of a rank leaves twice, and the level is that of all women.
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(50), fc.double({ min: 0, max: 0.6, noNaN: true })), { minLength: 3, maxLength: 3 }),
        fc.double({ min: 0, max: 0.2, noNaN: true }),
        fc.double({ min: 0, max: 0.2, noNaN: true }),
        (ranks, exitOfWomen, promotionOfWomen) => {
          const cells = graded.cells.map((each, at) => {
            const [people, exit] = ranks[at] ?? [0, 0]
            return { ...each, women: { ...each.women, people, exit } }
          })
          const base = { ...graded, cells }
          const moved = withLevers(base, { ...leversOf(base), exitOfWomen, promotionOfWomen })
          expect(codeOf(moved)).toBeUndefined()
          if (moved.cells.some(({ women }) => women.people > 0)) {
            expect(leversOf(moved).exitOfWomen).toBeCloseTo(exitOfWomen, 9)
            expect(leversOf(moved).promotionOfWomen).toBeCloseTo(promotionOfWomen, 9)
          }
        },
      ),
      runs,
    )
    const nobody = withLevers(graded, { ...leversOf(graded), exitOfWomen: 0 })
    const again = withLevers(nobody, { ...leversOf(nobody), exitOfWomen: 0.05 })
    expect(again.cells.map(({ women }) => women.exit)).toEqual([0.05, 0.05, 0.05])
  })
})

describe('a quota that acts as a ceiling', () => {
  it('never gives more than the quota, whatever is wanted and in whatever draw', () => {
    fc.assert(
      fc.property(share, share, fc.integer({ min: 1, max: 40 }), fc.nat(), (ceiling, intakeShare, from, seed) => {
        const problem = alike(from / 100, 0.05, { ceiling, intakeShare, target: null })
        const most = Math.max(from / 100, ceiling) + 1e-9
        for (const year of expectedYears(problem)) expect(shareOf(year)).toBeLessThanOrEqual(most)
        // Everybody leaves and is recruited anew: what stands is one intake, in every draw.
        const anew = problem.cells.map(({ rank, women, men }) => ({
          rank,
          women: { ...women, exit: 1 },
          men: { ...men, exit: 1 },
        }))
        const simulation = simulate({ ...problem, cells: anew, years: 3 }, seed, 20)
        simulation.draw(20)
        for (const { high } of simulation.read().all.slice(1)) expect(high).toBeLessThanOrEqual(ceiling + 1e-6)
      }),
      runs,
    )
  })
})

describe('how far it could be off', () => {
  it('lies around what is expected, and is the same for the same seed', () => {
    for (const problem of [alike(0.06, 0.04, { intakeShare: 0.48 }), graded]) {
      const bands = bandsOf(problem, 4000)
      for (const [t, year] of expectedYears(problem).entries()) {
        const { low, mid, high } = bands.all[t] ?? { low: 0, mid: 0, high: 0 }
        expect(low).toBeLessThanOrEqual(mid)
        expect(mid).toBeLessThanOrEqual(high)
        // The median of a share that is nearly normal is its mean.
        expect(Math.abs(mid - shareOf(year))).toBeLessThan(0.0015)
      }
      expect(bandsOf(problem, 4000)).toEqual(bands)
      expect(bandsOf(problem, 4000, 2)).not.toEqual(bands)
    }
  })

  it('is as wide as binomial people make it where the rates are known', () => {
    // After one year: the women who stayed and those recruited, each by herself; men alike.
    const problem = alike(0.3, 0.2, { intakeShare: 0.5, years: 1, target: null })
    const [, { low, high } = { low: 0, high: 0 }] = bandsOf(problem, 20_000).all
    const [kept, men, q] = [0.8 * 0.2 * 3000, 0.8 * 0.2 * 7000, 0.5]
    // Var = (1-q)^2 Var(women who stay) + q^2 Var(men who stay) + q (1-q) recruits: each who leaves is replaced.
    const spread = Math.sqrt((1 - q) ** 2 * kept + q ** 2 * men + q * (1 - q) * 2000) / 10_000
    expect((high - low) / (2 * 1.2816 * spread)).toBeGreaterThan(0.96)
    expect((high - low) / (2 * 1.2816 * spread)).toBeLessThan(1.04)
  })

  it('is wider the fewer person-years the rates are known from', () => {
    const known = (n: number): ProjectionProblem => ({
      ...graded,
      cells: graded.cells.map(({ rank, women, men }) => ({
        rank,
        women: { ...women, known: n },
        men: { ...men, known: n },
      })),
    })
    const width = (n: number): number => {
      const last = bandsOf(known(n), 2000).all.at(-1)
      return last ? last.high - last.low : 0
    }
    expect(width(100)).toBeGreaterThan(1.5 * width(1000))
    expect(width(1000)).toBeGreaterThan(1.5 * width(100_000))
  })

  it('says when the target is met and how likely that is by its year', () => {
    const needed = intakeNeeded(graded)
    if (needed?.kind !== 'reached') throw new Error('reached')
    const { target } = bandsOf({ ...graded, intakeShare: needed.intakeShare }, 4000)
    // What is just enough in expectation is enough in about every second draw.
    expect(target?.chance).toBeGreaterThan(0.4)
    expect(target?.chance).toBeLessThan(0.6)
    expect(target?.met.mid).toBeGreaterThanOrEqual(2035)
    expect(target?.met.mid).toBeLessThanOrEqual(2037)
    expect(target?.met.low ?? 0).toBeLessThanOrEqual(target?.met.mid ?? 0)
    const never = bandsOf({ ...graded, intakeShare: 0.02 }, 500).target
    expect(never).toEqual({ met: { low: null, mid: null, high: null }, chance: 0 })
    expect(bandsOf({ ...graded, target: null }, 10).target).toBeUndefined()
  })

  it('has no band for a rank in which nobody serves', () => {
    const empty = { ...graded, cells: [...graded.cells, cell('general', 0, 0, 0.05, 0, 0)], entry: [1, 0, 0, 0] }
    expect(
      bandsOf(empty, 50)
        .ranks.at(-1)
        ?.shares.every((band) => band === undefined),
    ).toBe(true)
  })

  it('refines what it said: a hundred draws and then the rest are the draws made at once', () => {
    const simulation = simulate(graded, 5, 1000)
    simulation.draw(100)
    expect(simulation.read().draws).toBe(100)
    simulation.draw(5000)
    expect(simulation.made()).toBe(1000)
    expect(simulation.read()).toEqual(bandsOf(graded, 1000, 5))
  })
})

describe('a projection from what was counted', () => {
  const evidence: Evidence = {
    ranks: ['line', 'supervisory'],
    stock: { line: { women: 500, men: 4500 }, supervisory: { women: 40, men: 960 } },
    exits: { years: 2, of: { line: { women: 60, men: 360 }, supervisory: { women: 0, men: 60 } } },
    promotions: { years: 2, of: [{ from: 'line', to: 'supervisory', women: 12, men: 200 }] },
    recruits: { years: 2, of: { line: { women: 120, men: 360 }, supervisory: { women: 0, men: 20 } } },
  }
  const frame = { ceiling: null, growth: 0, firstYear: 2026, years: 10, target: null }
  const from = (change: Partial<Evidence>, assumed = {}) => problemFrom({ ...evidence, ...change }, assumed, frame)
  const get = (change: Partial<Evidence>, assumed = {}): ProjectionProblem => {
    const made = from(change, assumed)
    if (!made.ok) throw new Error(made.refusal.code)
    return made.value
  }

  it('takes its rates from those who left and rose among those who served; that nobody left is not that nobody ever will', () => {
    const { cells, entry, intakeShare } = get({})
    expect(intakeShare).toBeCloseTo(120 / 500, 12)
    expect(entry).toEqual([480, 20])
    const [line, above] = cells
    const [all, inLine, inAbove] = [480.5 / 12_001, 420 / 10_000, 60 / 2000]
    const leans = (rate: number, among: number, on: number) => (rate * among + 20 * on) / (among + 20)
    expect(line?.women.exit).toBeCloseTo(leans(60 / 1000, 1000, leans(inLine, 10_000, all)), 12)
    expect(above?.women.exit).toBeCloseTo(leans(0, 80, leans(inAbove, 2000, all)), 12)
    const rises = leans(212 / 10_000, 10_000, 212.5 / 10_001)
    expect(line?.women.moves).toEqual([{ to: 1, rate: expect.closeTo(leans(12 / 1000, 1000, rises), 12) }])
    expect(above?.women.moves).toEqual([])
    expect([line?.women.known, above?.women.known]).toEqual([1020, 100])
  })

  it('takes for women of a rank in which none or one serves what its men and all ranks say, and says on whose rates it leans', () => {
    const counted = (women: number): Partial<Evidence> => ({
      ranks: ['line', 'supervisory', 'command'],
      stock: { ...evidence.stock, command: { women, men: 200 } },
      exits: { years: 1, of: { line: { women: 30, men: 180 }, command: { women: 0, men: 10 } } },
      promotions: {
        years: 1,
        of: [
          { from: 'line', to: 'supervisory', women: 6, men: 100 },
          { from: 'supervisory', to: 'command', women: 0, men: 12 },
        ],
      },
    })
    const [none, one] = [0, 1].map((women) => get(counted(women)).cells[2])
    const ofRank = (10 + 20 * (220.5 / 6201)) / 220
    expect(none?.women.exit).toBeCloseTo(ofRank, 12)
    expect(none?.women.exit).toBeLessThan(0.05)
    expect(one?.women.exit).toBeLessThan(0.05)
    expect(none?.women.known).toBe(20)
    expect(leaningOf({ ...evidence, ...counted(1) })).toEqual([
      { rank: 'command', sex: 'women', part: 20 / 21 },
      { rank: 'supervisory', sex: 'women', part: 1 / 3 },
    ])
    expect(leaningOf({ ...evidence, exits: null, promotions: null })).toEqual([])
  })

  it('lies between what was counted and what it leans on, nearer to what was counted the more served', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 400 }), fc.double({ min: 0, max: 0.5, noNaN: true }), (women, part) => {
        const left = Math.floor(women * part)
        const stock = { line: { women: 500, men: 4500 }, supervisory: { women, men: 960 } }
        const exits = { years: 1, of: { line: { women: 30, men: 180 }, supervisory: { women: left, men: 30 } } }
        const exit = get({ stock, exits, promotions: null }, { promotion: 0.02 }).cells[1]?.women.exit ?? 0
        const all = (240.5 + left) / (5961 + women)
        const rank = (30 + left + 20 * all) / (960 + women + 20)
        const own = women === 0 ? rank : left / women
        expect(exit).toBeGreaterThanOrEqual(Math.min(own, rank) - 1e-12)
        expect(exit).toBeLessThanOrEqual(Math.max(own, rank) + 1e-12)
        expect(Math.abs(exit - own)).toBeLessThanOrEqual(Math.abs(rank - own) * (20 / (women + 20)) + 1e-12)
      }),
      runs,
    )
  })

  it('asks for what was not written down, takes it as little known, and says no more of it', () => {
    const nothing = { exits: null, promotions: null, recruits: null }
    expect(missingOf({ ...evidence, ...nothing })).toEqual(['intakeShare', 'exit', 'promotion'])
    const refused = from(nothing, { exit: 0.04 })
    expect(!refused.ok && refused.refusal).toEqual({ code: 'projection.missing', values: { what: 'intakeShare' } })
    const { cells, entry, intakeShare } = get(nothing, { exit: 0.04, promotion: 0.02, intakeShare: 0.3 })
    expect([intakeShare, entry]).toEqual([0.3, [1, 0]])
    expect(cells[0]?.women).toEqual({ people: 500, exit: 0.04, moves: [{ to: 1, rate: 0.02 }], known: assumedAmong })
    const alone = { ranks: ['line'], promotions: null }
    expect(missingOf({ ...evidence, ...alone })).toEqual([])
    expect(missingOf({ ...evidence, recruits: { years: 1, of: {} } })).toEqual(['intakeShare'])
  })

  it('takes it that whoever left a rank served in it, though nobody serves there now', () => {
    const stock = { ...evidence.stock, supervisory: { women: 0, men: 160 } }
    const gone = { women: 1, men: 3 }
    const { cells } = get({ stock, exits: { years: 1, of: { supervisory: gone } }, promotions: null }, { promotion: 0 })
    const women = cells[1]?.women
    expect(women?.people).toBe(0)
    expect(women?.exit).toBeGreaterThan(0)
    expect(women?.exit).toBeLessThan(0.2)
  })

  it('refuses many more who left than serve', () => {
    const refused = from({ exits: { years: 1, of: { supervisory: { women: 61, men: 0 } } } })
    expect(!refused.ok && refused.refusal.code).toBe('projection.more-than-served')
  })
})
