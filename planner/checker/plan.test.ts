import { CivilDate } from '@lentera/core/shared/dates'
import { describe, expect, test } from 'vitest'
import type {
  Action,
  DayOnlyAction,
  FacilityAction,
  Forbidden,
  Gap,
  HireAction,
  MayMove,
  MoveAction,
  Officer,
  Plan,
  PlanProblem,
  PlanRules,
  PoolAction,
  Post,
  PostCoverage,
  PostKey,
  Proof,
  ProofPart,
  TrainAction,
  YearCaps,
} from '../plan/words.ts'
import { type BrokenPlanRule, checkPlan, type PlanRule, planRules } from './checker.ts'
import { rowsOf } from './plan-cover.ts'
import { proving, sparedByDay } from './plan-proof.ts'
import { readProblem } from './plan-reading.ts'

// ---------------------------------------------------------------------------------------------------------------------
// Three invented posts on the equator, 55.6 km apart. Each needs 56 shifts in 28 days; one woman works 20.

const day = (text: string) => CivilDate.parse(text)

const openShifts = ['D', 'N'].map((key, index) => ({ key, starts: index * 720, minutes: 480, daysAWeek: 7 }))
const safe = { lodging: 'yes', toilets: 'yes' } as const
const postAt = (key: PostKey, longitude: number, other: Partial<Post> = {}): Post => ({
  key,
  latitude: 0,
  longitude,
  shifts: openShifts,
  dayShifts: ['D'],
  flow: null,
  risk: 1,
  facilities: safe,
  vacancies: null,
  mustBeCovered: false,
  ...other,
})

const stays: MayMove = { kind: 'no', mostKm: null, onlyTo: null, notTo: [] }
const goes: MayMove = { ...stays, kind: 'volunteer' }
const trained = { isTrained: true, until: null } as const
const officer = (key: string, post: PostKey, other: Partial<Officer> = {}): Officer => ({
  key,
  post,
  isWoman: true,
  training: { isTrained: false },
  mayBeTrained: true,
  mayMove: stays,
  isOnCall: false,
  home: null,
  ...other,
})

const officers: readonly Officer[] = [
  officer('a1', 'A', { training: trained, mayMove: goes }),
  officer('a2', 'A', { training: trained, mayMove: { ...stays, kind: 'if-asked' } }),
  officer('a3', 'A', { training: trained }),
  officer('a4', 'A', { training: trained, mayMove: goes, isOnCall: true }),
  officer('b1', 'B'),
  officer('b2', 'B', { training: { isTrained: true, until: day('2028-06-30') } }),
  officer('bm', 'B', { isWoman: false }),
  officer('c1', 'C', { mayBeTrained: false }),
]

const free: YearCaps = {
  trainings: null,
  moves: null,
  hires: null,
  facilities: null,
  pools: null,
  dayOnly: null,
  budget: null,
}

const rules: PlanRules = {
  absence: 0,
  shiftsPerPerson: 20,
  minutesPerPerson: 9600,
  womenPerShift: 1,
  together: { women: 2, officersPerShift: 1 },
  facilitiesNeeded: ['lodging', 'toilets'],
  moves: 'if-asked',
  mostMoveKm: 200,
  onCall: { minutes: 120, hires: false },
  travel: { kmPerHour: 60, known: [{ from: 'A', to: 'B', minutes: 70 }] },
  attrition: 0,
  leadMonths: { training: 6, hiring: 12, facility: 6 },
}

const problem: PlanProblem = {
  startsOn: day('2027-01-01'),
  years: 2,
  posts: [postAt('A', 0), postAt('B', 0.5), postAt('C', 1, { facilities: { toilets: 'yes' } })],
  officers,
  groups: [{ ...officer('c', 'C'), isWoman: false, key: 'c-men', count: 5 }],
  rules,
  costs: {
    training: 100,
    move: 1000,
    movePerKm: 2,
    hire: 9000,
    facility: { lodging: 5000 },
    poolYear: 300,
    dayOnlyYear: 50,
  },
  changes: { facility: 1, training: 1, pool: 2, hire: 3, volunteerMove: 4, move: 40, movePer100Km: 1, dayOnly: 5 },
  caps: [free, free],
  aim: { kind: 'every-shift', budget: null },
  fixed: [],
  forbidden: [],
}

