import * as z from 'zod'
import type { PrintedLanguage } from '../shared/languages.ts'

/** What a text stands beside: the figures of one objective, or all of them. */
export const Part = z.enum(['summary', 'objective-1', 'objective-2', 'objective-3', 'objective-4'])
export type Part = z.infer<typeof Part>

export const partOfObjective = (number: 1 | 2 | 3 | 4): Part => Part.parse(`objective-${number}`)

/** Characters of one text, in one language. */
export const longestNarrative = 4000

/** Each text is a field of its own, so that two who wrote two of them apart do not disagree. */
export type NarrativeField = `${Part}-${PrintedLanguage}`
export const fieldOf = (part: Part, language: PrintedLanguage): NarrativeField => `${part}-${language}`

/** Of what a figure is counted: the quarter of the report, its phase, the year of the quarter, or since the beginning. */
export const ReportedPeriod = z.enum(['quarter', 'phase', 'year', 'all'])
export type ReportedPeriod = z.infer<typeof ReportedPeriod>
