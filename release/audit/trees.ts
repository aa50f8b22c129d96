import { endless } from './published.ts'

/** What is shown along one dimension, all others held, by number of the code; -1 where there is no row. */
export type Line = { readonly least: number[]; readonly most: number[]; readonly isFull: boolean }

/** A whole and its parts, as numbers of codes. */
export type Found = { readonly whole: number; readonly parts: readonly number[] }

/**
 * What it rests on that codes of a dimension add up as they are taken to. `rules`: somebody said so; `names`: a code is called a total;
 * `figures`: nothing else is left by them; `nothing`: nothing adds up, nor could it; `unsettled`: something else could hold as well.
 */
export type RestsOn = 'rules' | 'names' | 'figures' | 'nothing' | 'unsettled'

/** Of so many lines or more a small share may fail: files have mistakes. Of fewer all must hold. */
const [manyLines, leastShare] = [20, 0.95]

/** Of a total by its name so many lines are enough, and so many times those that speak against it. */
const linesEnough = 3

/** So many lines must hold where others have no row of the whole. */
const leastBeside = 3

/**
 * Whether the parts make up the whole: in every line that can be checked, and there is one; in none of many lines, but for a small share;
 * or nothing can be said (`open`). In a line of a table without a hidden cell a part that has no row is nobody. In another it may be
 * anybody, unless the rest reach the whole already. Where a whole has no row beside its parts (`isRoot` not), a few lines more must hold.
 */
export function trial(
  lines: readonly Line[],
  whole: number,
  parts: readonly number[],
  isRoot: boolean,
): 'holds' | 'fails' | 'open' {
  let [checked, failed, missing] = [0, 0, 0]
  const mayFail = lines.length < manyLines ? 0 : (1 - leastShare) * lines.length
  for (const { least, most, isFull } of lines) {
    const [low, high] = [least[whole] ?? -1, most[whole] ?? -1]
    let [partsLow, partsHigh, there, absent, isKnown] = [0, 0, 0, 0, true]
    for (const part of parts) {
      const [l, h] = [least[part] ?? -1, most[part] ?? -1]
      if (l < 0) absent++
      else {
        there++
        partsLow += l
        partsHigh += h
        if (l < h) isKnown = false
      }
    }
    if (there === 0) continue
    if (low < 0) {
      if (partsLow > 0) missing++
      continue
    }
    if (absent > 0 && !isFull) partsHigh = endless
    if (partsLow > high || partsHigh < low) failed++
    else if (isKnown && low === high && low > 0 && partsLow === low && there > 1) checked++
    if (failed > mayFail) return 'fails'
  }
  if (!isRoot && missing > 0 && checked < leastBeside) return 'fails'
  if (checked === 0) return failed > 0 ? 'fails' : 'open'
  return failed === 0 || (checked >= manyLines && failed <= (1 - leastShare) * (checked + failed)) ? 'holds' : 'fails'
}

export type Trees = {
  /** What is taken first; then what else holds as well. Deeper wholes come first. */
  readonly structures: readonly (readonly Found[])[]
  /** Whether nothing else could hold: worked out when it is asked for. */
  readonly isSettled: () => boolean
}

export type Codes = {
  readonly count: number
  readonly lines: readonly Line[]
  /** The code that is called the total, or -1; it is part of nothing. */
  readonly root: number
  /** Not tried: there are too many codes, so that only the one called the total is the whole. */
  readonly isTried: boolean
  /** Codes that are likely the whole by their name, and codes that are never one. */
  readonly isLikelyRoot: (code: number) => boolean
  readonly isNeverWhole: (code: number) => boolean
}

/** Sums and structures that are looked at, nodes of one search, and lines by which it is cut short. */
const [mostSums, mostStructures, mostSteps, mostSieves] = [40, 400, 4000, 48]

/**
 * Every way in which the codes of a dimension can be wholes and parts by what is shown: sums that hold in a line that shows all of them, and fail in
 * none, put together to trees; the codes by themselves say nothing of it in which order they stand. The fullest that ends in the code called the total comes
 * first.
 */