const ruled = (some: Partial<PlanRules>): PlanProblem => ({ ...problem, rules: { ...rules, ...some } })
const capped = (cap: Partial<YearCaps>): PlanProblem => ({ ...problem, caps: [{ ...free, ...cap }, free] })
const post = (key: PostKey, some: Partial<Post>): PlanProblem => ({
  ...problem,
  posts: problem.posts.map((one) => (one.key === key ? { ...one, ...some } : one)),
})
const her = (key: string, some: Partial<Officer>): PlanProblem => ({
  ...problem,
  officers: officers.map((one) => (one.key === key ? { ...one, ...some } : one)),
})
const without = (...keys: readonly string[]): PlanProblem => ({
  ...problem,
  officers: officers.filter(({ key }) => !keys.includes(key)),
})

// ---------------------------------------------------------------------------------------------------------------------
// Actions, as a hand sets them

const who = (...keys: readonly string[]) => ({ officers: keys, groups: [] })
const km = 55.597463

function train(key: string, some: Partial<TrainAction> = {}): TrainAction {
  return { kind: 'train', year: 1, post: 'B', who: who(key), count: 1, cost: 100, isRenewal: false, ...some }
}
function move(key: string, some: Partial<MoveAction> = {}): MoveAction {
  const way = { from: 'A', to: 'B', km }
  const action = {
    kind: 'move' as const,
    year: 1,
    ...way,
    who: who(key),
    count: 1,
    isVolunteer: true,
    cost: 0,
    ...some,
  }
  return { ...action, cost: some.cost ?? action.count * (1000 + 2 * action.km) }
}
function hire(to: PostKey, count = 1, year = 1): HireAction {
  return { kind: 'hire', year, post: to, count, cost: 9000 * count }
}
function build(at: PostKey, facility = 'lodging', year = 1): FacilityAction {
  return { kind: 'facility', year, post: at, facility, count: 1, cost: 5000 }
}
function pool(posts: readonly [PostKey, PostKey], minutes: number, year = 1): PoolAction {
  return { kind: 'pool', year, posts, minutes, count: 1, cost: 300 * (3 - year) }
}
function dayOnly(at: PostKey, some: Partial<DayOnlyAction> = {}): DayOnlyAction {
  return { kind: 'day-only', year: 1, post: at, closes: ['N'], count: 1, cost: 100, ...some }
}

/** A plan that says of itself what the checker counts: what it counts is shown below, number by number. */
function planOf(asked: PlanProblem, actions: readonly Action[], some: Partial<Plan> = {}): Plan {
  const unsaid = { sense: asked.aim.kind === 'every-shift' ? 'least' : 'most', reached: -1, bound: -1 } as const
  const empty: Plan = { actions, cost: 0, changes: 0, before: [], after: [], gaps: [], value: unsaid, status: 'proven' }
  const { cost, changes, before, after, broken } = checkPlan(asked, empty)
  const reached = broken.find(({ code }) => code === 'plan.value-wrong')?.allowed ?? -1
  const judged = { ...readProblem(asked), plan: empty, before: rowsOf(before), after: rowsOf(after) }
  const prove = proving(judged)
  const isHandSet = asked.fixed.length + asked.forbidden.length > 0
  const gaps = after.flatMap((row): Gap[] => {
    const post = judged.posts.get(row.post)
    if (row.year !== asked.years || row.covered >= row.needed || post === undefined) return []
    const proof = prove(post)
    const why = proof.missing > sparedByDay(judged, post) ? 'impossible' : isHandSet ? 'chosen' : 'shared'
    return [{ post: row.post, uncovered: row.needed - row.covered, why, proof }]
  })
  return { ...empty, cost, changes, before, after, gaps, value: { ...unsaid, reached, bound: reached }, ...some }
}

const mostCover: PlanProblem = { ...problem, aim: { kind: 'most-cover', budget: null, counts: 'shifts' } }

const rowOf = (asked: PlanProblem, key: PostKey): PostCoverage => {
  const row = planOf(asked, []).after.find(({ post, year }) => post === key && year === asked.years)
  if (row === undefined) throw new Error(key)
  return row
}
const inHalves = (gap: Gap): readonly Gap[] => [1, 2].map(() => ({ ...gap, uncovered: gap.uncovered / 2 }))
const withFirstGap = (some: Partial<Gap>): readonly Gap[] =>
  planOf(problem, []).gaps.map((gap, at) => (at === 0 ? { ...gap, ...some } : gap))
const withNobody = (part: ProofPart): ProofPart => (part.way === 'train' ? { ...part, can: 0 } : part)
const elsewhere = (gap: Gap): Gap => ({ ...gap, post: 'X' })

const struck = (some: Partial<Forbidden>): Forbidden => ({
  kind: null,
  post: null,
  from: null,
  to: null,
  who: null,
  year: null,
  ...some,
})

// ---------------------------------------------------------------------------------------------------------------------
// Every rule: at its very edge, and one step over it

