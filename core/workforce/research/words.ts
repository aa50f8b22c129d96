import * as z from 'zod'
import { ProgrammeLanguage } from '../../shared/languages.ts'
import type { Sex } from '../../shared/people.ts'

/** A word of a questionnaire: its own name, a question's, an answer's. Their texts are the catalogue's. */
const Word = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
  .max(40)

/**
 * A question. `one`: one answer; `several`: as many as apply; `bands`: a number, kept only as the band it lies in (`bands` are the
 * lowest number of each, the first is 0); `text`: words of her own, sealed. `answers` of `one` are a scale that questions share. `part`: of an
 * interview, the theme under which it is asked.
 */
const asked = { key: Word, part: Word.optional() } as const
export const Question = z.discriminatedUnion('kind', [
  z.strictObject({ ...asked, kind: z.literal('one'), scale: Word, answers: z.array(Word).min(2).max(8) }),
  z.strictObject({ ...asked, kind: z.literal('several'), answers: z.array(Word).min(2).max(12) }),
  z.strictObject({ ...asked, kind: z.literal('bands'), bands: z.array(z.int().min(0)).min(2).max(8) }),
  z.strictObject({ ...asked, kind: z.literal('text') }),
])
export type Question = z.infer<typeof Question>

/**
 * A questionnaire as data. Its title, its purpose and its questions are texts of the catalogue (`research.<key>. ...`), in
 * `languages`. `wording`: whose words they are; `frame`: the published frame it follows, and the day somebody checked it there. `mode`: an
 * officer answers a questionnaire herself; in an interview she is asked and speaks, and whoever asks ticks what she spoke of. `method`: where
 * the way of asking is written, as `frame` says it.
 */
const Publication = z.strictObject({ name: z.string(), verifiedOn: z.iso.date().nullable() })
export const Instrument = z.strictObject({
  key: Word,
  mode: z.enum(['questionnaire', 'interview']),
  method: z.array(Publication),
  edition: z.int().min(1),
  wording: z.literal('ours'),
  frame: Publication.nullable(),
  languages: z.array(ProgrammeLanguage).min(1),
  questions: z.array(Question).min(1).max(40),
})
export type Instrument = z.infer<typeof Instrument>

/** What a sheet holds of one question: an answer, several, or the lowest number of a band. What is skipped is not in it. */
export const Answers = z.record(Word, z.union([Word, z.array(Word).max(12), z.int().min(0)]))
export type Answers = z.infer<typeof Answers>

/** What stands in a table for an officer who skipped a question. */
export const skipped = 'skipped'

/** The two groups that answers are crossed with by sex: with the few of any other answer a group would be a name. */
export const groupsBySex = ['women', 'others'] as const
export const groupOf = (sex: Sex): (typeof groupsBySex)[number] => (sex === 'female' ? 'women' : 'others')

/** So many sheets at least, before anything of a survey is shown to anybody (the release room's own rule). */
export const fewestSheets = 5

export const longestName = 120
export const longestRemark = 600
export const mostAsked = 100_000
