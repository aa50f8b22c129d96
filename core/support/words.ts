import * as z from 'zod'

/**
 * The coded words of the support room. Each clear field names the indicator that needs it (`clearFor`); everything else
 * about a survivor is sealed.
 */
/** SDG 16.2.2, by form of exploitation; the exact form is sealed. */
export const Form = z.enum(['sexual-exploitation', 'forced-labour', 'other', 'unknown'])
export type Form = z.infer<typeof Form>
/** The services the programme reports: legal aid, court representation, health and other relevant services. */
export const Service = z.enum(['legal-aid', 'court-representation', 'health', 'other'])
export type Service = z.infer<typeof Service>
export const ClosingReason = z.enum([
  'goals-reached',
  'her-wish',
  'moved-away',
  'handed-over',
  'contact-lost',
  'died',
  'other',
])
export type ClosingReason = z.infer<typeof ClosingReason>
export const ConsentState = z.enum(['given', 'refused', 'withdrawn'])
export type ConsentState = z.infer<typeof ConsentState>

export const clearFor = {
  sex: 'survivors-supported',
  age: 'survivors-supported',
  form: 'survivors-supported',
  service: 'survivors-supported',
  quarter: 'survivors-supported',
  enteredInError: 'survivors-supported',
  consentCounting: 'survivors-supported',
} as const

/** HTCDS 2.0 `prs_Gender` and `vic_TypeOfExploitation`: kept exactly, sealed. (CC BY 4.0, IOM; no endorsement implied.) */
export const genders = [
  'Feminine',
  'Masculine',
  'TransgenderFeminine',
  'TransgenderMasculine',
  'NonConforming',
  'NonSpecifiedUnknown',
] as const
export const exploitations = [
  'ForcedLabour',
  'SexualExploitation',
  'ChildLabour',
  'ForcedMarriage',
  'Servitude',
  'ForcedMilitaryByNonStateActors',
  'OrganRemoval',
  'ForcedBegging',
  'ForcedAdoption',
  'Surrogacy',
  'Other',
] as const

/** The sealed fields of a case: opened only on the devices of its team. `at` is the exact moment, ISO 8601, UTC. */
export const caseSealed = [
  'name',
  'otherNames',
  'birthDate',
  'gender',
  'exploitation',
  'safeContact',
  'place',
  'language',
  'narrative',
  'at',
] as const
export type CaseSealed = (typeof caseSealed)[number]
