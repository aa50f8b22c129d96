import * as z from 'zod'
import { CivilDate, precisionOf } from '../../shared/dates.ts'

export const Scheme = z.enum(['ic-tip'])
export type Scheme = z.infer<typeof Scheme>

/** A code of somebody else's list, as he writes it. */
export const ForeignCode = z.string().trim().min(1).max(40)

/** The highest number of codes that one list may have: an entry carries them all. */
export const mostCodes = 600

const line = z.string().trim().min(1).max(300)

/** A code list as it was published: without version, source and both days it is no code list that anybody could check. */
export const CodeList = z.strictObject({
  scheme: Scheme,
  version: line,
  source: line,
  publishedOn: CivilDate.refine((date) => precisionOf(date) !== 'quarter'),
  /** The day a person compared it with what the custodians publish. */
  verifiedOn: CivilDate.refine((date) => precisionOf(date) === 'day'),
  codes: z
    .array(z.strictObject({ code: ForeignCode, label: z.string().trim().min(1).max(200) }))
    .min(1)
    .max(mostCodes)
    .refine((codes) => new Set(codes.map(({ code }) => code)).size === codes.length),
})
export type CodeList = z.infer<typeof CodeList>

/** One of our codes by its list: `form/forced-labour`. */
export const OurCode = z
  .string()
  .regex(/^[a-z]+(-[a-z]+)*\/[a-z]+(-[a-z]+)*$/)
  .max(60)
export type OurCode = z.infer<typeof OurCode>
