import * as z from 'zod'

/** The kind of agency an officer serves in. Which agency of which country is not asked: with few women there it is a name. */
export const Agency = z.enum(['police', 'border-police', 'immigration', 'customs', 'maritime', 'military', 'other'])
export type Agency = z.infer<typeof Agency>
