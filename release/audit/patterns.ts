import { isEndless } from './search.ts'
import type { System, Touching } from './system.ts'

/** A table of which every cell's count is known, or taken. */
export type CountedTable = {
  readonly system: System
  /** Persons in each cell. */
  readonly counts: Float64Array
  /** The least a reader knows each cell to hold while it is hidden. */
  readonly floors: Float64Array
  /** What the upper end of a cell's interval must reach while it is hidden. */
  readonly reaches: Float64Array
  readonly touching: Touching
}

/**
 * Another table that shows the same: cells moved together, each by its step, so that every sum still holds. `up` and `down`:
 * how many times it can be taken either way before a cell would be less than a reader knows it to be. It proves of each of its cells, while all
 * of them are hidden, that its value may lie `up + down` apart.
 */
export type Pattern = {
  readonly cells: Int32Array
  readonly steps: Int8Array
  readonly up: number
  readonly down: number
}

export type PatternSearch = {
  /**
   * The cheapest pattern that keeps `cell` closed, among products of one move a dimension: by price of its cells, at most
   * `below`; null where there is none. `breadth`: how many moves of a dimension are followed (all: the exact least).
   */
  readonly cheapest: (
    cell: number,
    below: number,
    breadth: number,
  ) => { readonly pattern: Pattern; readonly price: number } | null
}

/** One move within a dimension: codes by which a cell's own code is replaced, with their signs. */
type Move = { readonly shifts: Int32Array; readonly signs: Int8Array }

const biggestIndex = 1 << 24
/**
 * Ways down from a code that are followed, the largest parts first; of a code that is whole of several partitions at once,
 * so many in each.
 */
const [mostWays, partsOfEach, mostExchanged] = [48, 4, 12]

/**
 * Products of moves generalise the hypercube (Repsilber 1994): in each dimension a code is exchanged with a sibling, or taken
 * up with all wholes above it (`goesUp`), and a whole takes some of its parts along. `price` of a cell: 0 where it is hidden
 * already; endless where it may not be.
 */
export function patternSearch(
  { system, counts, floors, reaches, touching }: CountedTable,
  price: (cell: number) => number,
  {
    minimum,
    goesUp,
    leastDown = 0,
  }: {
    readonly minimum: number
    readonly goesUp: boolean
    /** How many times it must be possible to take it downwards. */
    readonly leastDown?: number
  },
): PatternSearch {
  const width = system.dimensions.length
  const sizes = system.codes.map((codes) => codes.length)
  const strides = new Float64Array(width)
  let all = 1
  for (let d = width - 1; d >= 0; d--) {
    strides[d] = all
    all *= sizes[d] ?? 1
  }
  const dense = all <= biggestIndex ? new Int32Array(all).fill(-1) : null
  const sparse = new Map<number, number>()
  const placeOf = new Float64Array(system.cells)
  for (let cell = 0; cell < system.cells; cell++) {
    let place = 0
    for (let d = 0; d < width; d++) place += (system.cellCodes[cell * width + d] ?? 0) * (strides[d] ?? 0)
    placeOf[cell] = place
    if (dense) dense[place] = cell
    else sparse.set(place, cell)
  }
  const cellAt = (place: number): number => (dense ? (dense[place] ?? -1) : (sparse.get(place) ?? -1))
  const moves = movesOf(system, counts, strides, goesUp)
  const step = new Int8Array(system.cells)

  const isKernel = (cells: readonly number[], steps: readonly number[]): boolean => {
    for (const [k, cell] of cells.entries()) step[cell] = steps[k] ?? 0
    let holds = true
    for (const cell of cells) {
      for (let t = touching.starts[cell] ?? 0; holds && t < (touching.starts[cell + 1] ?? 0); t++) {
        const sum = touching.sums[t] ?? 0
        let rest = -(step[system.sums.whole[sum] ?? 0] ?? 0)
        for (let k = system.sums.starts[sum] ?? 0; k < (system.sums.starts[sum + 1] ?? 0); k++) {
          rest += step[system.sums.parts[k] ?? 0] ?? 0
        }
        holds = rest === 0
      }
    }
    for (const cell of cells) step[cell] = 0
    return holds
  }

  const cheapest: PatternSearch['cheapest'] = (cell, below, breadth) => {
    const own = counts[cell] ?? 0
    const reach = reaches[cell] ?? minimum
    let best: { pattern: Pattern; price: number } | null = null
    let bound = below
    // Dimensions with the fewest moves first: what must be paid anyway is paid early, and cuts the rest.
    const order = Array.from({ length: width }, (_, d) => d)
      .map((d) => ({ d, list: moves[d]?.[system.cellCodes[cell * width + d] ?? 0] ?? [] }))
      .sort((a, b) => a.list.length - b.list.length)
    const goDown = (
      level: number,
      places: readonly number[],
      signs: readonly number[],
      paid: number,
      up: number,
      down: number,
    ): void => {
      if (level === width) {
        const cells: number[] = []
        const steps: number[] = []
        for (const [k, place] of places.entries()) {
          const at = cellAt(place)
          if (at < 0) continue
          cells.push(at)
          steps.push(signs[k] ?? 0)
        }
        if (!isKernel(cells, steps)) return
        bound = paid
        best = { pattern: { cells: Int32Array.from(cells), steps: Int8Array.from(steps), up, down }, price: paid }
        return
      }
      const options: { move: Move; added: number; up: number; down: number }[] = []
      for (const move of order[level]?.list ?? []) {
        let [added, nextUp, nextDown] = [0, up, down]
        // The first of a move is the code itself, whose cells are paid for already.
        for (let m = 1; m < move.shifts.length && paid + added < bound; m++) {
          const [shift, sign] = [move.shifts[m] ?? 0, move.signs[m] ?? 0]
          for (let k = 0; k < places.length; k++) {
            const at = cellAt((places[k] ?? 0) + shift)
            if (at < 0) continue
            added += price(at)
            const room = (counts[at] ?? 0) - (floors[at] ?? 0)
            if (sign * (signs[k] ?? 0) > 0) nextDown = Math.min(nextDown, room)
            else nextUp = Math.min(nextUp, room)
          }
        }
        if (paid + added >= bound || own + nextUp < reach || nextUp + nextDown < minimum - 1 || nextDown < leastDown)
          continue
        options.push({ move, added, up: nextUp, down: nextDown })
      }
      options.sort((a, b) => a.added - b.added)
      for (const option of options.slice(0, breadth)) {
        if (paid + option.added >= bound) break
        const nextPlaces: number[] = []
        const nextSigns: number[] = []
        for (let m = 0; m < option.move.shifts.length; m++) {
          for (const [k, place] of places.entries()) {
            nextPlaces.push(place + (option.move.shifts[m] ?? 0))
            nextSigns.push((signs[k] ?? 0) * (option.move.signs[m] ?? 0))
          }
        }
        goDown(level + 1, nextPlaces, nextSigns, paid + option.added, option.up, option.down)
      }
    }
    goDown(0, [placeOf[cell] ?? 0], [1], 0, Number.POSITIVE_INFINITY, own - (floors[cell] ?? 0))
    return best
  }
  return { cheapest }
}

