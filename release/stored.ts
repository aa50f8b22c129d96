import { DANGEROUS_markReleased } from './released-count.ts'
import type { ReleasedTables } from './tables.ts'

/**
 * A release as it was stored when it was made. Give it only what the publishing role itself wrote: its table takes inserts
 * and no change, and nobody else may write it.
 */
export function readReleased(stored: Pick<ReleasedTables, 'fact' | 'asOf' | 'settings' | 'cells'>): ReleasedTables {
  const { fact, asOf, settings, cells } = stored
  return DANGEROUS_markReleased({ fact, asOf, settings, cells })
}
