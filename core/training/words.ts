import * as z from 'zod'

/**
 * The three modules, by the verb each teaches (`content/`, design of the training room). The brochure names no titles: these
 * are ours.
 */
export const Module = z.enum(['see', 'meet', 'carry-through'])
export type Module = z.infer<typeof Module>

/** The kind of agency an officer serves in. Which agency of which country is not asked: with few women there it is a name. */
export const Agency = z.enum(['police', 'border-police', 'immigration', 'customs', 'maritime', 'military', 'other'])
export type Agency = z.infer<typeof Agency>

/** What attendance was read from: signed on paper, ticked on a device, or a file with a mapping. */
export const AttendanceSource = z.enum(['paper', 'device', 'file'])
export type AttendanceSource = z.infer<typeof AttendanceSource>

/** Officers on one sheet: more are two sheets. */
export const longestSheet = 200
