import { humaneOptions, type PlanProblem } from '@lentera/planner/plan'
import { loadSolver } from '@lentera/solver'
import { readCatalogue } from '@lentera/ui/catalogues/node'
import { textOf } from '@lentera/ui/catalogues/text'
import { expect, test } from 'vitest'
import { rulesOf } from './assumptions.ts'
import { noEdits } from './edits.ts'
import { sayPlan } from './say-page.ts'
import { assumed, day, id } from './testing/register.ts'

const solver = await loadSolver()
const typed = { costTraining: '300', capHires: '4', attritionPercent: '5', hiringMonths: '9' }

/** One post, open day and night, of three women of whom one is trained (invented). */
function problem(): PlanProblem {
  const assumptions = assumed(typed)
  const officers = [true, false, false].map((isTrained, at): PlanProblem['officers'][number] => ({
    key: id(10 + at),
    post: id(1),
    isWoman: true,
    training: isTrained ? { isTrained, until: null } : { isTrained },
    mayBeTrained: true,
    mayMove: { kind: 'no', mostKm: null, onlyTo: null, notTo: [] },
    isOnCall: false,
    home: null,
  }))
  return {
    startsOn: day('2026-11-28'),
    years: 1,
    posts: [
      {
        key: id(1),
        latitude: 12,
        longitude: 105,
        shifts: [360, 840, 1320].map((starts) => ({ key: `${starts}`, starts, minutes: 480, daysAWeek: 7 })),
        dayShifts: null,
        flow: null,
        risk: 1,
        facilities: { toilets: 'yes', lodging: 'yes' },
        vacancies: null,
        mustBeCovered: false,
      },
    ],
    officers,
    groups: [],
    rules: { ...rulesOf(assumptions, []), together: { women: 2, officersPerShift: 0 } },
    costs: assumptions.costs,
    changes: assumptions.changes,
    caps: [assumptions.caps],
    aim: { kind: 'every-shift', budget: null },
    fixed: [],
    forbidden: [],
  }
}

test.each(['en', 'th', 'my'] as const)(
  'where only training has a price, the page in %s says which prices are not known, and on what else it rests',
  async (language) => {
    const t = textOf(readCatalogue(language))
    const drawn = await humaneOptions(problem(), null, { solver, elapsed: () => 0 })
    if (!drawn.ok) throw new Error(drawn.refusal.code)
    const [chosen] = drawn.value.options
    if (!chosen) throw new Error('no option')
    const number = (value: number): string => `${value}`
    // Of the formats these two alone are used.
    const format = { number, date: (value: string) => value } as never
    const said = sayPlan(
      {
        options: drawn.value.options,
        cutShort: undefined,
        chosen,
        assumptions: assumed(typed),
        typed,
        edits: noEdits,
        leftOut: [
          { stream: id(2), why: 'no-hours' },
          { stream: id(20), why: 'post-left-out' },
          { stream: id(21), why: 'two-answers' },
        ],
        language,
        isDemonstration: false,
        withCodes: false,
      },
      { t, format, names: { post: () => 'Post', officer: () => 'W' } },
    )
    const facts = new Map(said.options[0]?.facts)
    expect(chosen.plan.actions.map(({ kind }) => kind)).toEqual(['train', 'hire'])
    // Read first is whose life changes: of the hire no price is known.
    expect(said.steps.map(({ cost }) => cost)).toEqual([null, 600])
    expect(facts.has(t('cover.cost'))).toBe(false)
    expect(facts.get(t('cover.cost-known'))).toBe(t('cover.cost-part', { sum: '600', count: 1 }))
    const { resting, under } = said
    for (const field of ['Hire', 'Move', 'MoveKm', 'Toilets', 'Lodging', 'Pool', 'DayOnly'])
      expect(resting).toContain(t(`cover.assume.cost${field}`))
    expect(resting).toContain(`${t('cover.assume.costTraining')} 300`)
    expect(resting).toContain(t('cover.page.limits', { limits: `${t('cover.assume.capHires')} 4` }))
    expect(resting).toContain(
      t('cover.page.rest', {
        attrition: '5',
        training: '3',
        hiring: '9',
        facility: '6',
        km: '200',
        speed: '40',
        officers: '2',
      }),
    )
    expect(under).toContain(t('cover.page.left-out', { posts: 1, officers: 2 }))
    expect(`${resting} ${under}`).not.toMatch(/[{}]|undefined|NaN|cover\./)
    expect(said.judged).toEqual([
      t('cover.judged.ok'),
      ...(chosen.plan.status === 'proven' ? [t('cover.judged.bound')] : []),
    ])
  },
)
