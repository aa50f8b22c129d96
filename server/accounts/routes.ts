import { Batch } from '@lentera/core/log/batch'
import { Hash } from '@lentera/core/shared/ids'
import { accept, type Decision, refuse } from '@lentera/core/shared/refusals'
import { fakeKdfParameters, hashVerifier, isVerifier, KdfParameters, LoginVerifier } from '@lentera/sealed/verify'
import * as z from 'zod'
import { mayStoreAccount } from '../access/accounts.ts'
import { noMoreThanWho } from '../access/anyone.ts'
import { BatchReply } from '../http/log-answers.ts'
import { type Route, route } from '../http/route.ts'
import type { Server } from '../http/server.ts'
import { foundOrganisation } from '../log/found.ts'
import { findAccount, NewAccount, storeAccount } from './accounts.ts'
import { beginSession, endSession, findMe, Me } from './sessions.ts'

const SignInWith = z.strictObject({ lookup: Hash, verifier: LoginVerifier })
const SignedIn = z.object({ token: z.string(), me: Me, account: z.record(z.string(), z.unknown()) })
type SignedIn = z.infer<typeof SignedIn>

const signInParameters = route({
  at: 'POST /api/sign-in/parameters',
  who: 'anyone',
  may: noMoreThanWho,
  parse: { body: z.strictObject({ lookup: Hash }) },
  decide: async ({ body }, _, server) => {
    const account = await findAccount(server.database, body.lookup)
    return accept({ kdf: account?.kdf ?? fakeKdfParameters(server.secret, body.lookup) })
  },
  present: { status: 200, body: z.object({ kdf: KdfParameters }) },
})

const signIn = route({
  at: 'POST /api/sign-in',
  who: 'anyone',
  may: noMoreThanWho,
  parse: { body: SignInWith },
  decide: ({ body }, asker, server) => signInto(server, body, asker.address),
  present: { status: 200, body: SignedIn },
})

const signOut = route({
  at: 'POST /api/sign-out',
  who: 'known',
  may: noMoreThanWho,
  parse: {},
  decide: async (_, { viewer, sessionKey }, { database, events }) => {
    await database.inProgramme(viewer.programme, (transaction) => endSession(transaction, viewer.programme, sessionKey))
    events.record('signed-out', { member: viewer.member })
    return accept(undefined)
  },
  present: { status: 204, body: null },
})

const me = route({
  at: 'GET /api/me',
  who: 'known',
  may: noMoreThanWho,
  parse: {},
  decide: (_, asker) => accept(asker.me),
  present: { status: 200, body: Me },
})

const storeAnAccount = route({
  at: 'POST /api/accounts',
  who: 'signed-in',
  may: ({ viewer, me }, { body }) => mayStoreAccount(viewer, body, me),
  parse: { body: NewAccount },
  decide: ({ body }, { viewer }, { database, events }) =>
    database.inProgramme(viewer.programme, async (transaction) => {
      const member = await findMe(transaction, viewer.programme, body.member)
      if (!member || member.removed || member.organisation !== viewer.organisation) return refuse('access.not-found')
      const stored = await storeAccount(transaction, viewer.programme, body)
      if (stored.ok) events.record('account-stored', { member: body.member })
      return stored
    }),
  present: { status: 201, body: null },
})

const found = route({
  at: 'POST /api/found',
  who: 'anyone',
  may: noMoreThanWho,
  parse: { body: z.strictObject({ setup: z.string().max(100), batch: Batch, account: NewAccount }) },
  decide: ({ body }, asker, server) => foundFirst(server, body, asker.address),
  present: { status: 201, body: BatchReply },
})

export const accountRoutes: readonly Route[] = [signInParameters, signIn, signOut, me, storeAnAccount, found]

/** Unknown names and wrong passphrases are one answer, found by the same questions in the same order. */
async function signInto(
  server: Server,
  { lookup, verifier }: z.infer<typeof SignInWith>,
  address: string,
): Promise<Decision<SignedIn>> {
  const may = server.attempts.may(lookup, address)
  if (!may.ok) return may
  const account = await findAccount(server.database, lookup)
  const isRight = isVerifier(account?.verifier ?? nobodysVerifier, verifier)
  if (!account || !isRight) {
    server.attempts.failed(lookup, address)
    server.events.record('sign-in-refused')
    return refuse('access.sign-in-wrong')
  }
  return server.database.inProgramme(account.programme, async (transaction) => {
    const me = await findMe(transaction, account.programme, account.member)
    if (!me) return refuse('access.sign-in-wrong')
    const token = await beginSession(transaction, account.programme, account.member)
    server.attempts.succeeded(lookup)
    server.events.record('signed-in', { member: account.member })
    return accept({ token, me, account: { ...account.account } })
  })
}

/** What a verifier for a name that nobody has is compared with: as long, and never equal to what it is compared with. */
const nobodysVerifier = hashVerifier(LoginVerifier.parse('A'.repeat(43)))

/**
 * Founds the first organisation and its administrator's account. Where the founding was stored and the account was not (a
 * cut in between), sending the same again brings the account after it.
 */
async function foundFirst(
  server: Server,
  { setup, batch, account }: { readonly setup: string; readonly batch: Batch; readonly account: NewAccount },
  address: string,
): Promise<Decision<z.infer<typeof BatchReply>>> {
  const may = server.attempts.may('setup', address)
  if (!may.ok) return may
  if (!server.setup.fits(setup)) {
    server.attempts.failed('setup', address)
    return refuse('access.not-found')
  }
  const reply = await foundOrganisation(server.database, batch)
  const isRepeat = !reply.ok && reply.refusal.code === 'access.founded-already'
  if (!reply.ok && !isRepeat) return accept(reply)
  return server.database.inProgramme(batch.programme, async (transaction) => {
    const founder = await findMe(transaction, batch.programme, account.member)
    if (!founder?.roles.includes('administrator')) return refuse('access.founding-incomplete')
    const stored = await storeAccount(transaction, batch.programme, account)
    if (!stored.ok) return stored
    server.setup.spend()
    server.events.record('founded', { programme: batch.programme, member: account.member })
    return accept(reply.ok ? reply : { ok: true as const, outcomes: [], head: reply.head })
  })
}
