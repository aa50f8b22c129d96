import type { MemberId } from '@lentera/core/shared/ids'
import { accept, type Decision, refuse } from '@lentera/core/shared/refusals'
import type { Viewer } from './viewer.ts'

/**
 * Who may store an account: a member her own (a new passphrase), an administrator anyone's of her organisation. Whether
 * the member is of her organisation shows at storing: elsewhere there is nothing to be found. The database of a
 * demonstration takes no account, its keys being public.
 */
export function mayStoreAccount(
  viewer: Viewer,
  account: { readonly member: MemberId },
  { demonstration }: { readonly demonstration: boolean },
): Decision<void> {
  if (demonstration) return refuse('access.demonstration')
  if (account.member === viewer.member || viewer.roles.includes('administrator')) return accept(undefined)
  return refuse('access.not-found')
}
