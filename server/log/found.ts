import type { Batch, BatchReply } from '@lentera/core/log/batch'
import { memberAdmitted, organisationFounded, programmeFounded } from '@lentera/core/log/membership'
import { MemberId, OrganisationId, TeamId } from '@lentera/core/shared/ids'
import { Country } from '@lentera/core/shared/places'
import { accept, refuse } from '@lentera/core/shared/refusals'
import { Role } from '@lentera/core/shared/roles'
import * as z from 'zod'
import { standingIn } from '../access/certificates.ts'
import { mayAppend } from '../access/log.ts'
import type { Viewer } from '../access/viewer.ts'
import type { Database } from '../database/database.ts'
import { deviceBrought, firstLook, judge, place } from './append.ts'

/**
 * Founds an organisation, and with it a programme where the batch says so: the one batch whose author nobody has
 * admitted before it. It brings its own root; everything in it is checked against that root like any other entry. Who may
 * call this is decided before (the one-time setup address, or the person at the machine).
 */
export async function foundOrganisation(database: Database, batch: Batch): Promise<BatchReply> {
  const refused = (code: string): BatchReply => ({ ok: false, refusal: { code, values: {} }, head: null })
  const claims = batch.entries.flatMap((signed) => firstLook(signed.text) ?? [])
  const standing = standingIn(claims)
  const author = claims[0]?.author
  const admission = claims.find((claim) => claim.kind === memberAdmitted.kind && claim.coded.member === author)
  const founder = Founder.safeParse(admission?.coded)
  if (!standing || !founder.success || !author) return refused('access.founding-incomplete')

  const founding = claims.find((claim) => claim.kind === programmeFounded.kind)
  const founded = founding && Founded.safeParse(founding.coded)
  if (founded && !founded.success) return refused('access.founding-incomplete')
  const existing = await database.asLog(batch.programme, (transaction) =>
    transaction.query<{ country: Country | null; zone: string }>(
      'programme',
      'select country, zone from lentera.programme where programme = $1',
      [batch.programme],
    ),
  )
  if (founded && existing.length > 0) return refused('access.founded-already')
  const programme = founded?.data ?? existing[0]
  if (!programme) return refused('access.founding-incomplete')

  const viewer: Viewer = {
    programme: batch.programme,
    country: programme.country,
    zone: programme.zone,
    member: author,
    organisation: standing.organisation,
    team: founder.data.team,
    roles: founder.data.roles,
    removed: false,
  }
  const device = await deviceBrought(claims, batch, viewer, standing)
  if (!device) return refused('log.device-unknown')
  const judged = await judge(viewer, batch, device, standing, mayFound)
  if (!judged.ok) return { ok: false, refusal: judged.refusal, head: null }
  const bad = judged.value.find((each) => !each.ok)
  // Half an organisation is none: here one refused entry refuses the batch.
  if (bad && !bad.ok) return { ok: false, refusal: bad.refusal, head: null }
  // As the owner, in one transaction: a cut in between must not leave a programme in which nobody can ever be admitted.
  return database.asOwner(async (transaction) => {
    if (founded) {
      const { name, country, zone, demonstration } = founded.data
      await transaction.query(
        'found programme',
        'insert into lentera.programme (programme, name, country, zone, demonstration) values ($1, $2, $3, $4, $5)',
        [batch.programme, name, country, zone, demonstration],
      )
    }
    return place(transaction, viewer, batch, judged.value, { rows: new Map(), refusals: new Map() })
  })
}

const Founder = z.object({
  member: MemberId,
  organisation: OrganisationId,
  team: TeamId.nullable(),
  roles: z.array(Role),
})
const Founded = z.object({
  name: z.string(),
  country: Country.nullable(),
  zone: z.string(),
  demonstration: z.boolean(),
})

const mayFound: typeof mayAppend = (viewer, entry, reading) => {
  if (!reading.known || entry.programme !== viewer.programme) return refuse('access.other-programme')
  const { kind } = reading.kind
  const isFounding = kind === programmeFounded.kind || kind === organisationFounded.kind
  return isFounding ? accept(undefined) : mayAppend(viewer, entry, reading)
}
