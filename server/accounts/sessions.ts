import type { MemberId, ProgrammeId } from '@lentera/core/shared/ids'
import { Me } from '@lentera/core/shared/me'
import { hashToken, newToken, SessionToken } from '@lentera/sealed/verify'
import type { Viewer } from '../access/viewer.ts'
import type { Database, Transaction } from '../database/database.ts'

export type Session = { readonly me: Me; readonly viewer: Viewer; readonly sessionKey: string }

/** Minutes a session lives without being used. */
export const idleMinutes = 30

/** Begins a session for a member. The token goes to her device; only its hash stays here. */
export async function beginSession(
  transaction: Transaction,
  programme: ProgrammeId,
  member: MemberId,
): Promise<SessionToken> {
  const token = newToken()
  await transaction.query(
    'end idle sessions',
    `delete from lentera.session where programme = $1 and last_used < now() - make_interval(mins => $2)`,
    [programme, idleMinutes],
  )
  await transaction.query('begin session', 'insert into lentera.session values ($1, $2, $3, now())', [
    hashToken(token),
    programme,
    member,
  ])
  return token
}

/**
 * The session that a request's `Authorization` header names, and who its member is at this moment: her roles and her
 * removal take effect at her next request. Undefined where there is none, it is unknown, or it was idle too long.
 */
export async function findSession(database: Database, authorization: string | undefined): Promise<Session | undefined> {
  const token = SessionToken.safeParse(/^Bearer (\S+)$/.exec(authorization ?? '')?.[1])
  if (!token.success) return undefined
  const sessionKey = hashToken(token.data)
  const [found] = await database.atSignIn((transaction) =>
    transaction.query<{ programme: ProgrammeId; member: MemberId; ageing: boolean }>(
      'session by token',
      `select programme, member, last_used < now() - interval '1 minute' as ageing from lentera.session
       where token = $1 and last_used > now() - make_interval(mins => $2)`,
      [sessionKey, idleMinutes],
    ),
  )
  if (!found) return undefined
  return database.inProgramme(found.programme, async (transaction) => {
    // Once a minute is enough to know whether it is idle, and spares every request a write.
    if (found.ageing) {
      await transaction.query(
        'use session',
        'update lentera.session set last_used = now() where programme = $1 and token = $2',
        [found.programme, sessionKey],
      )
    }
    const me = await findMe(transaction, found.programme, found.member)
    return me && { me, viewer: viewerOf(me), sessionKey }
  })
}

export async function findMe(
  transaction: Transaction,
  programme: ProgrammeId,
  member: MemberId,
): Promise<Me | undefined> {
  const [row] = await transaction.query(
    'who a member is',
    `select programme.programme, programme.name as "programmeName", programme.country, programme.zone,
       programme.demonstration, member.member, member.label, member.organisation,
       organisation.name as "organisationName", organisation.root_sign as "rootSign",
       organisation.root_recovery as "rootRecovery", member.team, team.name as "teamName", member.roles, member.removed
     from lentera.member
     join lentera.programme on programme.programme = member.programme
     join lentera.organisation on organisation.programme = member.programme
       and organisation.organisation = member.organisation
     left join lentera.team on team.programme = member.programme and team.team = member.team
     where member.programme = $1 and member.member = $2`,
    [programme, member],
  )
  return row && Me.parse(row)
}

export function viewerOf({ programme, country, zone, member, organisation, team, roles, removed }: Me): Viewer {
  return { programme, country, zone, member, organisation, team, roles, removed }
}

export async function endSession(transaction: Transaction, programme: ProgrammeId, sessionKey: string): Promise<void> {
  await transaction.query('end session', 'delete from lentera.session where programme = $1 and token = $2', [
    programme,
    sessionKey,
  ])
}

/** All sessions of these members end: what was begun before a removal must not outlive it. */
export async function endSessionsOf(
  transaction: Transaction,
  programme: ProgrammeId,
  members: readonly MemberId[],
): Promise<void> {
  await transaction.query(
    'end sessions of members',
    'delete from lentera.session where programme = $1 and member = any($2::uuid[])',
    [programme, members],
  )
}

/** All sessions of hers but the one she asks with: what was begun with a former passphrase must not outlive it. */
export async function endOtherSessions(
  transaction: Transaction,
  programme: ProgrammeId,
  member: MemberId,
  sessionKey: string,
): Promise<void> {
  await transaction.query(
    'end other sessions',
    'delete from lentera.session where programme = $1 and member = $2 and token <> $3',
    [programme, member, sessionKey],
  )
}
