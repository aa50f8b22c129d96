import { CivilDate } from '@lentera/core/shared/dates'
import { openFile } from '@lentera/core/sheets/sheet'
import type { HumaneOption, PlanProblem, PostCoverage } from '@lentera/planner/plan'
import { describe, expect, it } from 'vitest'
import { firstTyped, readAssumptions, rulesOf } from './assumptions.ts'
import { differsToday } from './differs.ts'
import type { SaidPlan } from './said-plan.ts'
import { pageOfText, planOfText, textsToKeep } from './saved.ts'
import { workbookOfPlan } from './workbook.ts'

const assumed = readAssumptions(firstTyped)
if (!assumed.ok) throw new Error(assumed.refusal.code)
const { costs, changes, caps } = assumed.value

/** Day and night, with everything that makes it safe (invented). */
const post = (key: string): PlanProblem['posts'][number] => ({
  key,
  latitude: 12,
  longitude: 105,
  shifts: [360, 840, 1320].map((starts) => ({ key: `${key} ${starts}`, starts, minutes: 480, daysAWeek: 7 })),
  dayShifts: null,
  flow: null,
  risk: 1,
  facilities: { toilets: 'yes', lodging: 'yes' },
  vacancies: null,
  mustBeCovered: false,
})

const officer = (key: string, isTrained: boolean): PlanProblem['officers'][number] => ({
  key,
  post: 'A',
  isWoman: true,
  training: isTrained ? { isTrained, until: null } : { isTrained },
  mayBeTrained: true,
  mayMove: { kind: 'no', mostKm: null, onlyTo: null, notTo: [] },
  isOnCall: false,
  home: null,
})

const problem = (officers: PlanProblem['officers'], posts = [post('A')]): PlanProblem => ({
  startsOn: CivilDate.parse('2026-11-28'),
  years: 1,
  posts,
  officers,
  groups: [],
  rules: rulesOf(assumed.value, []),
  costs,
  changes,
  caps: [caps],
  aim: { kind: 'every-shift', budget: null },
  fixed: [],
  forbidden: [],
})

const row = (covered: number): PostCoverage => ({
  post: 'A',
  year: 1,
  trained: 0,
  needed: 84,
  closed: 0,
  own: covered,
  onCall: 0,
  covered,
})

const train = (key: string) =>
  ({
    kind: 'train',
    post: 'A',
    year: 1,
    count: 1,
    cost: 0,
    isRenewal: false,
    who: { officers: [key], groups: [] },
  }) as const

const signed = problem([officer('W1', true), officer('W2', false), officer('W3', false)])
const option: HumaneOption = {
  key: 'no-hires',
  problem: signed,
  plan: {
    actions: [train('W2'), train('W3')],
    before: [row(17)],
    after: [row(51)],
    cost: 0,
    changes: 2,
    value: { sense: 'least', reached: 0, bound: 0 },
    status: 'proven',
    gaps: [],
  },
  moved: 0,
  hired: 0,
  trained: 2,
  uncovered: 33,
}

const said: SaidPlan = {
  language: 'en',
  title: 'A trained woman on every shift: what is proposed',
  stamp: 'DEMONSTRATION',
  under: 'From the register of 28 November 2026',
  now: 'If nothing is done',
  open: [{ post: '=Lantern bridge (invented)', covered: 17, needed: 84 }],
  options: [{ name: 'Fewest changes', isProposed: true, facts: [['Women who move', '0']] }],
  proposed: 'Proposed: Fewest changes',
  steps: [{ year: 1, text: 'Train 2 women of Lantern bridge (invented)', who: [], cost: null, isByHand: true }],
  stays: [{ text: 'Lantern bridge (invented): 33 shifts open', proof: ['It needs 5 trained women; it has 1.'] }],
  counts: { open: 1, steps: 1, stays: 1 },
  judged: ['No rule is broken.'],
  assumed: [['Training one woman', 'not known']],
  resting: 'Assumed: 15 % absent.',
}

