import type { StreamId } from '../../shared/ids.ts'
import { accept, type Decision, refuse } from '../../shared/refusals.ts'
import type { Budget } from './project.ts'
import { type Loss, noLoss, type Population, populationKey } from './words.ts'

/** What the making of one content spent: whether it is ever released or not, for it was looked at, and choosing among draws tells. */
export type Spending = Loss & { readonly publication: StreamId }

/** One line of the ledger: what was left before and after. */
export type LedgerLine = Spending & { readonly before: Loss; readonly after: Loss }

export type Ledger = {
  readonly population: Population
  /** Null where no protection officer has set one: then nothing may be spent. */
  readonly budget: Loss | null
  readonly lines: readonly LedgerLine[]
  readonly spent: Loss
  readonly left: Loss
  /** Entries that came late can have lowered the budget below what was spent: shown, and nothing more may be spent. */
  readonly isOverspent: boolean
}

/**
 * The ledger of one population: what its releases spent, in the order they were made. Plain sums, which are sound whatever the
 * releases have to do with one another (`Loss`). Of several budgets of one population the smallest of each amount counts.
 *
 * @param spendings of this population alone, in the order of their making
 */
export function ledgerOf(population: Population, budgets: readonly Budget[], spendings: readonly Spending[]): Ledger {
  const key = populationKey(population)
  const own = budgets.filter((each) => populationKey(each.population) === key)
  const budget =
    own.length === 0
      ? null
      : { epsilon: Math.min(...own.map(({ epsilon }) => epsilon)), delta: Math.min(...own.map(({ delta }) => delta)) }
  const lines: LedgerLine[] = []
  let spent = noLoss
  for (const spending of spendings) {
    const next = { epsilon: spent.epsilon + spending.epsilon, delta: spent.delta + spending.delta }
    lines.push({ ...spending, before: leftOf(budget, spent), after: leftOf(budget, next) })
    spent = next
  }
  const isOverspent = budget !== null && (spent.epsilon > budget.epsilon || spent.delta > budget.delta)
  return { population, budget, lines, spent, left: leftOf(budget, spent), isOverspent }
}

function leftOf(budget: Loss | null, spent: Loss): Loss {
  if (budget === null) return noLoss
  return {
    epsilon: Math.max(0, budget.epsilon - spent.epsilon),
    delta: Math.max(0, budget.delta - spent.delta),
  }
}

/**
 * Whether a content may be made that spends this. Refused: `publication.no-budget`, `publication.overspends` {asked, left,
 * budget}, `publication.overspends-delta` {asked, left}; each says what is left, which is what is allowed instead.
 *
 * @returns what will be left
 */
export function maySpend({ budget, left }: Ledger, loss: Loss): Decision<Loss> {
  if (loss.epsilon === 0 && loss.delta === 0) return accept(left)
  if (budget === null) return refuse('publication.no-budget')
  if (loss.epsilon > left.epsilon) {
    const [asked, most, whole] = [loss.epsilon, left.epsilon, budget.epsilon].map(inOnes)
    return refuse('publication.overspends', { asked: asked ?? '', left: most ?? '', budget: whole ?? '' })
  }
  if (loss.delta > left.delta)
    return refuse('publication.overspends-delta', { asked: inPowers(loss.delta), left: inPowers(left.delta) })
  return accept({ epsilon: left.epsilon - loss.epsilon, delta: left.delta - loss.delta })
}

/** Thousandths as they are read: 400 is `0.4`. */
export const inOnes = (thousandths: number): string => String(thousandths / 1000)

/** Units of 10^-12 as they are read: 1,000,000 is `1e-6`. */
export const inPowers = (units: number): string => (units === 0 ? '0' : (units / 1e12).toExponential())
