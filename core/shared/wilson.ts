/** The two-sided 95 % quantile of the normal distribution. */
const z = 1.959963984540054

/**
 * The 95 % score interval of a share: what a simple random sample of `n`, of whom `k` said yes, leaves open.
 *
 *   (p + z²/2n ± z √(p(1 − p)/n + z²/4n²)) / (1 + z²/n),   p = k/n
 *
 * Source: E. B. Wilson, "Probable Inference, the Law of Succession, and Statistical Inference", Journal of the American
 * Statistical Association 22 (1927) 209–212; recommended over the normal approximation by L. D. Brown, T. T. Cai and
 * A. DasGupta, "Interval Estimation for a Binomial Proportion", Statistical Science 16 (2001) 101–133. It knows nothing of
 * how the women were chosen: of a sample that was not drawn by chance it says too little.
 *
 * @param k how many said yes, a whole number from 0 to `n`
 * @param n how many were asked, at least 1
 * @returns shares from 0 to 1
 */
export function wilsonInterval(k: number, n: number): { readonly low: number; readonly high: number } {
  if (!(Number.isInteger(k) && Number.isInteger(n) && n > 0 && k >= 0 && k <= n))
    throw new RangeError('a share is of at least one, and of no more than were asked')
  const p = k / n
  const middle = p + (z * z) / (2 * n)
  const half = z * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n))
  const scale = 1 + (z * z) / n
  // At the ends the formula meets 0 and 1 exactly; rounding must not leave them.
  return { low: k === 0 ? 0 : (middle - half) / scale, high: k === n ? 1 : (middle + half) / scale }
}