describe('a plan that is kept', () => {
  const { drawn, page } = textsToKeep(option, said, firstTyped, [])

  it('has its page word for word, and of each list as many as a sheet can show', () => {
    expect(pageOfText(page)).toEqual(said)
    const many = { ...said, steps: Array(300).fill(said.steps[0]), counts: { ...said.counts, steps: 300 } }
    const short = pageOfText(textsToKeep(option, many, firstTyped, []).page)
    expect(short?.steps).toHaveLength(60)
    expect(short?.counts.steps).toBe(300)
  })

  it('of the version before is read, without a page, and what stood at 0 in it is a price that nobody knows', () => {
    const { standing: _, onCall: __, ...now } = JSON.parse(drawn)
    const older = {
      ...now,
      version: 1,
      option: 'most-cover',
      typed: { ...firstTyped, costHire: '0', costTraining: '300' },
    }
    const plan = planOfText(JSON.stringify(older))
    expect(plan).toMatchObject({ version: 2, standing: null, typed: { costHire: '', costTraining: '300' } })
    expect(pageOfText(undefined)).toBeUndefined()
    expect(planOfText('{"version":9}')).toBeUndefined()
  })

  it('says what would be different today: what was done, what can no longer be, and what opened', () => {
    const plan = planOfText(drawn)
    if (!plan) throw new Error('a plan')
    expect(differsToday(plan, signed)).toMatchObject({ closed: [], opened: [], done: [], impossible: [] })
    const later = problem([officer('W1', true), officer('W2', true)], [post('A'), post('B')])
    const differs = differsToday(plan, later)
    expect(differs.done).toEqual([train('W2')])
    expect(differs.impossible).toMatchObject([{ action: train('W3'), broken: [{ code: 'plan.unknown-person' }] }])
    expect(differs.opened).toEqual(['B'])
    expect(differs.today.left).toBeCloseTo(84 + 84 - 34, 6)
  })

  it('says the same whether she who offered to move offers it still: whoever took it back is in no word and no number', () => {
    const move = {
      kind: 'move',
      from: 'A',
      to: 'B',
      year: 1,
      count: 1,
      cost: 0,
      km: 0,
      isVolunteer: true,
      who: { officers: ['W1'], groups: [] },
    } as const
    const moving = planOfText(
      textsToKeep({ ...option, plan: { ...option.plan, actions: [move] } }, said, firstTyped, []).drawn,
    )
    if (!moving) throw new Error('a plan')
    const today = (onlyTo: readonly string[]) => {
      const her = officer('W1', true)
      const offers = { kind: onlyTo.length > 0 ? 'volunteer' : 'no', mostKm: null, onlyTo, notTo: [] } as const
      const others = ['W2', 'W3', 'W4'].map((key) => officer(key, true))
      return differsToday(moving, problem([{ ...her, mayMove: offers }, ...others], [post('A'), post('B')]))
    }
    expect(today(['B']).impossible.flatMap(({ broken }) => broken.map(({ code }) => code))).not.toContain(
      'plan.said-no',
    )
    for (const onlyTo of [[], ['C'], ['B', 'C']]) expect(today(onlyTo)).toEqual(today(['B']))
  })

  it('says the same whether she who offered to be on call offers it still', () => {
    const called = { ...officer('W1', true), isOnCall: true }
    const others = ['W2', 'W3', 'W4', 'W5'].map((key) => officer(key, true))
    const two = [post('A'), post('B')]
    const on = (minutes: number) => ({ from: 'A', to: 'B', minutes })
    const near = (officers: PlanProblem['officers']): PlanProblem => {
      const asked = problem(officers, two)
      return { ...asked, rules: { ...asked.rules, travel: { ...asked.rules.travel, known: [on(20)] } } }
    }
    const pool = { kind: 'pool', posts: ['A', 'B'], minutes: 20, year: 1, count: 1, cost: 0 } as const
    const asSigned = near([called, ...others])
    const shared: HumaneOption = { ...option, problem: asSigned, plan: { ...option.plan, actions: [pool] } }
    const kept = planOfText(textsToKeep(shared, said, firstTyped, []).drawn)
    expect(kept?.onCall).toEqual(['W1'])
    if (!kept) throw new Error('it was kept')
    const tookBack = near([{ ...called, isOnCall: false }, ...others])
    expect(differsToday(kept, tookBack)).toEqual(differsToday(kept, asSigned))
    // Her word is asked anew when it is drawn again, and it does make a difference there.
    const { onCall: _, ...before } = kept
    expect(differsToday(before, tookBack).today.left).not.toBe(differsToday(before, asSigned).today.left)
  })
})

it('a plan that is saved has a sheet each for gaps, options, steps, what is impossible and what was assumed; nothing in it is run', async () => {
  const opened = await openFile(workbookOfPlan(said, { t: (id) => id }))
  if (!opened.ok) throw new Error(opened.refusal.code)
  const sheets = opened.value.sheets.map(({ lines }) => lines.map(({ cells }) => cells))
  expect(sheets).toHaveLength(5)
  expect(sheets.every(([first]) => first?.[0] === 'DEMONSTRATION')).toBe(true)
  expect(sheets[0]?.at(-1)).toEqual(["'=Lantern bridge (invented)", '84', '17', '67'])
  expect(sheets[2]?.at(-1)?.[3]).toBe('cover.price.unknown')
})
