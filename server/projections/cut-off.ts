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
    return fixCutOff(transaction, { programme, label, head: row?.head ?? 0, made: new Date().toISOString() })
  })
}

export type CutOff = {
  readonly programme: ProgrammeId
  readonly label: string
  readonly head: string | number
  /** The instant it was made, ISO 8601. */
  readonly made: string
}

/** Copies the tallies as they stand into the cut-off's own, and notes which work members of the programme do or did. */
export async function fixCutOff(transaction: Transaction, cutOff: CutOff): Promise<boolean> {
  const { programme, label, head, made } = cutOff
  const fixed = await transaction.query(
    'fix cut-off',
    `insert into lentera.cut_off (programme, label, head, made_at, roles)
     select $1, $2, $3, $4, array(
       select distinct unnest(roles) from lentera.member where programme = $1 order by 1)
     on conflict (programme, label) do nothing returning label`,
    [programme, label, head, made],
  )
  if (fixed.length === 0) return false
  await transaction.query(
    'tallies at cut-off',
    `insert into lentera.tally_at_cut_off
       (programme, label, name, scope, audience, fact, period, dimensions, persons_low, persons_high, contacts)
     select programme, $2, name, scope, audience, fact, period, dimensions, persons_low, persons_high, contacts
     from lentera.tally where programme = $1`,
    [programme, label],
  )
  return true
}