type Side = readonly [asked: PlanProblem, actions: readonly Action[], plan?: Partial<Plan>]
type Case = readonly [rule: PlanRule, what: string, kept: Side, broken: Side, finding?: Partial<BrokenPlanRule>]

const only = (key: string): MayMove => ({ ...goes, onlyTo: [key] })

const firstProof = firstProofOf(planOf(problem, []).gaps)
function firstProofOf([gap]: readonly Gap[]): Proof {
  if (gap === undefined) throw new Error('no gap')
  return gap.proof
}

const cases: readonly Case[] = [
  ['plan.unknown-post', 'a hire at a post that is none', [problem, [hire('B')]], [problem, [hire('X')]], { post: 'X' }],
  [
    'plan.unknown-person',
    'a training of somebody who does not serve',
    [problem, [train('b1')]],
    [problem, [train('b9')]],
    { of: 'b9' },
  ],
  [
    'plan.unknown-year',
    'a training after the last year',
    [problem, [train('b1', { year: 2 })]],
    [problem, [train('b1', { year: 3 })]],
    { found: 3, allowed: 2 },
  ],
  [
    'plan.count-wrong',
    'two counted, one named',
    [problem, [train('b1')]],
    [problem, [train('b1', { count: 2, cost: 200 })]],
    { found: 2, allowed: 1 },
  ],
  [
    'plan.not-there',
    'a training where she does not serve',
    [problem, [train('b1')]],
    [problem, [train('b1', { post: 'C' })]],
    { of: 'b1', post: 'C' },
  ],
  [
    'plan.person-twice',
    'one woman trained in both years',
    [problem, [train('b1')]],
    [problem, [train('b1'), train('b1', { year: 2 })]],
    { of: 'b1', found: 2, allowed: 1 },
  ],
  [
    'plan.facility-not-built',
    'a facility that has no price',
    [problem, [build('C', 'lodging')]],
    [problem, [build('C', 'well')]],
    { of: 'well' },
  ],
  [
    'plan.facility-twice',
    'lodging where there is some; where it is not known it may be built',
    [problem, [build('C')]],
    [problem, [build('B')]],
    { post: 'B', of: 'lodging' },
  ],
  [
    'plan.facility-twice',
    'lodging that is built again',
    [problem, [build('C')]],
    [problem, [build('C'), build('C', 'lodging', 2)]],
    { action: 1 },
  ],
  [
    'plan.too-late',
    'a hire of the second year who comes when the plan has ended; of the first she comes in time',
    [ruled({ leadMonths: { ...rules.leadMonths, hiring: 13 } }), [hire('A')]],
    [ruled({ leadMonths: { ...rules.leadMonths, hiring: 13 } }), [hire('A', 1, 2)]],
    { post: 'A', year: 2, found: 3, allowed: 2 },
  ],
  [
    'plan.pool-wrong',
    'a post in two pools',
    [problem, [pool(['A', 'B'], 70)]],
    [problem, [pool(['A', 'B'], 70), pool(['B', 'C'], km)]],
    { action: 1 },
  ],
  [
    'plan.pool-wrong',
    'two posts in another order than the problem has them',
    [problem, [pool(['A', 'B'], 70)]],
    [problem, [pool(['B', 'A'], 70)]],
    { action: 0 },
  ],
  [
    'plan.closes-wrong',
    'hours that are cut a second time',
    [problem, [dayOnly('B')]],
    [problem, [dayOnly('B'), dayOnly('B', { year: 2, cost: 50 })]],
    { action: 1 },
  ],
  [
    'plan.closes-wrong',
    'the day closed instead of the night',
    [problem, [dayOnly('B')]],
    [problem, [dayOnly('B', { closes: ['D'] })]],
    { post: 'B' },
  ],
  [
    'plan.kilometres-wrong',
    'a way shorter than it is; whole kilometres are near enough',
    [problem, [move('a1', { km: 56 })]],
    [problem, [move('a1', { km: 55 })]],
    { found: 55 },
  ],
  [
    'plan.minutes-wrong',
    'the way that is known, not the crow’s',
    [problem, [pool(['A', 'B'], 70)]],
    [problem, [pool(['A', 'B'], km)]],
    { allowed: 70 },
  ],
  [
    'plan.not-a-woman',
    'a man sent to the training that is counted for women',
    [problem, [train('b1')]],
    [problem, [train('bm')]],
    { of: 'bm' },
  ],
  [
    'plan.may-not-be-trained',
    'who cannot be sent to the training',
    [her('c1', { mayBeTrained: true }), [train('c1', { post: 'C' })]],
    [problem, [train('c1', { post: 'C' })]],
    { of: 'c1' },
  ],
  [
    'plan.needs-no-training',
    'a certificate that outlasts the plan; one that ends on its last day does not',
    [
      her('a1', { training: { isTrained: true, until: day('2028-12-31') } }),
      [train('a1', { post: 'A', isRenewal: true })],
    ],
    [
      her('a1', { training: { isTrained: true, until: day('2029-01-01') } }),
      [train('a1', { post: 'A', isRenewal: true })],
    ],
    { of: 'a1' },
  ],
  [
    'plan.renewal-wrong',
    'a first training that is called a renewal',
    [problem, [train('b2', { isRenewal: true })]],
    [problem, [train('b1', { isRenewal: true })]],
    { of: 'b1' },
  ],
  [
    'plan.renewal-wrong',
    'a renewal that is called a first training',
    [problem, [train('b2', { isRenewal: true })]],
    [problem, [train('b2')]],
    { of: 'b2' },
  ],
  [
    'plan.renewal-wrong',
    'a certificate that ended before the plan begins is not renewed; one that ends on its first day is',
    [her('b2', { training: { isTrained: true, until: day('2027-01-01') } }), [train('b2', { isRenewal: true })]],
    [her('b2', { training: { isTrained: true, until: day('2026-12-31') } }), [train('b2', { isRenewal: true })]],
    { of: 'b2' },
  ],
  [
    'plan.said-no',
    'a woman who has said no, or nothing',
    [problem, [move('a1')]],
    [problem, [move('a3', { isVolunteer: false })]],
    { of: 'a3' },
  ],
  [
    'plan.not-a-volunteer',
    'one who goes when asked, where volunteers alone go',
    [problem, [move('a2', { isVolunteer: false })]],
    [ruled({ moves: 'volunteers' }), [move('a2', { isVolunteer: false })]],
    { of: 'a2' },
  ],
  [
    'plan.moves-not-allowed',
    'a volunteer, where nobody is moved',
    [ruled({ moves: 'volunteers' }), [move('a1')]],
    [ruled({ moves: 'none' }), [move('a1')]],
    { found: 1, allowed: 0 },
  ],
  [
    'plan.volunteer-wrong',
    'one who goes when asked, counted as a volunteer',
    [problem, [move('a2', { isVolunteer: false })]],
    [problem, [move('a2', { isVolunteer: true })]],
    { of: 'a2' },
  ],
  [
    'plan.not-where-she-would-go',
    'a post that is not among those she names',
    [her('a1', { mayMove: only('B') }), [move('a1')]],
    [her('a1', { mayMove: only('C') }), [move('a1')]],
    { of: 'a1', post: 'B' },
  ],
  [
    'plan.not-where-she-would-go',
    'the post she does not want',
    [her('a1', { mayMove: { ...goes, notTo: ['C'] } }), [move('a1')]],
    [her('a1', { mayMove: { ...goes, notTo: ['B'] } }), [move('a1')]],
  ],
  [
    'plan.too-far-for-her',
    'farther from home than she would go, near as her post may be',
    [her('a1', { mayMove: { ...goes, mostKm: 56 } }), [move('a1')]],
    [her('a1', { mayMove: { ...goes, mostKm: 56 }, home: { latitude: 0, longitude: -0.1 } }), [move('a1')]],
    { of: 'a1', allowed: 56 },
  ],
  [
    'plan.too-far',
    'farther than anybody is moved',
    [ruled({ mostMoveKm: 56 }), [move('a1')]],
    [ruled({ mostMoveKm: 55 }), [move('a1')]],
    { allowed: 55 },
  ],
  [
    'plan.facility-missing',
    'a hire to a post whose lodging nobody knows of, not built before she comes',
    [problem, [build('C'), hire('C')]],
    [problem, [build('C', 'lodging', 2), hire('C')]],
    { post: 'C', year: 1, of: 'lodging' },
  ],
  [
    'plan.facility-missing',
    'lodging that is ready a year after she moves',
    [problem, [build('C'), move('a1', { to: 'C', km: 2 * km })]],
    [ruled({ leadMonths: { ...rules.leadMonths, facility: 13 } }), [build('C'), move('a1', { to: 'C', km: 2 * km })]],
    { post: 'C', year: 1, of: 'lodging' },
  ],
  [
    'plan.posted-alone',
    'the only woman among men; two together may go',
    [without('c1'), [build('C'), hire('C', 2)]],
    [without('c1'), [build('C'), hire('C', 1)]],
    { post: 'C', found: 1, allowed: 2 },
  ],
  [
    'plan.posted-alone',
    'one whose colleague comes a year after her',
    [without('c1'), [build('C'), hire('C', 1), hire('C', 1)]],
    [without('c1'), [build('C'), hire('C', 1), hire('C', 1, 2)]],
    { action: 1, post: 'C', year: 1, found: 1, allowed: 2 },
  ],
  [
    'plan.too-few-officers',
    'so few officers that somebody would stand on a shift alone',
    [problem, [move('a1')]],
    [without('b1', 'bm'), [move('a1')]],
    { post: 'B', found: 2, allowed: 3 },
  ],
  [
    'plan.comes-and-goes',
    'a hire at the post that sends a woman away in the same year; a year later she may be replaced',
    [problem, [move('a1'), hire('A', 1, 2)]],
    [problem, [move('a1'), hire('A')]],
    { action: 0, post: 'A' },
  ],
  [
    'plan.comes-and-goes',
    'a woman sent away by a post that shares its women on call',
    [problem, [move('a1'), pool(['B', 'C'], km)]],
    [problem, [move('a1'), pool(['A', 'B'], 70)]],
    { action: 0, post: 'A' },
  ],
  [
    'plan.loses-cover',
    'a second woman of a post that can spare one',
    [problem, [move('a1')]],
    [problem, [move('a1'), move('a4')]],
    { post: 'A', found: 40, allowed: 56 },
  ],
  [
    'plan.must-be-covered',
    'a post that must be covered, and lacks a woman in the last year',
    [post('A', { mustBeCovered: true }), [move('a1')]],
    [post('B', { mustBeCovered: true }), [move('a1')]],
    { post: 'B', found: 20, allowed: 56 },
  ],
  [
    'plan.hours-may-not-be-cut',
    'a post that stays open at night',
    [problem, [dayOnly('B')]],
    [post('B', { dayShifts: null }), [dayOnly('B', { closes: [] })]],
    { post: 'B' },
  ],
  [
    'plan.pooling-not-allowed',
    'shared on-call duty where posts share none',
    [problem, [pool(['A', 'B'], 70)]],
    [ruled({ onCall: { minutes: 0, hires: false } }), [pool(['A', 'B'], 70)]],
  ],
  [
    'plan.pool-too-far',
    'a minute farther than on-call duty goes',
    [ruled({ onCall: { minutes: 70, hires: false } }), [pool(['A', 'B'], 70)]],
    [ruled({ onCall: { minutes: 69, hires: false } }), [pool(['A', 'B'], 70)]],
    { found: 70, allowed: 69 },
  ],
  ...(
    [
      ['trainings', [train('b1')], 1],
      ['moves', [move('a1')], 1],
      ['hires', [hire('B', 3)], 3],
      ['facilities', [build('C')], 1],
      ['pools', [pool(['A', 'B'], 70)], 1],
      ['dayOnly', [dayOnly('B')], 1],
    ] as const
  ).map(
    ([of, actions, count]): Case => [
      'plan.cap',
      `one more than a year has of ${of}`,
      [capped({ [of]: count }), actions],
      [capped({ [of]: count - 1 }), actions],
      { of, year: 1, found: count, allowed: count - 1 },
    ],
  ),
  [
    'plan.budget',
    'more than a year has',
    [capped({ budget: 9000 }), [hire('B')]],
    [capped({ budget: 8999 }), [hire('B')]],
    { year: 1, found: 9000, allowed: 8999 },
  ],
  [
    'plan.budget',
    'on-call duty binds the money of its second year when it is decided',
    [capped({ budget: 600 }), [pool(['A', 'B'], 70)]],
    [capped({ budget: 599 }), [pool(['A', 'B'], 70)]],
    { year: 1, found: 600, allowed: 599 },
  ],
  [
    'plan.budget',
    'on-call duty that is decided in the second year binds nothing in the first',
    [capped({ budget: 0 }), [pool(['A', 'B'], 70, 2)]],
    [capped({ budget: 0 }), [pool(['A', 'B'], 70, 1)]],
    { year: 1, found: 600, allowed: 0 },
  ],
  [
    'plan.budget',
    'more than all the years have',
    [{ ...problem, aim: { kind: 'every-shift', budget: 9100 } }, [hire('B'), train('b1', { year: 2 })]],
    [{ ...problem, aim: { kind: 'every-shift', budget: 9099 } }, [hire('B'), train('b1', { year: 2 })]],
    { year: null, found: 9100 },
  ],
  [
    'plan.vacancies',
    'more than there are places',
    [post('B', { vacancies: 2 }), [move('a1'), hire('B')]],
    [post('B', { vacancies: 1 }), [move('a1'), hire('B')]],
    { post: 'B', found: 2, allowed: 1 },
  ],
  [
    'plan.fixed-missing',
    'what a hand has set, decided a year later',
    [{ ...problem, fixed: [train('b1')] }, [train('b1')]],
    [{ ...problem, fixed: [train('b1')] }, [train('b1', { year: 2 })]],
    { year: 1, of: 'train' },
  ],
  [
    'plan.fixed-missing',
    'fewer hires than a hand has set; they may be added up with others',
    [{ ...problem, fixed: [hire('B', 2), hire('B')] }, [hire('B', 4)]],
    [{ ...problem, fixed: [hire('B', 2)] }, [hire('B')]],
    { post: 'B', year: 1, of: 'hire' },
  ],
  [
    'plan.forbidden',
    'a move to a post that a hand has struck out; from it she may go',
    [{ ...problem, forbidden: [struck({ kind: 'move', to: 'A' })] }, [move('a1')]],
    [{ ...problem, forbidden: [struck({ kind: 'move', to: 'B' })] }, [move('a1')]],
    { action: 0, of: 'move' },
  ],
  [
    'plan.forbidden',
    'a move from a post that keeps its women; to it they may come',
    [{ ...problem, forbidden: [struck({ from: 'B' })] }, [move('a1'), hire('B')]],
    [{ ...problem, forbidden: [struck({ from: 'A' })] }, [move('a1'), hire('B')]],
    { action: 0 },
  ],
  [
    'plan.forbidden',
    'whatever is done with a woman who is struck out',
    [{ ...problem, forbidden: [struck({ who: 'a1', year: 2 })] }, [move('a1')]],
    [{ ...problem, forbidden: [struck({ who: 'a1', year: 1 })] }, [move('a1')]],
  ],
  [
    'plan.cost-wrong',
    'a hire for less than it costs',
    [problem, [hire('B')]],
    [problem, [{ ...hire('B'), cost: 8999 }]],
    { found: 8999, allowed: 9000 },
  ],
  [
    'plan.total-wrong',
    'a sum that is not the sum',
    [problem, [hire('B'), train('b1')], { cost: 9100 }],
    [problem, [hire('B'), train('b1')], { cost: 9000 }],
    { found: 9000, allowed: 9100 },
  ],
  [
    'plan.changes-wrong',
    'a move that is weighed as none',
    [problem, [move('a1')], { changes: 4 + km / 100 }],
    [problem, [move('a1')], { changes: 0 }],
    { found: 0 },
  ],
  [
    'plan.gap-wrong',
    'a gap that is left out',
    [problem, [train('b1')]],
    [problem, [train('b1')], { gaps: planOf(problem, [train('b1')]).gaps.filter((gap) => gap.post !== 'C') }],
    { post: 'C', found: 0, allowed: 56 },
  ],
  [
    'plan.gap-wrong',
    'a gap at a post that is none',
    [problem, []],
    [problem, [], { gaps: [...planOf(problem, []).gaps, ...planOf(problem, []).gaps.slice(0, 1).map(elsewhere)] }],
    { post: 'X' },
  ],
  [
    'plan.not-proven',
    'called proven with its bound a woman away; stopped it may be',
    [problem, [], { value: { sense: 'least', reached: 6000.05, bound: 5000.05 }, status: 'stopped' }],
    [problem, [], { value: { sense: 'least', reached: 6000.05, bound: 5000.05 }, status: 'proven' }],
  ],
  [
    'plan.not-proven',
    'a bound on the wrong side of what is reached',
    [mostCover, [], { value: { sense: 'most', reached: 66, bound: 68 }, status: 'stopped' }],
    [mostCover, [], { value: { sense: 'most', reached: 66, bound: 64 }, status: 'stopped' }],
  ],
  [
    'plan.value-wrong',
    'three women missing at B and at C in the last year, and two and three before, told as one missing fewer',
    [problem, [], { value: { sense: 'least', reached: 6000.05, bound: 6000.05 } }],
    [problem, [], { value: { sense: 'least', reached: 5000.05, bound: 5000.05 } }],
    { found: 5000.05, allowed: 6000.05 },
  ],
  [
    'plan.value-wrong',
    'more covered shifts, in the mean of the years, than there are',
    [mostCover, [], { value: { sense: 'most', reached: 66, bound: 66 } }],
    [mostCover, [], { value: { sense: 'most', reached: 76, bound: 76 } }],
    { found: 76, allowed: 66 },
  ],
  [
    'plan.row-wrong',
    'a false row before the right one',
    [problem, []],
    [problem, [], { after: [{ ...rowOf(problem, 'C'), covered: 56 }, ...planOf(problem, []).after] }],
    { post: 'C', year: 2, found: 2, allowed: 1 },
  ],
  [
    'plan.row-wrong',
    'a row of a post that is none',
    [problem, []],
    [problem, [], { before: [...planOf(problem, []).before, { ...rowOf(problem, 'C'), post: 'X' }] }],
    { post: 'X', found: 1, allowed: 0 },
  ],
  [
    'plan.gap-wrong',
    'one gap told in two halves',
    [problem, []],
    [problem, [], { gaps: planOf(problem, []).gaps.flatMap((gap) => (gap.post === 'B' ? inHalves(gap) : [gap])) }],
    { post: 'B' },
  ],
  [
    'plan.why-wrong',
    'a post that could be covered, called impossible',
    [problem, []],
    [problem, [], { gaps: withFirstGap({ why: 'impossible' }) }],
    { post: 'B', of: 'shared' },
  ],
  [
    'plan.proof-wrong',
    'a proof that says fewer could be trained',
    [problem, []],
    [problem, [], { gaps: withFirstGap({ proof: { ...firstProof, parts: firstProof.parts.map(withNobody) } }) }],
    { post: 'B', of: 'train', found: 0, allowed: 2 },
  ],
  [
    'plan.proof-wrong',
    'a proof that says the post has one more',
    [problem, []],
    [problem, [], { gaps: withFirstGap({ proof: { ...firstProof, has: 1 } }) }],
    { post: 'B', of: 'has', found: 1, allowed: 0 },
  ],
  [
    'plan.moved-untrained',
    'a woman moved before she is trained; a hand may send her',
    [her('b1', { mayMove: goes }), [train('b1'), move('b1', { from: 'B', to: 'A' })]],
    [her('b1', { mayMove: goes }), [move('b1', { from: 'B', to: 'A' })]],
    { post: 'A', of: 'b1' },
  ],
]

