import type { Action, FacilityKey, PlanCosts } from '@lentera/planner/plan'
import type { Say } from './say-plan.ts'

/** What an agency pays, each of it its own to say. */
export const priceFields = [
  'costTraining',
  'costHire',
  'costMove',
  'costMoveKm',
  'costToilets',
  'costLodging',
  'costPool',
  'costDayOnly',
] as const
export type PriceField = (typeof priceFields)[number]

/** What of the prices is known. The planner counts what is not known as nothing; no screen and no page may. */
export type Prices = {
  readonly currency: string
  /** Where the agency has them from. */
  readonly source: string
  readonly unknown: ReadonlySet<PriceField>
}

/** Costs as they are told: a sum of what has a price, and how many steps have none. Never 0 for what nobody knows. */
export function sayCost(actions: readonly Action[], prices: Prices, { t, format }: Pick<Say, 't' | 'format'>): string {
  const priced = actions.filter((action) => hasPrice(action, prices))
  const without = actions.length - priced.length
  const sum =
    `${format.number(Math.round(priced.reduce((total, { cost }) => total + cost, 0)))} ${prices.currency}`.trim()
  if (without === 0) return sum
  return priced.length === 0 ? t('cover.cost-none') : t('cover.cost-part', { sum, count: without })
}

export const hasPrice = (action: Action, prices: Prices): boolean =>
  isPriced(action.kind, action.kind === 'facility' ? action.facility : undefined, prices)

/** Whether all that a step of a kind costs is known. */
export const isPriced = (kind: Action['kind'], facility: FacilityKey | undefined, { unknown }: Prices): boolean =>
  fieldsOf(kind, facility).every((field) => !unknown.has(field))

function fieldsOf(kind: Action['kind'], facility: FacilityKey | undefined): readonly PriceField[] {
  switch (kind) {
    case 'train':
      return ['costTraining']
    case 'hire':
      return ['costHire']
    case 'move':
      return ['costMove', 'costMoveKm']
    case 'pool':
      return ['costPool']
    case 'day-only':
      return ['costDayOnly']
    case 'facility':
      return [facility === 'lodging' ? 'costLodging' : 'costToilets']
  }
}

/** One unit price, as it was given. */
export function priceOf(costs: PlanCosts, field: PriceField): number {
  const of: Readonly<Record<PriceField, number | undefined>> = {
    costTraining: costs.training,
    costHire: costs.hire,
    costMove: costs.move,
    costMoveKm: costs.movePerKm,
    costToilets: costs.facility.toilets,
    costLodging: costs.facility.lodging,
    costPool: costs.poolYear,
    costDayOnly: costs.dayOnlyYear,
  }
  return of[field] ?? 0
}
