import * as z from 'zod'
import { Agency } from '../../shared/agencies.ts'
import { EntryId } from '../../shared/ids.ts'
import { Counted, longestLine, mostCounted, Place, Trust } from '../words.ts'

/** What every record of rows is headed by. */
export const Headed = {
  agency: Agency,
  place: Place,
  counted: Counted,
  trust: Trust,
  source: z.string().trim().min(1).max(longestLine),
}

const count = z.int().min(0).max(mostCounted)

/** `unrecorded`: officers whose sex the source does not give, or gives as another. */
export const Counts = { women: count, men: count, unrecorded: count }

/** The correction of one row: only the numbers it names change. */
export const CountsCorrected = z
  .strictObject(Counts)
  .partial()
  .extend({ record: EntryId })
  .refine((coded) => Object.keys(coded).length > 1)
