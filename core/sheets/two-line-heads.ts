import type { Line } from './sheet.ts'

/** What a form is known by here: a head of a column, or an answer to one, which stands in a row. */
export type KnownTexts = {
  readonly isHead: (text: string) => boolean
  readonly isAnswer: (text: string) => boolean
}

/**
 * The head of a table whose best known line is `lines[at]`. Where it is one of two lines, as merged cells make them (`See` over
 * `issued` and `until`), the upper head is filled to the right and joined to the lower: `See, issued`, `See, until`. `last` is the
 * place of its last line.
 */
export function headsAt(
  lines: readonly Line[],
  at: number,
  known: KnownTexts,
): { readonly header: Line; readonly last: number } {
  const cellsOf = (place: number): readonly string[] => (lines[place]?.cells ?? []).map((cell) => cell.trim())
  const own = cellsOf(at)
  const withLower = joinLower(own, cellsOf(at + 1), known)
  const last = withLower ? at + 1 : at
  const cells = withLower ?? joinUpper(cellsOf(at - 1), own, known) ?? own
  return { header: { line: lines[last]?.line ?? 0, cells }, last }
}

/** The heads of a line and of the one below it; undefined where that one is a row. It says something under merged heads, and there alone. */
function joinLower(upper: readonly string[], lower: readonly string[], known: KnownTexts): string[] | undefined {
  const over = overOf(upper, lower)
  const isApart = (cell: string, at: number): boolean => (upper[at] ?? '') === '' && known.isHead(cell)
  const isRow = lower.some(
    (cell, at) => cell !== '' && (isValue(cell, known) || (over[at] === undefined && !isApart(cell, at))),
  )
  return isRow || over.every((head) => head === undefined) ? undefined : joinAll(upper, lower, over)
}

/** The heads of a line and of the one above it; undefined where that one is a title, or says nothing that the line itself does not. */
function joinUpper(upper: readonly string[], lower: readonly string[], known: KnownTexts): string[] | undefined {
  const said = upper.filter((cell) => cell !== '')
  const isTitle = said.length < 2 && upper[0] !== ''
  if (isTitle || said.some((cell) => cell.includes(':') || isValue(cell, known))) return undefined
  const heads = joinAll(upper, lower, overOf(upper, lower))
  const isOnce = (all: readonly string[], head: string): boolean => all.indexOf(head) === all.lastIndexOf(head)
  const tells = heads.some((head, at) => {
    const own = lower[at] ?? ''
    if (head === own) return false
    if (own === '') return known.isHead(head)
    if (!isOnce(lower, own)) return isOnce(heads, head)
    // `Issued` over `See` and `Meet` makes other heads of them; one that makes known heads of unknown could be the title of all.
    return known.isHead(own) ? !known.isHead(head) : said.length > 1 && known.isHead(head)
  })
  return tells ? heads : undefined
}

function joinAll(upper: readonly string[], lower: readonly string[], over: readonly (string | undefined)[]): string[] {
  return over.map((head, at) => {
    const [above, below] = [upper[at] ?? '', lower[at] ?? '']
    if (below === '') return above
    return head === undefined ? below : `${head}, ${below}`
  })
}

/** Over each place the upper head that was merged over several, of which one without a head of its own has a lower head. */
function overOf(upper: readonly string[], lower: readonly string[]): readonly (string | undefined)[] {
  const width = Math.max(upper.length, lower.length)
  const owners: number[] = []
  for (let at = 0; at < width; at++) owners.push((upper[at] ?? '') === '' ? (owners[at - 1] ?? -1) : at)
  const merged = new Set(owners.filter((owner, at) => owner !== at && (lower[at] ?? '') !== ''))
  return owners.map((owner) => (merged.has(owner) ? upper[owner] : undefined))
}

/** What stands in rows: answers, numbers, dates, codes. */
const isValue = (cell: string, { isHead, isAnswer }: KnownTexts): boolean =>
  isAnswer(cell) || (/\p{N}/u.test(cell) && !isHead(cell))
