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
