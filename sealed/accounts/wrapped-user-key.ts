import { Base64Url, MemberId } from '@lentera/core/shared/ids'
import * as z from 'zod'

/** The user key as the server keeps it: wrapped once by the passphrase's unlock key, once by the printed recovery code. */
export const WrappedUserKey = z.strictObject({
  v: z.literal(1),
  member: MemberId,
  by: z.enum(['unlock', 'recovery-code']),
  wrapped: Base64Url.length(80),
})
export type WrappedUserKey = z.infer<typeof WrappedUserKey>
