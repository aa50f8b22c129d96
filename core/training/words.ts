import * as z from 'zod'

export { Module } from '../shared/modules.ts'

/** What attendance was read from: signed on paper, ticked on a device, or a file with a mapping. */
export const AttendanceSource = z.enum(['paper', 'device', 'file'])
export type AttendanceSource = z.infer<typeof AttendanceSource>

/** Officers on one sheet: more are two sheets. */
export const longestSheet = 200
