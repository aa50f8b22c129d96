/**
 * A stream of random bits, taken in whole numbers of 32 of them (0 to 2^32 - 1). In use it comes from the machine's
 * secure source, in tests and where a seed was asked for from `seededBits`. Nothing in `release/` makes its own.
 */
export type RandomBits = () => number

/**
 * Evenly one of 0 to `below - 1`, exactly: numbers that would favour some are thrown away.
 *
 * @param below a whole number from 1 to 2^53
 */
export function evenly(bits: RandomBits, below: number): number {
  if (below <= 1) return 0
  if (below <= 0x1_0000_0000) {
    const limit = 0x1_0000_0000 - (0x1_0000_0000 % below)
    for (;;) {
      const drawn = bits()
      if (drawn < limit) return drawn % below
    }
  }
  const limit = 2 ** 53 - (2 ** 53 % below)
  for (;;) {
    const drawn = (bits() >>> 11) * 0x1_0000_0000 + bits()
    if (drawn < limit) return drawn % below
  }
}

/** A number in [0, 1) of 53 bits, for search and sampling after the noise; never for the noise itself. */
export function fraction(bits: RandomBits): number {
  return ((bits() >>> 11) * 0x1_0000_0000 + bits()) / 2 ** 53
}

/**
 * The same bits for the same seed on every machine: sfc32 (C. Doty-Humphrey, PractRand). It can be guessed by whoever
 * knows or tries the seed, so what was made with it is not for publication.
 *
 * @param seed any whole number
 */
export function seededBits(seed: number): RandomBits {
  const state = Int32Array.of(seed, Math.floor(seed / 2 ** 32), 0x9e3779b9, 1)
  const next = (): number => {
    const [a, b, c, counter] = [state[0] ?? 0, state[1] ?? 0, state[2] ?? 0, state[3] ?? 0]
    const out = (a + b + counter) | 0
    state[0] = b ^ (b >>> 9)
    state[1] = c + (c << 3)
    state[2] = ((c << 21) | (c >>> 11)) + out
    state[3] = counter + 1
    return out >>> 0
  }
  // Seeds that lie close together part only after some rounds.
  for (let i = 0; i < 15; i++) next()
  return next
}