export function treesOf(codes: Codes): Trees {
  const { count, lines, root, isNeverWhole } = codes
  const others = Array.from({ length: count }, (_, code) => code).filter((code) => code !== root)
  const wholes = others.filter((code) => !isNeverWhole(code))
  if (!codes.isTried)
    return {
      structures: [root < 0 ? [] : [{ whole: root, parts: others }]],
      isSettled: () => true,
    }
  const isFlat = root >= 0 && !isExceeded(root, others, lines)
  const sums: Found[] = []
  let isWhole = true
  for (const whole of wholes) {
    if (sums.length >= mostSums) isWhole = false
    else {
      const found = sumsOf(whole, codes, others)
      sums.push(...found.sums)
      if (!found.isWhole) isWhole = false
    }
  }
  const forests = forestsOf(sums)
  const ended = forests.map((forest) => endedAt(forest, codes, others))
  const holding = ended.filter(({ end }) => end !== 'fails')
  const ranked = (holding.length > 0 ? holding : ended).toSorted(
    (a, b) =>
      // What is called a total is that of all others, as long as no line speaks against it.
      (isFlat ? a.sums.length - b.sums.length : 0) ||
      Number(b.end === 'holds') - Number(a.end === 'holds') ||
      a.tops - b.tops ||
      b.checked - a.checked ||
      b.sums.length - a.sums.length ||
      (keyOf(a.sums) < keyOf(b.sums) ? -1 : 1),
  )
  const [first] = ranked
  if (first === undefined) return { structures: [[]], isSettled: () => false }
  const expand = expansion(first.sums, root)
  const implied = (sum: Found): boolean => sameCodes(expand([sum.whole]), expand(sum.parts))
  const rivals = ranked.filter(({ sums: all }) => all.some((sum) => sum.whole !== root && !implied(sum)))
  // Sums that no searched line shows are looked for by `couldBeWhole`.
  const isOnlyOne =
    isWhole && holding.length > 0 && rivals.length === 0 && isCertain(first.sums, first.end === 'holds', codes)
  const isSettled = (): boolean => isOnlyOne && !wholes.some((whole) => couldBeWhole(whole, codes, others, implied))
  return { structures: [first.sums, ...rivals.map(({ sums: all }) => all)], isSettled }
}

/** The tree's sums, and that of what is part of nothing: of the code called the total, or likely the whole by its name. */
function endedAt(forest: readonly Found[], { lines, root, isLikelyRoot }: Codes, others: readonly number[]) {
  const parts = new Set(forest.flatMap((sum) => sum.parts))
  const tops = others.filter((code) => !parts.has(code))
  const checked = forest.reduce((all, { whole, parts: its }) => all + checkedLines(lines, whole, its).length, 0)
  const likely = root >= 0 || tops.length < 3 ? undefined : tops.find(isLikelyRoot)
  const end = root >= 0 ? root : likely
  const below = tops.filter((code) => code !== end)
  const sorted = deepestFirst(forest)
  if (end === undefined) return { sums: sorted, tops: tops.length, checked, end: 'open' as const }
  // Of a total by its name that is more than all others rows were left out.
  const isShort = root >= 0 && forest.length === 0 && !isExceeded(root, below, lines)
  const tried = trial(lines, end, below, true)
  if (tried === 'fails') {
    // A group of one code has a row beside that code's: counted twice, nothing reaches the total.
    const alone = twinsAmong(below, lines)
    const once = below.filter((code) => !alone.some(({ parts }) => parts.includes(code)))
    if (alone.length > 0 && trial(lines, end, once, true) === 'holds')
      return {
        sums: [...alone, ...sorted, { whole: end, parts: once }],
        tops: root < 0 ? 1 : once.length,
        checked,
        end: 'holds' as const,
      }
  }
  const how = tried === 'fails' && isShort ? 'open' : tried
  if (root < 0 && how === 'fails') return { sums: sorted, tops: tops.length, checked, end: 'open' as const }
  return { sums: [...sorted, { whole: end, parts: below }], tops: root < 0 ? 1 : below.length, checked, end: how }
}

/** Codes of which every line says the same, and several that it is somebody: the later one is the whole of the other. */
function twinsAmong(codes: readonly number[], lines: readonly Line[]): readonly Found[] {
  const twins: Found[] = []
  const taken = new Set<number>()
  for (const [at, whole] of codes.toReversed().entries()) {
    if (taken.has(whole)) continue
    const part = codes
      .slice(0, codes.length - 1 - at)
      .findLast((other) => !taken.has(other) && areAlike(whole, other, lines))
    if (part === undefined) continue
    taken.add(whole).add(part)
    twins.push({ whole, parts: [part] })
  }
  return twins
}

