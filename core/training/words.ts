import * as z from 'zod'

/**
 * The three modules, by the verb each teaches (`content/`, design of the training room). The brochure names no titles: these
 * are ours.
 */
export const Module = z.enum(['see', 'meet', 'carry-through'])
export type Module = z.infer<typeof Module>

/** What attendance was read from: signed on paper, ticked on a device, or a file with a mapping. */
export const AttendanceSource = z.enum(['paper', 'device', 'file'])
export type AttendanceSource = z.infer<typeof AttendanceSource>

/** Officers on one sheet: more are two sheets. */
export const longestSheet = 200
