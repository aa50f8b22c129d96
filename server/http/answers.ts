import { type Refusal, refuse } from '@lentera/core/shared/refusals'
import * as z from 'zod'

/** A refusal as it travels. Its sentence stands in the catalogues; the server sends only its name and values. */
export const Refused = z.object({
  refusal: z.object({ code: z.string(), values: z.record(z.string(), z.union([z.string(), z.number()])) }),
})

/** The HTTP status of a refusal; what is not named here is bad input. */
export function statusOf({ code }: Refusal): number {
  return statuses[code] ?? 400
}

const statuses: Readonly<Record<string, number>> = {
  'access.signed-out': 401,
  'access.sign-in-wrong': 401,
  'access.recovery-wrong': 401,
  'access.not-found': 404,
  'access.founded-already': 409,
  'access.login-taken': 409,
  'access.account-there': 409,
  'access.demonstration': 409,
  'server.too-large': 413,
  'server.not-json': 400,
  'server.media-type': 415,
  'access.too-many-attempts': 429,
  'server.failed': 500,
  'server.database-unavailable': 503,
  'server.storage-full': 503,
}

/**
 * What an exception means for the one who asked: a database that is away or full stops the work before a write is lost
 * and says so; anything else is a fault of ours.
 */
export function refusalFor(error: unknown): Refusal {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
  const message = error instanceof Error ? error.message : ''
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return refuse('server.too-large').refusal
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return refuse('server.media-type').refusal
  if (code.startsWith('FST_ERR_CTP') || error instanceof SyntaxError) return refuse('server.not-json').refusal
  // PostgreSQL, appendix A: 53100 disk full, 53200 out of memory; the file system says ENOSPC.
  if (code === '53100' || code === 'ENOSPC') return refuse('server.storage-full').refusal
  const isAway =
    // Class 08 connection, 57P0x shutting down, 53 no resources, 55000 not accepting connections, 25006 a standby.
    /^(08|57P0|53|55000|25006|ECONN|EPIPE|ETIMEDOUT|ENOTFOUND)/.test(code) ||
    /connection (terminated|ended|error)|timeout exceeded|not queryable|the database system/i.test(message)
  return (isAway ? refuse('server.database-unavailable') : refuse('server.failed')).refusal
}
