import type { OpenShift, PlanRules, Post } from './words.ts'

/** Shifts of 28 days that need a trained woman, once for each woman a shift needs: 84 for 24 hours with one. */
export function shiftsNeeded(shifts: readonly OpenShift[], rules: Pick<PlanRules, 'womenPerShift'>): number {
  return shifts.reduce((sum, { daysAWeek }) => sum + 4 * daysAWeek, 0) * rules.womenPerShift
}

/**
 * Shifts that one woman covers in 28 days, after absence: 19 of 20 at 5 %. Long shifts are bounded by her minutes: of
 * 12 hours she works 13.3, not 20. Shifts of different lengths count by their mean.
 */
export function shiftsOfOne(
  shifts: readonly OpenShift[],
  rules: Pick<PlanRules, 'absence' | 'shiftsPerPerson' | 'minutesPerPerson'>,
): number {
  const days = shifts.reduce((sum, { daysAWeek }) => sum + daysAWeek, 0)
  const minutes = shifts.reduce((sum, shift) => sum + shift.daysAWeek * shift.minutes, 0)
  if (minutes === 0) return 0
  return Math.min(rules.shiftsPerPerson, (rules.minutesPerPerson * days) / minutes) * (1 - rules.absence)
}

/** Trained women that `shifts` need, as a fraction: 24 hours need 4.42 at 5 % absence, 4.94 at 15 %, 5.25 at 20 %. */
export function womenNeeded(shifts: readonly OpenShift[], rules: PlanRules): number {
  const ofOne = shiftsOfOne(shifts, rules)
  return ofOne === 0 ? 0 : shiftsNeeded(shifts, rules) / ofOne
}

/** Whole women: 4.42 is 5. What rounding of floating point adds to a whole number is not a woman more, and no woman is not minus none. */
export const wholeWomen = (women: number): number => Math.ceil(women - 1e-9) + 0

/** All officers, of whatever sex, without whom somebody would stand on a shift alone. */
export function officersNeeded(post: Post, rules: PlanRules): number {
  const { officersPerShift } = rules.together
  return wholeWomen(womenNeeded(post.shifts, { ...rules, womenPerShift: officersPerShift }))
}

export type ShiftCover = { readonly key: string; readonly needed: number; readonly covered: number }

/** What so many trained women cover, whole shifts of the day first, in the order of the post. */
export function shiftsCovered(post: Post, trained: number, rules: PlanRules): readonly ShiftCover[] {
  let left = trained * shiftsOfOne(post.shifts, rules)
  return post.shifts.map(({ key, daysAWeek }) => {
    const needed = 4 * daysAWeek * rules.womenPerShift
    const covered = Math.min(needed, left)
    left -= covered
    return { key, needed, covered }
  })
}