/** By dimension and code: the moves of that code, as shifts of a cell's place in the index. */
function movesOf(
  { dimensions, codes, cells, cellCodes }: System,
  counts: Float64Array,
  strides: Float64Array,
  goesUp: boolean,
): readonly (readonly (readonly Move[])[])[] {
  const width = dimensions.length
  return dimensions.map(({ partitions }, d) => {
    const number = new Map(codes[d]?.map((code, index) => [code, index]))
    const size = new Float64Array(codes[d]?.length ?? 0)
    for (let cell = 0; cell < cells; cell++) {
      const code = cellCodes[cell * width + d] ?? 0
      size[code] = (size[code] ?? 0) + (counts[cell] ?? 0)
    }
    const lists = partitions.map(({ whole, parts }) => ({
      whole: number.get(whole) ?? -1,
      parts: parts.map((part) => number.get(part) ?? -1),
    }))
    /** A code alone, or with a way down through each of the partitions it is whole of. */
    const downwards = (code: number): readonly (readonly number[])[] => {
      let ways: readonly (readonly number[])[] = [[code]]
      const own = lists.filter(({ whole }) => whole === code)
      const followed = own.length > 1 ? partsOfEach : mostWays
      for (const { parts } of own) {
        const largest = [...parts].sort((a, b) => (size[b] ?? 0) - (size[a] ?? 0)).slice(0, followed)
        const below = largest.flatMap((part) => downwards(part).slice(0, followed))
        ways = ways.flatMap((way) => [...below.map((part) => [...way, ...part]), way])
      }
      return ways.slice(0, 3 * mostWays)
    }
    const upwards = (code: number): readonly number[] => {
      const over = lists.find(({ parts }) => parts.includes(code))
      return over === undefined ? [] : [over.whole, ...upwards(over.whole)]
    }
    const move = (own: number, plus: readonly number[], minus: readonly number[]): Move => ({
      shifts: Int32Array.from([...plus, ...minus], (code) => (code - own) * (strides[d] ?? 0)),
      signs: Int8Array.from([...plus.map(() => 1), ...minus.map(() => -1)]),
    })
    const siblingsOf = (code: number): ReadonlySet<number> => {
      const siblings = new Set(lists.filter(({ parts }) => parts.includes(code)).flatMap(({ parts }) => parts))
      siblings.delete(code)
      return siblings
    }
    return Array.from(size, (_, code) => {
      const down = downwards(code)
      const above = upwards(code)
      if (above.length === 0) return down.map((way) => move(code, way, []))
      const found: Move[] = []
      // Exchanged with a sibling; or moved along with the wholes above it, up to one that is exchanged with its sibling.
      for (const [level, from] of [code, ...above].entries()) {
        const siblings = siblingsOf(from)
        const taken = above.slice(0, level)
        for (const sibling of siblings) {
          for (const way of down.slice(0, mostExchanged)) {
            for (const other of downwards(sibling).slice(0, mostExchanged))
              found.push(move(code, [...way, ...taken], other))
          }
        }
        // Alone among its parts it is its whole by another name, and moves only with it.
        if (siblings.size > 0 && !goesUp) break
      }
      if (goesUp) for (const way of down.slice(0, mostExchanged)) found.push(move(code, [...way, ...above], []))
      return found
    })
  })
}

/** Whether a pattern keeps a hidden cell closed: it may hold as many persons as it must, and its ends lie far enough apart. */
export function keepsClosed(
  pattern: Pattern,
  place: number,
  { counts, reaches }: CountedTable,
  minimum: number,
): boolean {
  const cell = pattern.cells[place] ?? 0
  const step = pattern.steps[place] ?? 0
  const most = (counts[cell] ?? 0) + Math.abs(step) * (step > 0 ? pattern.up : pattern.down)
  const apart = Math.abs(step) * (pattern.up + pattern.down)
  return (isEndless(most) || most >= (reaches[cell] ?? minimum)) && apart >= minimum - 1
}
