import * as z from 'zod'
import { StreamId } from '../../shared/ids.ts'

/** How far a criminal case has come: the steps in which UNODC counts suspects, prosecutions and convictions. */
export const Stage = z.enum([
  'complaint',
  'investigation',
  'prosecution',
  'trial',
  'verdict',
  'appeal',
  'compensation',
  'closed',
])
export type Stage = z.infer<typeof Stage>
/** `dismissed`: the proceedings against this person ended without a judgment on guilt. */
export const Verdict = z.enum(['convicted', 'acquitted', 'dismissed'])
export type Verdict = z.infer<typeof Verdict>
/** Of an appeal against a verdict. Where only the sentence was changed the verdict is overturned, and the new one written down. */
export const AppealOutcome = z.enum(['pending', 'upheld', 'overturned', 'withdrawn'])
export type AppealOutcome = z.infer<typeof AppealOutcome>
export const SentenceKind = z.enum(['imprisonment', 'life-imprisonment', 'suspended-imprisonment', 'fine', 'other'])
export type SentenceKind = z.infer<typeof SentenceKind>
/** As `years` stand for whatever is longer. */
export const longestTerm = 50
/** Whole years that are complete: eighteen months are one year, and `longestTerm` is that or more. The exact term is sealed. */
export const Years = z.int().min(0).max(longestTerm)
export const Compensation = z.enum(['ordered', 'paid'])
export type Compensation = z.infer<typeof Compensation>

/** How an accused person stands, when all verdicts and appeals are read together. */
export const Standing = z.enum(['none-yet', ...Verdict.options, 'under-appeal'])
export type Standing = z.infer<typeof Standing>

/** What `years` is of a sentence that is no imprisonment for a time. */
export const otherTerms = ['life', 'none'] as const
/** Every value of the dimension `years`. */
export const terms: readonly string[] = [
  ...Array.from({ length: longestTerm + 1 }, (_, years) => String(years)),
  ...otherTerms,
]

/**
 * Each clear field of a criminal case names the indicator that needs it. Imprisonment stands in whole years because the
 * programme tells of perpetrators by the years they were sentenced to; nothing tells of a sum, a court or a day.
 */
export const clearFor = {
  stage: 'criminal-cases-followed',
  sex: 'accused-persons',
  age: 'accused-persons',
  verdict: 'accused-persons',
  outcome: 'accused-persons',
  sentence: 'perpetrators-sentenced',
  years: 'perpetrators-sentenced',
  compensation: 'criminal-cases-with-compensation',
  quarter: 'perpetrators-sentenced',
  enteredInError: 'perpetrators-sentenced',
} as const

/** HTCDS 2.0 `per_RoleInProcess`: kept exactly, sealed. (CC BY 4.0, IOM; no endorsement implied.) */
export const rolesInProcess = [
  'TravellingPartner',
  'Transporter',
  'RecruiterOrIntermediary',
  'BrokerTravelAgent',
  'TransferredIndividual',
  'HarbouredIndividual',
  'SoldIndividual',
  'BoughtIndividual',
  'ReceivedIndividual',
  'ControlledIndividual',
  'Smuggler',
  'Abuser',
  'Kidnapper',
  'Exploiter',
  'Other',
] as const

/** The sealed texts of a criminal case itself: opened only on the devices of its team. */
export const criminalCaseSealed = ['name', 'court', 'nextHearing', 'charge', 'officials', 'notes'] as const
export type CriminalCaseSealed = (typeof criminalCaseSealed)[number]

/**
 * As the survivors' cases it is linked to stand in the sealed field `survivors`, and nowhere else. As long for none as for six, so
 * that the size of the envelope says nothing.
 */
export const writeLinks = (cases: readonly StreamId[]): string => [...new Set(cases)].sort().join(' ').padEnd(240)

/** What is no id is left out: another version of this program may write it otherwise. */
export const readLinks = (text: string): readonly StreamId[] =>
  text.split(' ').flatMap((each) => StreamId.safeParse(each).data ?? [])
