/** A stream of chance that a seed decides wholly: the same seed gives the same draws on every machine. */
export type Chance = {
  /** Evenly between 0 and 1, neither of them. */
  readonly uniform: () => number
  /** Of shape `shape` and scale 1. */
  readonly gamma: (shape: number) => number
  /** How many of `n` do what each does with probability `p`. */
  readonly binomial: (n: number, p: number) => number
}

/** @param seed any whole number */
export function chanceOf(seed: number): Chance {
  const uniform = uniformOf(seed)
  const normal = normalOf(uniform)
  return {
    uniform,
    gamma: (shape) => gamma(uniform, normal, shape),
    binomial: (n, p) => (p > 0.5 ? n - binomial(uniform, n, 1 - p) : binomial(uniform, n, p)),
  }
}

/**
 * sfc32 (C. Doty-Humphrey, PractRand): 128 bits of state, small and fast in whole numbers of 32 bits. They lie in a typed
 * array: in a variable each would be made anew on the heap, since some engines have 31 bits for a whole number.
 */
function uniformOf(seed: number): () => number {
  const state = Int32Array.of(seed, Math.floor(seed / 2 ** 32), 0x9e3779b9, 1)
  const next = (): number => {
    const [a, b, c, counter] = [state[0] ?? 0, state[1] ?? 0, state[2] ?? 0, state[3] ?? 0]
    const out = (a + b + counter) | 0
    state[0] = b ^ (b >>> 9)
    state[1] = c + (c << 3)
    state[2] = ((c << 21) | (c >>> 11)) + out
    state[3] = counter + 1
    return ((out >>> 0) + 0.5) / 2 ** 32
  }
  // Seeds that lie close together part only after some rounds.
  for (let i = 0; i < 15; i++) next()
  return next
}

/** Marsaglia's polar method; of the two it gives at a time one is kept. */
function normalOf(uniform: () => number): () => number {
  const spare = Float64Array.of(Number.NaN)
  return () => {
    const kept = spare[0] ?? Number.NaN
    spare[0] = Number.NaN
    if (!Number.isNaN(kept)) return kept
    for (;;) {
      const x = 2 * uniform() - 1
      const y = 2 * uniform() - 1
      const square = x * x + y * y
      if (square >= 1) continue
      const scale = Math.sqrt((-2 * Math.log(square)) / square)
      spare[0] = y * scale
      return x * scale
    }
  }
}

/** Marsaglia & Tsang, "A simple method for generating gamma variables", ACM TOMS 26 (2000). Shape 0 is always 0. */
function gamma(uniform: () => number, normal: () => number, shape: number): number {
  if (shape <= 0) return 0
  if (shape < 1) return gamma(uniform, normal, shape + 1) * uniform() ** (1 / shape)
  const d = shape - 1 / 3
  const c = 1 / Math.sqrt(9 * d)
  for (;;) {
    const x = normal()
    const root = 1 + c * x
    if (root <= 0) continue
    const v = root * root * root
    if (Math.log(uniform()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v
  }
}

/** `p` at most a half. Few are counted up one by one; many are drawn by BTRS. */
function binomial(uniform: () => number, n: number, p: number): number {
  if (n <= 0 || p <= 0) return 0
  return n * p < 10 ? countUp(uniform, n, p) : transformed(uniform, n, p)
}

/** By inversion (Kachitvichyanukul & Schmeiser 1988, BINV): the expected number of steps is the expected number of people. */
function countUp(uniform: () => number, n: number, p: number): number {
  const odds = p / (1 - p)
  for (;;) {
    let left = uniform()
    let probability = Math.exp(n * Math.log1p(-p))
    for (let k = 0; k <= n; k++) {
      if (left < probability) return k
      left -= probability
      probability *= (odds * (n - k)) / (k + 1)
    }
    // What rounding left over: drawn anew.
  }
}

/** BTRS: Hörmann, "The generation of binomial random variates", J. Stat. Comput. Simul. 46 (1993). For n p of ten and more. */
function transformed(uniform: () => number, n: number, p: number): number {
  const spread = Math.sqrt(n * p * (1 - p))
  const b = 1.15 + 2.53 * spread
  const a = -0.0873 + 0.0248 * b + 0.01 * p
  const c = n * p + 0.5
  const squeeze = 0.92 - 4.2 / b
  for (;;) {
    const u = uniform() - 0.5
    let v = uniform()
    const us = 0.5 - Math.abs(u)
    const k = Math.floor(((2 * a) / us + b) * u + c)
    if (us >= 0.07 && v <= squeeze) return k
    if (k < 0 || k > n) continue
    const odds = p / (1 - p)
    const m = Math.floor((n + 1) * p)
    v = Math.log((v * (2.83 + 5.1 / b) * spread) / (a / (us * us) + b))
    const bound =
      (m + 0.5) * Math.log((m + 1) / (odds * (n - m + 1))) +
      (n + 1) * Math.log((n - m + 1) / (n - k + 1)) +
      (k + 0.5) * Math.log((odds * (n - k + 1)) / (k + 1)) +
      stirling(m) +
      stirling(n - m) -
      stirling(k) -
      stirling(n - k)
    if (v <= bound) return k
  }
}

/** What Stirling's formula leaves of the logarithm of k!. */
function stirling(k: number): number {
  const known = small[k]
  if (known !== undefined) return known
  const square = (k + 1) * (k + 1)
  return (1 / 12 - (1 / 360 - 1 / 1260 / square) / square) / (k + 1)
}

const small = [
  0.0810614667953272, 0.0413406959554092, 0.0276779256849983, 0.020790672103765, 0.0166446911898211, 0.013876128823071,
  0.0118967099458917, 0.010411265261972, 0.00925546218271273, 0.00833056343336287,
]
