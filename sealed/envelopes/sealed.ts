import { Base64Url } from '@lentera/core/shared/ids'
import type * as z from 'zod'

/** A sealed field: an envelope as base64url. To everything but `openField` an opaque value. */
export const Sealed = Base64Url.min(1).brand<'Sealed'>()
export type Sealed = z.infer<typeof Sealed>
