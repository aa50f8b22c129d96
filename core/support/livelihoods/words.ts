import * as z from 'zod'

/** What is taught in the livelihood courses, as the brochure names it. */
export const Course = z.enum(['financial-management', 'marketing', 'vocational-skills'])
export type Course = z.infer<typeof Course>
export const GrantKind = z.enum(['in-cash', 'in-kind'])
export type GrantKind = z.infer<typeof GrantKind>
/** Whether her business is still running, when it was followed up. */
export const Running = z.enum(['yes', 'no', 'not-known'])
export type Running = z.infer<typeof Running>

/** Each clear field of a participant names the indicator that needs it; a sum of money has none, and is sealed. */
export const clearFor = {
  sex: 'women-trained-in-livelihoods',
  age: 'women-trained-in-livelihoods',
  course: 'women-trained-in-livelihoods',
  grant: 'women-given-livelihood-support',
  running: 'women-whose-business-was-followed-up',
  quarter: 'women-trained-in-livelihoods',
  enteredInError: 'women-trained-in-livelihoods',
  consentCounting: 'women-trained-in-livelihoods',
} as const
