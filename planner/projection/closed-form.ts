/**
 * The share of women where women and men leave alike: what is left of the first stock, and recruits for the rest. The fixed
 * point of Bartholomew, Forbes & McClean (1991), ch. 4, for one grade: share(t) = q + (s0 - q) k, k = ((1 - a) / (1 + g))^t.
 */
export type Alike = {
  /** The share of women at the beginning. */
  readonly from: number
  /** Of all officers, who leaves within a year. */
  readonly exit: number
  /** Of the strength, from one year to the next; not below `-exit`, where nobody is recruited. */
  readonly growth: number
  readonly years: number
}

/** The share of women after so many years in which `intake` of all recruits are women. */
export function shareAfter({ from, exit, growth, years }: Alike, intake: number): number {
  return intake + (from - intake) * keptOf(exit, growth, years)
}

/** The share of women among recruits that leads to `share`: above 1 it cannot be reached in these years, below 0 it is passed anyway. */
export function intakeFor({ from, exit, growth, years }: Alike, share: number): number {
  const kept = keptOf(exit, growth, years)
  return (share - from * kept) / (1 - kept)
}

/** Of an agency's officers at the end, who was there at the beginning. */
const keptOf = (exit: number, growth: number, years: number): number => ((1 - exit) / (1 + growth)) ** years
