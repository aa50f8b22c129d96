import { randomFillSync } from 'node:crypto'
import type { RandomBits } from '@lentera/release/microdata'

/** 32 bits at a time from the machine's secure source. */
export function secureBits(): RandomBits {
  const held = new Uint32Array(4096)
  let at = held.length
  return () => {
    if (at === held.length) {
      randomFillSync(held)
      at = 0
    }
    return held[at++] ?? 0
  }
}
