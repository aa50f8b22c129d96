/**
 * A table as it was published, in long form: one row a cell, a code a dimension, and what stands in the cell. A file that
 * lacks a dimension another file has lies at that dimension's total.
 */
export type PublishedTable = {
  readonly name: string
  readonly dimensions: readonly string[]
  readonly rows: readonly PublishedRow[]
}

export type PublishedRow = { readonly codes: readonly string[]; readonly shown: string }

/** By their codes: the order of rows says nothing, and of ways that are as good the same one is taken. */
export const sortedByCodes = (table: PublishedTable): PublishedTable => ({
  ...table,
  rows: table.rows.toSorted((a, b) => compare(nameOf(a), nameOf(b))),
})

const nameOf = ({ codes }: PublishedRow): string => codes.join('\u0001')
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** What a reader learns from one cell alone: whole persons from `least` to `most`. `number`: both are the same. */
export type Shown =
  | { readonly kind: 'number' | 'band'; readonly least: number; readonly most: number }
  | { readonly kind: 'hidden' | 'empty' | 'unreadable' }

/** Beyond any count: a cell that reaches it has no upper limit that an outsider could name. */
export const endless = 1e10

/**
 * What a reader knows of zeros in a table. `shown`: they are printed, and none is ever hidden, so that whatever is hidden is one person or more.
 * `unsaid`: a hidden cell may be nobody.
 */
export type Zeros = 'shown' | 'unsaid'

/**
 * Reads a cell: `12`, `1,234`, `1 234`, a band (`<5`, `<=4`, `1-4`, `5+`), a sign that something is hidden (`x`, `c`, `*`,
 * `..`, `:`, `suppressed`), or nothing. `<5` holds 0 too unless its publisher says otherwise, as with `zeros`.
 */
export function readShown(text: string, zeros: Zeros = 'unsaid'): Shown {
  const shown = readAlone(text)
  if (zeros === 'unsaid') return shown
  if (shown.kind === 'hidden') return { kind: 'band', least: 1, most: endless }
  return shown.kind === 'band' && shown.most > 0 ? { ...shown, least: Math.max(1, shown.least) } : shown
}

function readAlone(text: string): Shown {
  const plain = text.trim().toLowerCase()
  if (plain === '' || plain === 'null' || plain === 'na' || plain === 'n/a') return { kind: 'empty' }
  const whole = wholeNumber(plain)
  if (whole !== null) return { kind: 'number', least: whole, most: whole }
  if (hiddenSigns.has(plain)) return { kind: 'hidden' }
  const under = /^(<=|≤|<)\s*(\S+)$/.exec(plain)
  if (under) return band(0, wholeNumber(under[2] ?? ''), under[1] === '<' ? 1 : 0)
  const between = /^(\d+)\s*(?:-|–|to)\s*(\d+)$/.exec(plain)
  if (between) return band(Number(between[1]), Number(between[2]), 0)
  const over = /^(?:(\d+)\+|(?:>=|≥)\s*(\d+))$/.exec(plain)
  if (over) return band(Number(over[1] ?? over[2]), endless, 0)
  return { kind: 'unreadable' }
}

function band(least: number, most: number | null, less: number): Shown {
  return most === null || most - less < least
    ? { kind: 'unreadable' }
    : { kind: 'band', least, most: Math.min(endless, most - less) }
}

const hiddenSigns: ReadonlySet<string> = new Set([
  'x',
  'c',
  '*',
  '**',
  '..',
  '...',
  ':',
  '-',
  's',
  'suppressed',
  'hidden',
])

/** Commas, blanks and thin blanks between thousands are read over; anything else that is no whole number is null. */
function wholeNumber(text: string): number | null {
  if (!/^\d{1,3}([,\u00a0\u202f ]\d{3})*$|^\d+(\.0+)?$/.test(text)) return null
  const value = Number(text.replace(/[,\u00a0\u202f ]/g, ''))
  return Number.isSafeInteger(value) && value < endless ? value : null
}
