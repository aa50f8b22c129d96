import * as z from 'zod'

// ---------------------------------------------------------------- reading a file

/** A line that is no line of cells: where it stands, and why. */
export type UnreadableLine = {
  readonly line: number
  readonly reason: 'quote-not-closed'
  readonly values: Readonly<Record<string, never>>
}

/**
 * Told how far a reading has come; answers whether to go on. Called every few thousand lines and awaited, so that a
 * worker can report, hear that it should stop, and answer `false`.
 */
export type Watch = (progress: {
  readonly stage: 'reading' | 'mapping'
  readonly done: number
  readonly of: number
}) => boolean | Promise<boolean>

/** Lines between two calls of a `Watch`. */
export const watchEvery = 4000

// ---------------------------------------------------------------- what is remembered of a form

/** What a form is read for. Each purpose has its fields, in the room whose records they become. */
export const Purpose = z.enum([
  'training.attendance',
  'workforce.headcount',
  'workforce.flow',
  'workforce.posts',
  'workforce.officers',
])
export type Purpose = z.infer<typeof Purpose>

/**
 * What may be remembered of other people's files: the text at the head of a column, and words that stand for a code ("F",
 * "border police"). Longer ones are sentences, or names, and stay in the file.
 */
export const longest = { header: 60, word: 32 } as const

const short = (most: number) =>
  z
    .string()
    .min(1)
    .max(most)
    .regex(/^[^\p{Cc}]+$/u)
export const HeaderText = short(longest.header)
export const CodeWord = short(longest.word)
/** Names of our fields and of the codes in them. */
export const Code = z
  .string()
  .regex(/^[A-Za-z]+(-[a-z]+)*$/)
  .max(32)
