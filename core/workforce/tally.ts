import type { StreamState } from '../log/fold.ts'
import { type Contribution, unsettled } from '../shared/contribution.ts'
import { isExact } from '../shared/counts.ts'
import { type Headcount, projectHeadcount, projectRecommendation, projectReform, type RankCount } from './project.ts'

/** What this room contributes to results: officers of a headcount by rank and sex, recommendations, reforms. */
export const workforceFacts = {
  counted: 'workforce.officers-counted',
  recommended: 'workforce.recommendation-followed',
  reformed: 'workforce.reform-made',
} as const

/**
 * The breakdowns kept as tallies, per fact; `[]` is the total. Headcounts are stocks and are never added over days or sources:
 * each is kept whole, by its source and its day, and the newest are found when a figure is asked for (`results/latest.ts`).
 */
export const workforceBreakdowns = {
  [workforceFacts.counted]: [['agency', 'on', 'place', 'rank', 'sex', 'source']],
  [workforceFacts.recommended]: [[], ['status']],
  [workforceFacts.reformed]: [[], ['concern'], ['sphere'], ['concern', 'sphere']],
} as const satisfies Record<string, readonly (readonly string[])[]>

/** The officers of a headcount. */
export function contributionsOfHeadcount(state: StreamState): Contribution[] {
  const headcount = projectHeadcount(state)
  // Of a kind of unit, or of one that two answers stand for: a part of what is counted already, and for the agency alone.
  if (headcount?.unit !== 'all') return []
  return countedBySex(workforceFacts.counted, headcount, headcount.rows)
}

export function contributionsOfRecommendation(state: StreamState): Contribution[] {
  const recommendation = projectRecommendation(state)
  if (!recommendation || recommendation.enteredInError) return []
  const { on, status = unsettled } = recommendation
  return [{ fact: workforceFacts.recommended, record: 'stream', person: null, on, dimensions: { status }, amount: 1 }]
}

export function contributionsOfReform(state: StreamState): Contribution[] {
  const reform = projectReform(state)
  if (!reform || reform.enteredInError) return []
  const { on, country = unsettled, concern = unsettled, sphere = unsettled } = reform
  const dimensions = { country, concern, sphere }
  return [{ fact: workforceFacts.reformed, record: 'stream', person: null, on, dimensions, amount: 1 }]
}

/**
 * People of a source by sex. Where two numbers stand beside each other it is counted as two sources that contradict each
 * other: the one with the fewest women among the most others, and the one with the most among the fewest.
 */
export function countedBySex(
  fact: string,
  { on, opening, enteredInError, ...said }: Pick<Headcount, 'opening' | 'on' | 'enteredInError' | Said>,
  rows: readonly RankCount[],
): Contribution[] {
  const valid = enteredInError ? [] : rows.filter((row) => !row.enteredInError)
  const isSettled = valid.every((row) => isExact(row.women) && isExact(row.men) && isExact(row.unrecorded))
  const { country = unsettled, agency = unsettled, place = unsettled, counted = unsettled, trust = unsettled } = said
  return (isSettled ? (['low'] as const) : (['low', 'high'] as const)).flatMap((bound) => {
    const source = isSettled ? opening : `${opening} ${bound}`
    const others = bound === 'low' ? 'high' : 'low'
    return valid.flatMap((row) =>
      [
        { sex: 'female', amount: row.women[bound] },
        { sex: 'male', amount: row.men[others] },
        { sex: 'unknown', amount: row.unrecorded[others] },
      ]
        // That there is no woman is an answer; that nobody is unrecorded is none.
        .filter(({ sex, amount }) => amount > 0 || sex === 'female')
        .map(({ sex, amount }) => ({
          fact,
          record: isSettled ? `${row.record} ${sex}` : `${row.record} ${sex} ${bound}`,
          person: null,
          on,
          dimensions: { country, agency, place, counted, trust, rank: row.rank ?? unsettled, sex, source, on },
          amount,
        })),
    )
  })
}

type Said = 'country' | 'agency' | 'place' | 'counted' | 'trust'
