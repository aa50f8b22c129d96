import type { OfficerAt } from '@lentera/core/workforce/officer/capture'
import type { PostAt } from '@lentera/core/workforce/post/capture'
import { humaneOptions, type PlanProblem, solvePlan } from '@lentera/planner/plan'
import { loadSolver } from '@lentera/solver'
import { describe, expect, it } from 'vitest'
import { boardOf } from './board.ts'
import { gapsOn } from './gaps-today.tsx'
import { servedBy } from './served.ts'
import { assumed, day, id, officer } from './testing/register.ts'
import { problemOn } from './use-register.ts'

const solver = await loadSolver()
const run = { solver, elapsed: () => 0 }
const today = day('2026-11-28')

// What the functions under test read of a post, and no more. Two of its places are free.
const post = {
  stream: id(1),
  post: { enteredInError: false },
  said: {
    opening: { hours: 'day-and-night' },
    toilets: 'yes',
    lodging: 'yes',
    vacancies: 2,
    disputed: [],
  },
} as unknown as PostAt

/** Five women cover the post; the certificates of two end in the second year of a plan that begins today. */
const officers: readonly OfficerAt[] = [2, 3, 4, 5, 6].map((n) =>
  officer(n, { expires: n > 4 ? '2028-05' : '2031-01' }),
)

const asked = (years: number, typed: Readonly<Record<string, string>> = {}): PlanProblem =>
  problemOn({ posts: [post], officers }, today, assumed({ years: `${years}`, ...typed })).problem

async function planOf(problem: PlanProblem) {
  const decided = await solvePlan(problem, run)
  if (!decided.ok) throw new Error(decided.refusal.code)
  return decided.value
}

describe('a certificate that ends', () => {
  it('opens its gap on the board in the month it ends, seen a year before, and in *today* ninety days before', () => {
    const on = (date: string) => boardOf([post], officers, day(date), assumed()).lines
    expect(on('2026-11-28')[0]).toMatchObject({ trained: 5, opensOn: null })
    expect(on('2027-07-01')[0]).toMatchObject({ trained: 5, opensOn: '2028-06-01' })
    expect(gapsOn(on('2027-07-01'), day('2027-07-01'))).toEqual([])
    expect(gapsOn(on('2028-04-01'), day('2028-04-01'))).toMatchObject([{ endsOn: '2028-06-01' }])
    expect(on('2028-06-01')[0]).toMatchObject({ trained: 3, openSince: { on: '2028-06-01' } })
  })

  it('is no gap in a plan of one year, and one in the second year of a plan of two if nothing is done', async () => {
    expect((await planOf(asked(1))).actions).toEqual([])
    const { before } = await planOf(asked(2))
    const open = before.filter(({ covered, needed }) => covered < needed - 1e-9).map(({ year }) => year)
    expect(open).toEqual([2])
  })

  it('is renewed in time by the plan: two women are trained again before the year in which it would be open', async () => {
    const { actions, gaps } = await planOf(asked(2))
    expect(gaps).toEqual([])
    expect(actions).toMatchObject([{ kind: 'train', isRenewal: true, count: 2 }])
  })

  it('leaves the gap where nobody can be trained in that year or hired, and the plan says so for every way', async () => {
    const options = await humaneOptions(asked(3, { capTrainings: '0', capHires: '0' }), null, run)
    if (!options.ok) throw new Error(options.refusal.code)
    for (const { plan } of options.value.options) expect(plan.gaps.map(({ post: at }) => at)).toEqual([id(1)])
  })
})

describe('an absence of four weeks or longer', () => {
  const away = (from: string, to: string, ...more: readonly (readonly [string, string])[]) => {
    const absences = [[from, to] as const, ...more].map(([first, last]) => ({ from: day(first), to: day(last) }))
    return [officer(2, { expires: '2031-01', said: { absences } }), ...officers.slice(1)]
  }
  const on = (date: string, people: readonly OfficerAt[]) => boardOf([post], people, day(date), assumed())

  it('opens a gap on the board from its first day to its last, seen before it begins', () => {
    const leave = away('2026-12-10', '2027-06-30')
    expect(on('2026-11-28', leave).lines[0]).toMatchObject({ trained: 5, opensOn: '2026-12-10' })
    expect(on('2026-11-28', leave).away).toBe(0)
    const during = on('2027-03-01', leave)
    expect(during.lines[0]).toMatchObject({ trained: 4, openSince: { on: '2026-12-10' } })
    expect(during.away).toBe(1)
    expect(on('2027-07-01', leave).lines[0]).toMatchObject({ trained: 5, openSince: null })
  })

  it('is also one that was written down in two parts; a shorter one opens none', () => {
    const parts = away('2026-12-20', '2027-01-10', ['2026-12-01', '2026-12-19'])
    expect(on('2026-12-05', parts).lines[0]).toMatchObject({ trained: 4 })
    const short = away('2026-12-01', '2026-12-27', ['2026-12-29', '2027-01-20'])
    expect(on('2026-12-05', short).lines[0]).toMatchObject({ trained: 5, opensOn: null })
  })

  it('takes her out of a plan if she is away at the end of its first year, and not if she is back by then', () => {
    const plannedWith = (people: readonly OfficerAt[]) =>
      problemOn({ posts: [post], officers: people }, today, assumed()).problem.officers.length
    expect(plannedWith(away('2026-12-10', '2027-06-30'))).toBe(5)
    expect(plannedWith(away('2026-12-10', '2028-06-30'))).toBe(4)
  })
})

it('a certificate on whose first day two answers stand holds from the later on, also in what was before', () => {
  const saying = (issued: string) => ({ text: issued, mark: issued, over: [] })
  const said = { disputed: ['issued'], sayings: { issued: [saying('2025-03-01'), saying('2025-05-01')] } } as const
  const her = officer(2, { expires: '2031-01' })
  const apart = { ...her, certificates: her.certificates.map((each) => ({ ...each, said })) }
  expect(servedBy(apart).map(({ mayHave }) => mayHave)).toMatchObject([{ from: '2025-05-01' }])
})
