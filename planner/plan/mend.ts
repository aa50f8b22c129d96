import { wholeWomen } from './need.ts'
import { repriced } from './price.ts'
import { readProblem } from './reading.ts'
import { type Target, type TargetPost, targetOf } from './target.ts'
import type { Mending, PlanProblem } from './words.ts'

/**
 * What to mend first: for each post with uncovered shifts at the end of the first year, the next step that wins the most
 * risk-weighted shifts of 28 days for its money: a training, a pool with a neighbour, or a hire with the facilities she
 * needs. Free steps first. What a step wins elsewhere later is not counted.
 */
export function whatToMendFirst(problem: PlanProblem): readonly Mending[] {
  const read = readProblem(repriced(problem))
  if (!read.ok) return []
  const target = targetOf(read.value, 1, 'all-years')
  const steps = new Map<string, Mending>()
  const offer = (step: Mending): void => {
    const before = steps.get(step.post)
    if (step.gain > 1e-9 && (!before || worth(step) > worth(before))) steps.set(step.post, step)
  }
  for (const post of target.posts) {
    offer(training(target, post))
    offer(hiring(target, post))
  }
  for (const pool of target.pairs.flatMap((_, at) => pooling(target, at))) offer(pool)
  return [...steps.values()].sort((a, b) => worth(b) - worth(a) || b.gain - a.gain || (a.post < b.post ? -1 : 1))
}

function worth({ gain, cost }: Mending): number {
  return cost > 0 ? gain / cost : Number.POSITIVE_INFINITY
}

function covered({ shifts, ofOne }: TargetPost, women: number): number {
  return Math.min(shifts, ofOne * women)
}

function won(post: TargetPost, women: number): number {
  return post.read.post.risk * (covered(post, post.trained + women) - covered(post, post.trained))
}

function training({ reading }: Target, post: TargetPost): Mending {
  const can = Math.min(post.trainOnCall + post.trainOther, wholeWomen(Math.max(0, post.needs - post.trained)))
  return {
    post: post.read.post.key,
    actions: [{ kind: 'train', count: can }],
    facilities: [],
    cost: can * reading.problem.costs.training,
    gain: won(post, can),
  }
}

function hiring({ reading }: Target, post: TargetPost): Mending {
  const { rules, costs } = reading.problem
  // The first who come are enough not to be alone.
  const least = Math.max(1, rules.together.women - post.heads, post.read.officersNeeded - post.officers)
  const can = post.canHire && post.arrivals >= least ? least : 0
  const cost = can === 0 ? 0 : can * costs.hire + post.facilityMoney
  return {
    post: post.read.post.key,
    actions: [
      ...(post.unsafe.length > 0 ? [{ kind: 'facility' as const, count: post.unsafe.length }] : []),
      { kind: 'hire', count: can },
    ],
    facilities: post.unsafe,
    cost,
    gain: won(post, can),
  }
}

/** Told once, at the post that wins more. */
function pooling(target: Target, at: number): readonly Mending[] {
  const pair = target.pairs[at]
  const [a, b] = [target.posts[pair?.a ?? -1], target.posts[pair?.b ?? -1]]
  if (!a || !b || a.pooledWith !== null) return []
  const toA = won(a, (b.onCall * b.ofOne) / a.ofOne)
  const toB = won(b, (a.onCall * a.ofOne) / b.ofOne)
  const { costs, years } = target.reading.problem
  return [
    {
      post: (toA >= toB ? a : b).read.post.key,
      actions: [{ kind: 'pool', count: 1 }],
      facilities: [],
      cost: costs.poolYear * years,
      gain: toA + toB,
    },
  ]
}
