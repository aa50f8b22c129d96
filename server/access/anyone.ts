import { accept, type Decision } from '@lentera/core/shared/refusals'

/** The policy of a route that asks for no right beyond its `who`: written out, so that none is forgotten. */
export const noMoreThanWho = (): Decision<void> => accept(undefined)
