import { Base64Url, MemberId } from '@lentera/core/shared/ids'
import * as z from 'zod'

/** A member's private keys as the server keeps them: wrapped by her user key. */
export const WrappedMemberKeys = z.strictObject({ v: z.literal(1), member: MemberId, wrapped: Base64Url.length(123) })
export type WrappedMemberKeys = z.infer<typeof WrappedMemberKeys>
