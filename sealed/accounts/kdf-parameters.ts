import { Base64Url } from '@lentera/core/shared/ids'
import * as z from 'zod'

/** How a passphrase is stretched: stored by the server beside the account, judged by the client before it is used. */
export const KdfParameters = z.strictObject({
  algorithm: z.literal('argon2id'),
  memoryKiB: z.int().min(1),
  passes: z.int().min(1),
  lanes: z.int().min(1),
  salt: Base64Url.min(22).max(86),
})
export type KdfParameters = z.infer<typeof KdfParameters>