describe('every rule of a plan is kept at its edge, and broken one step further, alone', () => {
  test.each(cases.map((one) => [one[0], one[1], one] as const))('%s: %s', (rule, _, [, , kept, broken, finding]) => {
    const judge = ([asked, actions, some]: Side) => checkPlan(asked, planOf(asked, actions, some)).broken
    expect(judge(kept)).toEqual([])
    const found = judge(broken)
    expect(found.map(({ code }) => code)).toEqual([rule])
    expect(found[0]).toMatchObject(finding ?? {})
  })

  test('no rule is left without an example here or below', () => {
    const shown = new Set<PlanRule>([
      ...cases.map(([rule]) => rule),
      'plan.cover-before-wrong',
      'plan.cover-after-wrong',
    ])
    expect(planRules.filter((rule) => !shown.has(rule))).toEqual([])
  })
})

// ---------------------------------------------------------------------------------------------------------------------
// Cover, counted by hand

function rowAt(asked: PlanProblem, actions: readonly Action[], key: PostKey, year: number) {
  return checkPlan(asked, planOf(asked, actions)).after.find((row) => row.post === key && row.year === year)
}

describe('cover is recounted from the officers alone', () => {
  test('four trained women cover all 56 shifts, and not more than there are', () => {
    const all = { trained: 4, needed: 56, closed: 0, own: 56, onCall: 0, covered: 56 }
    expect(rowAt(problem, [], 'A', 1)).toEqual({ post: 'A', year: 1, ...all })
  })

  test('a certificate counts in the year it outlasts; a renewal keeps her', () => {
    expect([1, 2].map((year) => rowAt(problem, [], 'B', year)?.covered)).toEqual([20, 0])
    const renewed = [train('b2', { year: 2, isRenewal: true })]
    expect([1, 2].map((year) => rowAt(problem, renewed, 'B', year)?.covered)).toEqual([20, 20])
  })

  test('trainings and hires count when their months are over', () => {
    const late = ruled({ leadMonths: { training: 13, hiring: 24, facility: 0 } })
    expect([1, 2].map((year) => rowAt(late, [train('b1'), hire('B')], 'B', year)?.trained)).toEqual([1, 2])
    expect([1, 2].map((year) => rowAt(problem, [train('b1'), hire('B')], 'B', year)?.trained)).toEqual([3, 2])
  })

  test('whoever is moved covers where she came to, and no longer where she was', () => {
    expect(rowAt(problem, [move('a1')], 'A', 1)?.trained).toBe(3)
    expect(rowAt(problem, [move('a1')], 'B', 1)?.own).toBe(40)
    expect([1, 2].map((year) => rowAt(problem, [move('a1', { year: 2 })], 'A', year)?.trained)).toEqual([4, 3])
  })

  test('long shifts are bounded by her minutes, and absence takes its share of all', () => {
    const long = openShifts.map((shift) => ({ ...shift, minutes: 720 }))
    const asked = { ...post('B', { shifts: long }), rules: { ...rules, absence: 0.1 } }
    expect(rowAt(asked, [], 'B', 1)?.own).toBeCloseTo((0.9 * 9600) / 720, 9)
  })

  test('two women on every shift need twice the shifts', () => {
    expect(rowAt(ruled({ womenPerShift: 2 }), [], 'A', 1)).toMatchObject({ needed: 112, own: 80 })
  })

  test('day-only hours close shifts: they are needed no more', () => {
    expect(rowAt(problem, [dayOnly('B')], 'B', 1)).toMatchObject({ needed: 28, closed: 28, own: 20 })
  })

  test('women on call cover at the other post what its own do not', () => {
    expect(rowAt(problem, [pool(['A', 'B'], 70)], 'B', 1)).toMatchObject({ own: 20, onCall: 20, covered: 40 })
    expect(rowAt(problem, [pool(['A', 'B'], 70, 2)], 'B', 1)).toMatchObject({ onCall: 0 })
  })

  test('of 20 % who are expected to leave, four women are 3.2 after a year; who is hired counts whole in hers', () => {
    const leaving = ruled({ attrition: 0.2 })
    expect(rowAt(leaving, [hire('A')], 'A', 1)?.trained).toBeCloseTo(4.2, 9)
    expect(rowAt(leaving, [hire('A')], 'A', 2)?.trained).toBeCloseTo(4 * 0.64 + 0.8, 9)
  })

  test('of a group whose women are trained and moved, the trained are moved first', () => {
    const group = { ...officer('g', 'A', { mayMove: goes }), key: 'g', count: 5 }
    const asked = { ...problem, groups: [group] }
    const some = (count: number) => ({ officers: [], groups: [{ group: 'g', count }] })
    const actions = [
      train('g', { post: 'A', who: some(3), count: 3, cost: 300 }),
      move('g', { who: some(2), count: 2 }),
    ]
    expect(checkPlan(asked, planOf(asked, actions)).broken).toEqual([])
    expect([rowAt(asked, actions, 'A', 1)?.trained, rowAt(asked, actions, 'B', 1)?.trained]).toEqual([5, 3])
    // Of four who are moved the three trained ones are those who go first.
    const far = { who: some(2), count: 2, year: 2, to: 'C', km: 2 * km }
    const onwards = [...actions.slice(0, 1), move('g', far), ...actions.slice(1)]
    expect(['A', 'B', 'C'].map((at) => rowAt(asked, onwards, at, 2)?.trained)).toEqual([4, 2, 1])
  })

  test.each([
    ['before', 'plan.cover-before-wrong'],
    ['after', 'plan.cover-after-wrong'],
  ] as const)('cover %s that is said to be more than it is, or is not said, is found', (side, code) => {
    const honest = planOf(problem, [move('a1')])
    const more = honest[side].map((row) => (row.post === 'C' && row.year === 2 ? { ...row, covered: 56 } : row))
    expect(checkPlan(problem, { ...honest, [side]: more }).broken).toEqual([
      { code, action: null, post: 'C', year: 2, of: 'covered', found: 56, allowed: 0 },
    ])
    expect(checkPlan(problem, { ...honest, [side]: honest[side].slice(1) }).broken).toMatchObject([
      { code, post: 'A', year: 1 },
    ])
  })
})

