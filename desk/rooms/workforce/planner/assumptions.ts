import { accept, type Decision, refuse } from '@lentera/core/shared/refusals'
import { readWholeNumber } from '@lentera/core/shared/whole-number'
import { longestDuty } from '@lentera/core/workforce/post/words'
import type { ChangeWeights, PlanCosts, PlanRules, YearCaps } from '@lentera/planner/plan'
import type { Typed } from '../../../device/use-kept-form.ts'
import { humane } from './humane.ts'
import { type Prices, priceFields } from './prices.ts'

/** What a plan takes for granted beside the register: all of it is the planner's to change, and stands on the page she signs. */
export type Assumptions = {
  readonly years: number
  readonly rules: Omit<PlanRules, 'travel' | 'moves'> & {
    readonly kmPerHour: number
    readonly moves: 'none' | 'volunteers'
  }
  /**
   * Of rosters. `rest`: minutes between two shifts, on call or not. `longestDuty`: minutes that nobody works longer than at a stretch.
   * `mostOnCall`: days on call of one officer in 28 days; `mostNights`: her nights in 28 days, `mostNightsInARow` one after the other.
   */
  readonly roster: {
    readonly rest: number
    readonly longestDuty: number
    readonly mostOnCall: number
    readonly mostNights: number
    readonly mostNightsInARow: number
  }
  readonly costs: PlanCosts
  readonly changes: ChangeWeights
  readonly caps: YearCaps
  readonly prices: Prices
}

/** Each number that can be typed: the least and the most that makes sense, and what stands there first ('' is "not bounded", of a price "not known"). */
export const numberFields = {
  years: { least: 1, most: 5, first: '1' },
  // Eleven hours: ILO Night Work Recommendation, 1990 (No. 178); European Union, Directive 2003/88/EC, article 3.
  restHours: { least: 8, most: 24, first: '11' },
  // Ours, and no law: the register divides an opening that is longer.
  dutyHours: { least: 4, most: 16, first: `${longestDuty / 60}` },
  mostOnCall: { least: 0, most: 14, first: '4' },
  // Ours, and no law: to be agreed with those who work the nights.
  mostNights: { least: 0, most: 20, first: '14' },
  // Ours, and no law. What is advised is "as low as possible": table 1 of doi 10.1186/s12889-022-14098-5, on the shifts of a police department.
  mostNightsInARow: { least: 1, most: 7, first: '4' },
  absencePercent: { least: 0, most: 60, first: '15' },
  shiftsPerPerson: { least: 8, most: 28, first: '20' },
  womenPerShift: { least: 1, most: 5, first: '1' },
  officersPerShift: { least: humane.together, most: 20, first: '2' },
  mostMoveKm: { least: 0, most: 3000, first: '200' },
  onCallMinutes: { least: 0, most: 240, first: '30' },
  kmPerHour: { least: 5, most: 120, first: '40' },
  attritionPercent: { least: 0, most: 50, first: '0' },
  trainingMonths: { least: 0, most: 36, first: '3' },
  hiringMonths: { least: 0, most: 48, first: '12' },
  facilityMonths: { least: 0, most: 48, first: '6' },
  costTraining: { least: 0, most: 1e9, first: '' },
  costMove: { least: 0, most: 1e9, first: '' },
  costMoveKm: { least: 0, most: 1e9, first: '' },
  costHire: { least: 0, most: 1e9, first: '' },
  costToilets: { least: 0, most: 1e9, first: '' },
  costLodging: { least: 0, most: 1e9, first: '' },
  costPool: { least: 0, most: 1e9, first: '' },
  costDayOnly: { least: 0, most: 1e9, first: '' },
  capTrainings: { least: 0, most: 1e6, first: '' },
  capMoves: { least: 0, most: 1e6, first: '' },
  capHires: { least: 0, most: 1e6, first: '' },
  capFacilities: { least: 0, most: 1e6, first: '' },
  capDayOnly: { least: 0, most: 1e6, first: '' },
  capBudget: { least: 0, most: 1e12, first: '' },
} as const satisfies Record<string, { least: number; most: number; first: string }>

export type NumberField = keyof typeof numberFields

