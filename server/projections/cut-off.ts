import type { ProgrammeId } from '@lentera/core/shared/ids'
import type { Database, Transaction } from '../database/database.ts'

/**
 * Fixes the tallies of one programme as they stand now under a label (a civil day, `2026-11-01`). Whoever is not of the
 * case team sees survivors only so: no one learns who came today by watching a figure move. A label is made once.
 *
 * @returns false where this cut-off had been made before: it stays as it was
 */
export async function makeCutOff(database: Database, programme: ProgrammeId, label: string): Promise<boolean> {
  return database.asLog(programme, async (transaction) => {
    // The log's own lock: a cut-off lies between two batches, never within one.
    const [row] = await transaction.query<{ head: string }>(
      'lock programme',
      'select head from lentera.programme where programme = $1 for update',
      [programme],
    )
    const made = await transaction.query(
      'make cut-off',
      `insert into lentera.cut_off (programme, label, head, made_at) values ($1, $2, $3, now())
       on conflict (programme, label) do nothing returning label`,
      [programme, label, row?.head ?? 0],
    )
    if (made.length === 0) return false
    await fixTallies(transaction, programme, label)
    return true
  })
}

/** Copies the tallies as they stand into the cut-off's own. */
export async function fixTallies(transaction: Transaction, programme: ProgrammeId, label: string): Promise<void> {
  await transaction.query(
    'tallies at cut-off',
    `insert into lentera.tally_at_cut_off
       (programme, label, name, scope, audience, fact, period, dimensions, persons_low, persons_high, contacts)
     select programme, $2, name, scope, audience, fact, period, dimensions, persons_low, persons_high, contacts
     from lentera.tally where programme = $1`,
    [programme, label],
  )
}
