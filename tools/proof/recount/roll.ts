/** Choices that follow from one number (mulberry32): what a property has found can be thrown again. */
export class Roll {
  #state: number

  constructor(seed: number) {
    this.#state = seed >>> 0
  }

  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }

  int(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1))
  }

  chance(share: number): boolean {
    return this.next() < share
  }

  of<T>(list: readonly T[]): T {
    const chosen = this.maybe(list)
    if (chosen === undefined) throw new RangeError('nothing to choose from')
    return chosen
  }

  maybe<T>(list: readonly T[]): T | undefined {
    return list[this.int(0, list.length - 1)]
  }

  /** Some of a list, one at least, in its order. */
  some<T>(list: readonly T[]): T[] {
    const sure = this.int(0, list.length - 1)
    return list.filter((_, i) => i === sure || this.chance(0.4))
  }

  /** Some of these fields, one at least. */
  fields<T>(all: Readonly<Record<string, T>>): Record<string, T> {
    return Object.fromEntries(this.some(Object.entries(all)))
  }
}
