import * as z from 'zod'
import type { Kind } from '../../log/kind.ts'
import { inQuarters, markInError, withKeys } from '../../log/sealed-kinds.ts'
import { Agency } from '../../shared/agencies.ts'
import { OrganisationId, StreamId } from '../../shared/ids.ts'
import { ProgrammeLanguage } from '../../shared/languages.ts'
import { Sex } from '../../shared/people.ts'
import { Country } from '../../shared/places.ts'
import type { Role } from '../../shared/roles.ts'
import { Answers, longestName, mostAsked } from './words.ts'

/** A survey is the organisation's: who is asked what, and how many. */
const survey = {
  version: 1,
  stream: 'survey',
  opens: false,
  who: ['focal-point'],
  sealed: [],
  precisions: ['day'],
  time: 'clear',
} as const

const Described = {
  name: z.string().trim().min(1).max(longestName),
  /** How many officers were asked, whether they answered or not. */
  asked: z.int().min(1).max(mostAsked),
}

export const surveyOpened: Kind = {
  ...survey,
  kind: 'research.survey-opened',
  opens: true,
  sets: 'stream',
  coded: z.strictObject({
    organisation: OrganisationId,
    country: Country,
    instrument: z.string().max(40),
    edition: z.int().min(1),
    agencies: z.array(Agency).min(1),
    ...Described,
  }),
}

export const surveyDescribed: Kind = {
  ...survey,
  kind: 'research.survey-described',
  sets: 'stream',
  coded: z
    .strictObject(Described)
    .partial()
    .refine((coded) => Object.values(coded).some((value) => value !== undefined)),
}

/** No more is asked: what was answered may be counted. `false`: it is asked again. */
export const surveyClosed: Kind = {
  ...survey,
  kind: 'research.survey-closed',
  sets: 'stream',
  coded: z.strictObject({ closed: z.boolean() }),
}

export const surveyInError: Kind = { ...survey, kind: 'research.survey-in-error', sets: 'named', coded: markInError }

/** Officers of the agency may hand their own device over too. */
const handsOver = ['focal-point', 'front-line-officer'] as const satisfies readonly Role[]
export const mayHandOver = (roles: readonly Role[]): boolean => handsOver.some((role) => roles.includes(role))

const handedOver = { ...inQuarters, opens: true, sets: 'stream', who: handsOver } as const

/**
 * One officer's answers: the whole of its stream. `language`, that in which she read the questions, is in sheets of before and is written no
 * more: where few read it, it would say who she is.
 */
export const sheetHandedIn: Kind = {
  ...handedOver,
  stream: 'survey-sheet',
  kind: 'research.sheet-handed-in',
  sealed: [],
  coded: z.strictObject({
    organisation: OrganisationId,
    survey: StreamId,
    sex: Sex,
    agency: Agency,
    language: ProgrammeLanguage.optional(),
    answers: Answers,
    /** Of an interview: it was read to her what is done with her words, and she said yes. Who says no leaves nothing behind. */
    consent: z.literal('read-and-given').optional(),
  }),
}

/** Words of her own, sealed for the team: whose they are, of what sex or agency, is not in it, nor which sheet. */
export const remarkWritten: Kind = {
  ...handedOver,
  stream: 'survey-remark',
  kind: 'research.remark-written',
  sealed: ['text'],
  coded: z.strictObject({ ...withKeys, survey: StreamId, question: z.string().max(40) }),
}

export const researchKinds: readonly Kind[] = [
  surveyOpened,
  surveyDescribed,
  surveyClosed,
  surveyInError,
  sheetHandedIn,
  remarkWritten,
]