function areAlike(one: number, other: number, lines: readonly Line[]): boolean {
  const counts = new Set<number>()
  for (const { least, most } of lines) {
    if (least[one] !== least[other] || most[one] !== most[other]) return false
    if ((least[one] ?? -1) > 0 && least[one] === most[one]) counts.add(least[one] ?? 0)
  }
  return counts.size >= leastAlike
}

/** By chance two codes have so many different counts alike in no file. */
const leastAlike = 2

/** Whether a total is less than what it is taken to be of: in a file of mistakes only where not three lines, and three for each of these, say that it is that. */
function isExceeded(root: number, parts: readonly number[], lines: readonly Line[]): boolean {
  const sum = (counts: readonly number[]): number =>
    parts.reduce((all, part) => all + Math.max(0, counts[part] ?? 0), 0)
  const exceeds = lines.filter(({ least, most }) => (most[root] ?? -1) >= 0 && sum(least) > (most[root] ?? 0)).length
  if (exceeds === 0) return false
  const right = checkedLines(lines, root, parts).filter(({ least }) => sum(least) === least[root]).length
  return right < linesEnough || linesEnough * exceeds > right
}

function deepestFirst(forest: readonly Found[]): readonly Found[] {
  const byWhole = new Map(forest.map((sum) => [sum.whole, sum]))
  const depth = (code: number): number => 1 + Math.max(0, ...(byWhole.get(code)?.parts ?? []).map(depth))
  return forest.toSorted((a, b) => depth(a.whole) - depth(b.whole) || a.whole - b.whole)
}

const keyOf = (sums: readonly Found[]): string => sums.map(({ whole, parts }) => `${whole}=${parts.join('+')}`).join()

/** Lines in which a whole and its parts are all known, and it is somebody. */
function checkedLines(lines: readonly Line[], whole: number, parts: readonly number[]): readonly Line[] {
  const isKnown = ({ least, most }: Line, code: number): boolean => (least[code] ?? -1) === (most[code] ?? -1)
  return lines.filter(
    (line) =>
      (line.least[whole] ?? -1) > 0 &&
      isKnown(line, whole) &&
      parts.every((part) => isKnown(line, part)) &&
      parts.filter((part) => (line.least[part] ?? -1) >= 0).length > 1,
  )
}

/** How seldom a sum may hold by chance among all that could be tried: one time in so many doublings. */
const seldom = 6

/**
 * Whether sums that nobody named hold by more than chance: a sum of `n` persons is met by chance about once in `n`, of all the sums that so many
 * codes could make. Where the code called the total is not that of all others something must be a whole, and one way only is left.
 */
function isCertain(sums: readonly Found[], isEnded: boolean, { lines, root, count }: Codes): boolean {
  return sums.every(({ whole, parts }) => {
    if (whole === root) return true
    if (root >= 0 && isEnded) return true
    const seen = new Set<string>()
    let doublings = 0
    for (const { least } of checkedLines(lines, whole, parts)) {
      const key = [whole, ...parts].map((code) => least[code]).join()
      if (!seen.has(key)) doublings += Math.log2(1 + (least[whole] ?? 0))
      seen.add(key)
    }
    return doublings >= count + Math.log2(count) + seldom
  })
}

// ---------------------------------------------------------------- sums

/** Lines that cut a search short: those with the whole that show most codes, and of them the smallest. */
function sievesOf(whole: number, lines: readonly Line[], others: readonly number[]): readonly Line[] {
  const told = (line: Line): number =>
    others.reduce(
      (all, code) => all + ((line.least[code] ?? -1) >= 0 && line.least[code] === line.most[code] ? 1 : 0),
      0,
    )
  return lines
    .filter(({ least }) => (least[whole] ?? -1) >= 0)
    .map((line) => ({ line, known: line.least[whole] === line.most[whole] ? 1 : 0, told: told(line) }))
    .sort((a, b) => b.known - a.known || b.told - a.told || (a.line.least[whole] ?? 0) - (b.line.least[whole] ?? 0))
    .slice(0, mostSieves)
    .map(({ line }) => line)
}

