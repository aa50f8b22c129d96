import type { Action, Gap, HumaneOption } from '@lentera/planner/plan'
import { forgoneBy, isOfOption, isSaid, type Say } from './say-plan.ts'

/** Read first is whose life changes: hours that are taken away and moves, then hiring and training, and last what is built. */
const kinds: readonly Action['kind'][] = ['day-only', 'move', 'hire', 'train', 'pool', 'facility']

/** What a sheet may have no room for comes last. */
export const gravestFirst = (a: Action, b: Action): number =>
  a.year - b.year || kinds.indexOf(a.kind) - kinds.indexOf(b.kind)

/** All steps of a plan by kind, the gravest first, one line each: complete however many there are. */
export function sumSteps(actions: readonly Action[], { t }: Pick<Say, 't'>): readonly string[] {
  const lineOf = (key: string, of: readonly Action[]): readonly string[] => {
    if (of.length === 0) return []
    const count = of.reduce((sum, action) => sum + action.count, 0)
    const posts = new Set(of.map((action) => ('post' in action ? action.post : undefined))).size
    return [t(`cover.sum.${key}`, { count, posts })]
  }
  return kinds.flatMap((kind) => {
    const of = actions.filter((action) => action.kind === kind)
    switch (kind) {
      case 'move':
        return [
          ...lineOf(
            'move',
            of.filter((action) => action.kind === 'move' && !action.isVolunteer),
          ),
          ...lineOf(
            'volunteer',
            of.filter((action) => action.kind === 'move' && action.isVolunteer),
          ),
        ]
      case 'train':
        return [
          ...lineOf(
            'train',
            of.filter((action) => action.kind === 'train' && !action.isRenewal),
          ),
          ...lineOf(
            'renew',
            of.filter((action) => action.kind === 'train' && action.isRenewal),
          ),
        ]
      default:
        return lineOf(kind, of)
    }
  })
}

/**
 * All posts that stay open: how many for which cause, with their shifts; and of those that cannot be covered what stands in the way, at
 * how many posts. A post may have several reasons.
 */
export function sumGaps(gaps: readonly Gap[], option: HumaneOption['key'], { t, format }: Say): readonly string[] {
  const causes = (['impossible', 'shared', 'chosen'] as const).flatMap((why) => {
    const of = gaps.filter((gap) => gap.why === why)
    const shifts = format.number(Math.round(of.reduce((sum, { uncovered }) => sum + uncovered, 0)))
    return of.length === 0 ? [] : [t(`cover.sum.why-${why}`, { posts: of.length, shifts })]
  })
  const posts = new Map<string, number>()
  for (const gap of gaps)
    if (gap.why === 'impossible')
      for (const reason of reasonsOf(gap, option)) posts.set(reason, (posts.get(reason) ?? 0) + 1)
  const reasons = [...posts]
    .toSorted(([, one], [, other]) => other - one)
    .map(([reason, count]) => `${t(`cover.sum.because-${reason}`)} (${format.number(count)})`)
  return reasons.length === 0 ? causes : [...causes, t('cover.sum.reasons', { reasons: reasons.join('; ') })]
}

function reasonsOf({ proof }: Gap, option: HumaneOption['key']): ReadonlySet<string> {
  const forgone = forgoneBy(option)
  return new Set(
    proof.parts.flatMap(({ way, because }) =>
      because.filter(isSaid).map(({ code }) => (way === forgone && isOfOption.has(code) ? `option-${way}` : code)),
    ),
  )
}

/**
 * As many of the steps as there is room for, in their own order, of each kind some: a sheet of one kind alone says nothing of the
 * others. Steps whose kind is not known count as one kind.
 */
export function spread<S extends { readonly kind?: Action['kind'] }>(steps: readonly S[], most: number): readonly S[] {
  if (steps.length <= most) return steps
  const nthOfKind = new Map<Action['kind'] | undefined, number>()
  const turns = steps.map((step, at) => {
    const turn = nthOfKind.get(step.kind) ?? 0
    nthOfKind.set(step.kind, turn + 1)
    return { at, turn }
  })
  const taken = new Set(
    turns
      .toSorted((a, b) => a.turn - b.turn || a.at - b.at)
      .slice(0, most)
      .map(({ at }) => at),
  )
  return steps.filter((_, at) => taken.has(at))
}
