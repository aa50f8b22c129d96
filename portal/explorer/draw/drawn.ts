import type { Publication } from '@lentera/core/shared/publication'
import type { Texts } from '../../texts.ts'
import type { Counted } from '../count.ts'
import type { View } from '../view.ts'

/** What every drawing is made from. */
export type Drawn = {
  readonly publication: Publication
  readonly view: View
  readonly counted: Counted
  readonly texts: Texts
  /** In words, what is drawn; the name of the picture for whoever hears it. */
  readonly title: string
}

/** The largest number to be drawn, of a scale that begins at nothing; 1 where there is none. */
export function largest(values: readonly (number | null)[]): number {
  return Math.max(1, ...values.map((value) => value ?? 0))
}

/** A length to a tenth: what a screen can show, and no more bytes than that. */
export const tenth = (length: number): number => Math.round(length * 10) / 10