export const firstTyped: Typed = {
  ...Object.fromEntries(Object.entries(numberFields).map(([field, { first }]) => [field, first])),
  moves: 'volunteers',
  onCallHires: 'no',
  currency: '',
  priceSource: '',
}

/**
 * Facilities, hiring and volunteers come before moves (do no harm, "Officers"): a move that is not a volunteer's changes a life more
 * than any of them. A crossing that closes by night changes the way of everybody who crosses there, and who is brought over by night goes
 * where nobody stands: it weighs as much, and so five who are hired come before it. Ours, and no fact of the world.
 */
export const changeWeights: ChangeWeights = {
  facility: 2,
  training: 1,
  pool: 1,
  hire: 4,
  volunteerMove: 3,
  move: 20,
  movePer100Km: 1,
  dayOnly: 20,
}

/** Refused: `cover.not-a-number` {field, least, most}. An empty limit bounds nothing, and an empty price is not known. */
export function readAssumptions(typed: Typed): Decision<Assumptions> {
  const numbers = new Map<NumberField, number | null>()
  for (const field of Object.keys(numberFields).filter(isNumberField)) {
    const { least, most, first } = numberFields[field]
    const said = (typed[field] ?? first).trim()
    const number = said === '' && first === '' ? null : readWholeNumber(said)
    if (field === 'officersPerShift' && number === 1) return refuse('cover.nobody-alone', { least })
    if (number === undefined || (number !== null && (number < least || number > most)))
      return refuse('cover.not-a-number', { field, least, most })
    numbers.set(field, number)
  }
  // Every field was read above.
  const of = (field: NumberField): number => numbers.get(field) ?? 0
  const cap = (field: NumberField): number | null => numbers.get(field) ?? null // null: left empty
  return accept({
    years: of('years'),
    rules: {
      absence: of('absencePercent') / 100,
      shiftsPerPerson: of('shiftsPerPerson'),
      minutesPerPerson: of('shiftsPerPerson') * 480,
      womenPerShift: of('womenPerShift'),
      together: { women: 2, officersPerShift: of('officersPerShift') },
      facilitiesNeeded: ['toilets', 'lodging'],
      // The register knows who has offered, and nothing of who would go when asked: nobody is asked by a plan.
      moves: typed.moves === 'none' ? 'none' : 'volunteers',
      mostMoveKm: of('mostMoveKm'),
      onCall: { minutes: of('onCallMinutes'), hires: typed.onCallHires === 'yes' },
      kmPerHour: of('kmPerHour'),
      attrition: of('attritionPercent') / 100,
      leadMonths: { training: of('trainingMonths'), hiring: of('hiringMonths'), facility: of('facilityMonths') },
    },
    roster: {
      rest: 60 * of('restHours'),
      longestDuty: 60 * of('dutyHours'),
      mostOnCall: of('mostOnCall'),
      mostNights: of('mostNights'),
      mostNightsInARow: of('mostNightsInARow'),
    },
    costs: {
      training: of('costTraining'),
      move: of('costMove'),
      movePerKm: of('costMoveKm'),
      hire: of('costHire'),
      facility: { toilets: of('costToilets'), lodging: of('costLodging') },
      poolYear: of('costPool'),
      dayOnlyYear: of('costDayOnly'),
    },
    changes: changeWeights,
    caps: {
      trainings: cap('capTrainings'),
      moves: cap('capMoves'),
      hires: cap('capHires'),
      facilities: cap('capFacilities'),
      pools: null,
      dayOnly: cap('capDayOnly'),
      budget: cap('capBudget'),
    },
    prices: {
      currency: (typed.currency ?? '').trim().slice(0, 12),
      source: (typed.priceSource ?? '').trim().slice(0, 200),
      unknown: new Set(priceFields.filter((field) => cap(field) === null)),
    },
  })
}

/** The planner's rules, with the ways whose minutes the register knows. */
export const rulesOf = (
  { rules: { kmPerHour, ...rules } }: Assumptions,
  known: PlanRules['travel']['known'],
): PlanRules => ({ ...rules, travel: { kmPerHour, known } })

const isNumberField = (field: string): field is NumberField => field in numberFields
