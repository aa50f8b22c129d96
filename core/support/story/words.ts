import * as z from 'zod'
import { CivilDate, firstDayOf } from '../../shared/dates.ts'
import { Quarter } from '../../shared/quarters.ts'

/** What a story may be used for: each is asked apart. A court is none: what she says there is evidence, and never this text. */
export const Use = z.enum(['printed-report', 'website', 'social-media', 'press', 'training', 'donor-meeting'])
export type Use = z.infer<typeof Use>

/** A photograph has a consent of its own, beside that for the use it would stand in. */
export const photograph = 'photograph'
export const Asked = z.enum([...Use.options, photograph])
export type Asked = z.infer<typeof Asked>

/** Her answer for one use. What she agrees to ends with a quarter; until then she can take it back in one touch. */
export const Answer = z.discriminatedUnion('answer', [
  z.strictObject({ answer: z.literal('given'), until: Quarter }),
  z.strictObject({ answer: z.literal('refused') }),
  z.strictObject({ answer: z.literal('withdrawn') }),
])
export type Answer = z.infer<typeof Answer>

/** After so many quarters she is asked again at the latest: nobody can agree for good to what she cannot call back. */
export const longestConsent = 8

/** The last quarter that can be agreed to on a date (a day or a quarter). */
export function latestExpiry(on: CivilDate): CivilDate {
  const first = firstDayOf(on)
  const last = Number(first.slice(0, 4)) * 4 + Math.ceil(Number(first.slice(5, 7)) / 3) - 1 + longestConsent
  return CivilDate.parse(`${Math.floor(last / 4)}-Q${(last % 4) + 1}`)
}

/** What the second reader takes out, since a changed name alone hides nobody; and what brokers pay, which is nowhere printed. */
export const Check = z.enum(['month', 'town', 'trade', 'companions', 'officials', 'brokers-pay'])
export type Check = z.infer<typeof Check>

/** Each clear field of a story names the indicator that needs it. */
export const clearFor = {
  language: 'stories-with-consent',
  answer: 'stories-with-consent',
  until: 'stories-with-consent',
  reading: 'stories-with-consent',
  enteredInError: 'stories-with-consent',
} as const
