import { accept, type Decision, refuse } from '@lentera/core/shared/refusals'

/**
 * Who may have an account kept: an administrator, for a member of her organisation (which shows at storing: elsewhere there
 * is nothing to be found) who has none; and a member may change her own, who proves that she has what it opens with. The
 * database of a demonstration keeps and changes none, its keys being public.
 */
export function mayKeepAccounts({ demonstration }: { readonly demonstration: boolean }): Decision<void> {
  return demonstration ? refuse('access.demonstration') : accept(undefined)
}