/** Sums of a whole that hold, two parts or more. `isWhole` not: there may be more. */
function sumsOf(whole: number, codes: Codes, others: readonly number[]) {
  const { lines } = codes
  const sieves = sievesOf(whole, lines, others)
  const found = new Map<string, Found>()
  let isWhole = true
  const anchors = sieves.filter(({ least, most }) => (least[whole] ?? 0) > 0 && least[whole] === most[whole])
  for (const anchor of anchors.slice(0, 6)) {
    const known = others.filter((code) => {
      const count = anchor.least[code] ?? -1
      return code !== whole && count === (anchor.most[code] ?? -1) && fitsUnder(code, whole, sieves)
    })
    const somebody = known.filter((code) => (anchor.least[code] ?? -1) > 0)
    const nobody = known.filter((code) => (anchor.least[code] ?? -1) <= 0)
    somebody.sort((a, b) => (anchor.least[b] ?? 0) - (anchor.least[a] ?? 0) || a - b)
    const all = search({ whole, order: somebody, beside: nobody, sieves, anchor }, (core) => {
      const wider = nobody.length > 6 ? [[], nobody] : subsetsOf(nobody)
      for (const more of wider) {
        const parts = [...core, ...more].sort((a, b) => a - b)
        if (parts.length > 1 && trial(lines, whole, parts, false) === 'holds') found.set(parts.join(), { whole, parts })
      }
      return found.size < mostSums
    })
    if (!all) isWhole = false
  }
  return { sums: [...found.values()], isWhole }
}

const subsetsOf = (codes: readonly number[]): readonly (readonly number[])[] =>
  codes.reduce<readonly (readonly number[])[]>((all, code) => all.flatMap((set) => [set, [...set, code]]), [[]])

/** Whether a code could be a part: it is larger than the whole in no line, but for a small share of many. */
function fitsUnder(code: number, whole: number, lines: readonly Line[]): boolean {
  return lines.every(({ least, most }) => Math.max(0, least[code] ?? 0) <= (most[whole] ?? 0))
}

/**
 * Whether some parts could make up the whole, be it that no line shows all of them, that nothing taken already implies; or whether there were too many
 * to say.
 */
function couldBeWhole(
  whole: number,
  codes: Codes,
  others: readonly number[],
  implied: (sum: Found) => boolean,
): boolean {
  const { lines, root } = codes
  const sieves = sievesOf(whole, lines, others)
  if (sieves.length === 0) return false
  // Of a whole without a row beside rows of its parts a few lines would have to show that it is one.
  const beside = lines.filter(({ least }) => (least[whole] ?? -1) < 0)
  const parts = others.filter(
    (code) =>
      code !== whole &&
      fitsUnder(code, whole, sieves) &&
      sieves.some(({ least }) => (least[code] ?? -1) >= 0) &&
      beside.every(({ least }) => (least[code] ?? -1) <= 0),
  )
  // A total of two at least, and a whole of two at least.
  const most = others.length - (root < 0 ? 1 : 2)
  /** What is called a total must still be reached without the parts. */
  const reaches = (chosen: readonly number[]): boolean =>
    root < 0 ||
    lines.every(({ least, most, isFull }) => {
      if ((least[root] ?? -1) <= 0) return true
      let high = 0
      for (const code of others) {
        if (chosen.includes(code)) continue
        const here = most[code] ?? -1
        high += here >= 0 ? here : isFull ? 0 : endless
      }
      // Where all of them do not reach it rows were left out.
      return (
        high >= (least[root] ?? 0) ||
        others.reduce((all, code) => all + Math.max(0, most[code] ?? 0), 0) < (least[root] ?? 0)
      )
    })
  const isBeside = (chosen: readonly number[]): boolean =>
    sieves.some(({ least }) => chosen.filter((code) => (least[code] ?? -1) >= 0).length > 1)
  let isFound = false
  const all = search({ whole, order: parts, beside: [], sieves, anchor: null }, (chosen) => {
    if (
      chosen.length < 2 ||
      chosen.length > most ||
      !isBeside(chosen) ||
      trial(lines, whole, chosen, false) === 'fails'
    )
      return true
    if (implied({ whole, parts: chosen }) || !reaches(chosen)) return true
    isFound = true
    return false
  })
  return isFound || !all
}