// ---------------------------------------------------------------------------------------------------------------------
// By hand

test('a plan that a hand has made worse: each rule is named with its post', () => {
  const actions = [move('a3', { to: 'C', km: 2 * km, isVolunteer: false }), hire('C'), train('bm')]
  const { broken } = checkPlan(problem, planOf(problem, actions))
  expect(broken.map(({ code, post, of }) => [code, post, of])).toEqual([
    ['plan.not-a-woman', 'B', 'bm'],
    ['plan.said-no', 'C', 'a3'],
    ['plan.facility-missing', 'C', 'lodging'],
    ['plan.facility-missing', 'C', 'lodging'],
  ])
})

test('whose only colleague is moved away a year later is alone from then on', () => {
  const asked = her('c1', { mayMove: goes, training: trained })
  const actions = [build('C'), hire('C', 1), move('c1', { from: 'C', year: 2 })]
  expect(checkPlan(asked, planOf(asked, actions)).broken).toMatchObject([
    { code: 'plan.posted-alone', post: 'C', year: 2, found: 1, allowed: 2 },
    { code: 'plan.comes-and-goes', post: 'C' },
  ])
})

test('an empty plan breaks nothing, and costs and changes nothing', () => {
  expect(checkPlan(problem, planOf(problem, []))).toMatchObject({ cost: 0, changes: 0, broken: [] })
})
