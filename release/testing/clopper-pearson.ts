/**
 * Between which shares the true one lies, seeing `hits` of `runs`, each end wrong with a chance of at most `risk` (C. Clopper,
 * E. Pearson, Biometrika 26, 1934). By bisection on the binomial sum.
 */
export function clopperPearson(
  hits: number,
  runs: number,
  risk: number,
): { readonly low: number; readonly high: number } {
  const low = hits === 0 ? 0 : bisect((p) => 1 - atMost(hits - 1, runs, p) < risk)
  const high = hits === runs ? 1 : bisect((p) => atMost(hits, runs, p) >= risk)
  return { low, high }
}

function bisect(below: (p: number) => boolean): number {
  let [low, high] = [0, 1]
  for (let i = 0; i < 60; i++) {
    const p = (low + high) / 2
    if (below(p)) low = p
    else high = p
  }
  return (low + high) / 2
}

/** P[at most `hits` of `runs`]. */
function atMost(hits: number, runs: number, p: number): number {
  if (p <= 0) return 1
  if (p >= 1) return hits >= runs ? 1 : 0
  let log = runs * Math.log1p(-p)
  let sum = Math.exp(log)
  for (let k = 1; k <= hits; k++) {
    log += Math.log((runs - k + 1) / k) + Math.log(p) - Math.log1p(-p)
    sum += Math.exp(log)
  }
  return Math.min(1, sum)
}