/**
 * Goes through the sets of codes, out of those in order, that no line forbids as parts of the whole; in `anchor` they reach it exactly. What is nobody there, and may be
 * a part as well (`beside`), may be all that others hold in other lines.
 *
 * @param take is told each, and whether to go on is its answer
 * @returns whether all were gone through
 */
function search(
  {
    whole,
    order,
    beside,
    sieves,
    anchor,
  }: {
    readonly whole: number
    readonly order: readonly number[]
    readonly beside: readonly number[]
    readonly sieves: readonly Line[]
    readonly anchor: Line | null
  },
  take: (parts: readonly number[]) => boolean,
): boolean {
  /** By line and place: what those from there on can hold at most; a row that is not there may be anybody. */
  const rest = sieves.map((line) => {
    const sums = [beside.reduce((all, code) => all + highOf(line, code), 0)]
    for (const code of order.toReversed()) sums.push((sums.at(-1) ?? 0) + highOf(line, code))
    return sums.reverse()
  })
  const low = sieves.map(() => 0)
  const high = sieves.map(() => 0)
  const at = anchor === null ? -1 : sieves.indexOf(anchor)
  const chosen: number[] = []
  let [steps, isOver] = [0, false]
  const go = (place: number): void => {
    if (isOver) return
    if (++steps > mostSteps) {
      isOver = true
      return
    }
    for (const [s, { least }] of sieves.entries())
      if ((high[s] ?? 0) + (rest[s]?.[place] ?? 0) < (least[whole] ?? 0)) return
    const isExact = at >= 0 && low[at] === anchor?.least[whole]
    if (place === order.length || isExact) {
      if (!take(chosen)) isOver = true
      return
    }
    const code = order[place] ?? 0
    let fits = true
    for (const [s, line] of sieves.entries()) {
      low[s] = (low[s] ?? 0) + Math.max(0, line.least[code] ?? 0)
      high[s] = (high[s] ?? 0) + highOf(line, code)
      if ((low[s] ?? 0) > (line.most[whole] ?? 0)) fits = false
    }
    if (fits) {
      chosen.push(code)
      go(place + 1)
      chosen.pop()
    }
    for (const [s, line] of sieves.entries()) {
      low[s] = (low[s] ?? 0) - Math.max(0, line.least[code] ?? 0)
      high[s] = (high[s] ?? 0) - highOf(line, code)
    }
    go(place + 1)
  }
  go(0)
  return !isOver
}

function highOf({ most, isFull }: Line, code: number): number {
  const high = most[code] ?? -1
  return high >= 0 ? high : isFull ? 0 : endless
}

// ---------------------------------------------------------------- trees

/** Sums put together so that each code is whole of one sum and part of one at most, and of nothing it is made of: the empty one too. */
function forestsOf(sums: readonly Found[]): readonly (readonly Found[])[] {
  const forests: (readonly Found[])[] = []
  const go = (place: number, taken: readonly Found[]): void => {
    if (forests.length >= mostStructures) return
    const sum = sums[place]
    if (sum === undefined) {
      forests.push(taken)
      return
    }
    if (fitsBeside(sum, taken)) go(place + 1, [...taken, sum])
    go(place + 1, taken)
  }
  go(0, [])
  return forests
}

function fitsBeside(sum: Found, taken: readonly Found[]): boolean {
  if (taken.some(({ whole, parts }) => whole === sum.whole || parts.some((part) => sum.parts.includes(part))))
    return false
  const above = (code: number): boolean => {
    const over = taken.find(({ parts }) => parts.includes(code))
    return over !== undefined && (sum.parts.includes(over.whole) || above(over.whole))
  }
  return !above(sum.whole)
}

/** Codes to what they are made of by the sums taken, but for that of the total. */
function expansion(sums: readonly Found[], root: number): (codes: readonly number[]) => readonly number[] {
  const byWhole = new Map(sums.filter(({ whole }) => whole !== root).map(({ whole, parts }) => [whole, parts]))
  const expand = (codes: readonly number[]): readonly number[] =>
    codes.flatMap((code) => {
      const parts = byWhole.get(code)
      return parts === undefined ? [code] : expand(parts)
    })
  return (codes) => expand(codes).toSorted((a, b) => a - b)
}

const sameCodes = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((code, at) => code === b[at])
