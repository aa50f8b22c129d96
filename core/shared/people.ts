import * as z from 'zod'

/** What every room that counts people asks of them, in the same words. */
export const Sex = z.enum(['female', 'male', 'another', 'unknown'])
export type Sex = z.infer<typeof Sex>
/** SDG 16.2.2 asks for children and adults; finer bands would name people. */
export const AgeGroup = z.enum(['child', 'adult', 'unknown'])
export type AgeGroup = z.infer<typeof AgeGroup>
