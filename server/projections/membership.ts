import type { RecordState } from '@lentera/core/log/fold'
import { streamRecord } from '@lentera/core/log/fold'
import { deviceAdded, memberAdmitted, memberRemoved, teamFormed } from '@lentera/core/log/membership'
import type { ProgrammeId } from '@lentera/core/shared/ids'
import { DeviceCertificate, SignedCertificate } from '@lentera/sealed/verify'
import { endSessionsOf } from '../accounts/sessions.ts'
import type { Transaction } from '../database/database.ts'
import type { FoldedStream } from './project.ts'

/** Organisations, teams, members and devices as the organisations' streams say. A removed member stays, marked. */
export async function projectMembership(
  transaction: Transaction,
  programme: ProgrammeId,
  folded: readonly FoldedStream[],
): Promise<void> {
  for (const { state } of folded.filter((stream) => stream.noun === 'organisation')) {
    const founded = codedOf(state.records[streamRecord])
    if (founded.organisation) {
      await transaction.query(
        'store organisation',
        `insert into lentera.organisation values ($1, $2, $3, $4, $5)
         on conflict (programme, organisation) do update set name = excluded.name`,
        [programme, founded.organisation, founded.name, founded.rootSign, founded.rootRecovery],
      )
    }
    const records = Object.values(state.records)
    for (const record of records.filter((each) => each.kind === teamFormed.kind)) {
      const team = codedOf(record)
      await transaction.query(
        'store team',
        `insert into lentera.team values ($1, $2, $3, $4) on conflict (programme, team) do update set name = excluded.name`,
        [programme, team.team, team.organisation, team.name],
      )
    }
    const removed = new Set(
      records.filter((each) => each.kind === memberRemoved.kind).map((each) => codedOf(each).member),
    )
    // What she had open before her removal ends with it; signing in again, she can only hand in what she has.
    if (removed.size > 0) {
      await endSessionsOf(transaction, programme, [...removed])
      await transaction.query(
        'keys of removed members',
        'delete from lentera.wrapped_key where programme = $1 and recipient = any($2::text[])',
        [programme, [...removed].map((member) => `member:${member}`)],
      )
    }
    // An imported log may hold what is refused today: a second admission of a member with other keys changes nothing of her.
    for (const record of records.filter((each) => each.kind === memberAdmitted.kind)) {
      const member = codedOf(record)
      await transaction.query(
        'store member',
        `insert into lentera.member values ($1, $2, $3, $4, $5, $6, $7, $8)
         on conflict (programme, member) do update set team = excluded.team, roles = excluded.roles,
           label = excluded.label, certificate = excluded.certificate, removed = excluded.removed
         where (member.certificate ->> 'text')::jsonb -> 'keys' = (excluded.certificate ->> 'text')::jsonb -> 'keys'`,
        [
          programme,
          member.member,
          member.organisation,
          member.team,
          member.roles,
          member.label,
          JSON.stringify(member.certificate),
          removed.has(member.member),
        ],
      )
    }
    for (const record of records.filter((each) => each.kind === deviceAdded.kind)) {
      const device = codedOf(record)
      await transaction.query(
        'store device',
        `insert into lentera.device values ($1, $2, $3, $4, $5) on conflict (programme, device) do nothing`,
        [programme, device.device, device.member, JSON.stringify(device.certificate), signKeyOf(device.certificate)],
      )
    }
  }
}

/** First heads of a record's clear fields. Membership fields are written once each; of two, the first by entry id. */
// biome-ignore lint/suspicious/noExplicitAny: values were checked by the kind's schema before they were stored
function codedOf(record: RecordState | undefined): Record<string, any> {
  const fields = Object.entries(record?.fields ?? {})
  return Object.fromEntries(fields.flatMap(([name, [head]]) => (head && 'value' in head ? [[name, head.value]] : [])))
}

/** The device's public key as its certificate says; the log verified it before it was stored. */
function signKeyOf(certificate: unknown): string {
  const signed = SignedCertificate.parse(certificate)
  return DeviceCertificate.parse(JSON.parse(signed.text)).key
}
