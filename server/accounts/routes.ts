import { Batch } from '@lentera/core/log/batch'
import { Hash } from '@lentera/core/shared/ids'
import { Me } from '@lentera/core/shared/me'
import { accept, type Decision, refuse } from '@lentera/core/shared/refusals'
import { fakeKdfParameters, hashVerifier, KdfParameters, LoginVerifier, RecoveryVerifier } from '@lentera/sealed/verify'
import * as z from 'zod'
import { mayKeepAccounts } from '../access/accounts.ts'
import { noMoreThanWho } from '../access/anyone.ts'
import { BatchReply } from '../http/log-answers.ts'
import { type Asker, type Route, route } from '../http/route.ts'
import type { Server } from '../http/server.ts'
import { foundOrganisation } from '../log/found.ts'
import {
  AccountChange,
  addAccount,
  changeAccount,
  findAccount,
  findAccountOf,
  isThere,
  NewAccount,
  proves,
} from './accounts.ts'
import { beginSession, endOtherSessions, endSession, findMe } from './sessions.ts'

const SignInWith = z.strictObject({ lookup: Hash, verifier: LoginVerifier })
const RecoverWith = z.strictObject({ lookup: Hash, verifier: RecoveryVerifier })
type Shown = { readonly lookup: Hash; readonly proof: AccountChange['proof'] }
const SignedIn = z.object({ token: z.string(), me: Me, account: z.record(z.string(), z.unknown()) })
type SignedIn = z.infer<typeof SignedIn>

const signInParameters = route({
  at: 'POST /api/sign-in/parameters',
  who: 'anyone',
  may: noMoreThanWho,
  parse: { body: z.strictObject({ lookup: Hash }) },
  decide: async ({ body }, _, server) => {
    // Made for every name, so that one that is there takes no longer than one that is not.
    const fake = fakeKdfParameters(server.secret, body.lookup)
    const account = await findAccount(server.database, body.lookup)
    return accept({ kdf: account?.kdf ?? fake })
  },
  present: { status: 200, body: z.object({ kdf: KdfParameters }) },
})

const signIn = route({
  at: 'POST /api/sign-in',
  who: 'anyone',
  may: noMoreThanWho,
  parse: { body: SignInWith },
  decide: ({ body: { lookup, verifier } }, asker, server) =>
    signInto(server, { lookup, proof: { by: 'passphrase', verifier } }, asker.address),
  present: { status: 200, body: SignedIn },
})

const signInByCode = route({
  at: 'POST /api/sign-in/recovery',
  who: 'anyone',
  may: noMoreThanWho,
  parse: { body: RecoverWith },
  decide: ({ body: { lookup, verifier } }, asker, server) =>
    signInto(server, { lookup, proof: { by: 'recovery-code', verifier } }, asker.address),
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

const addAnAccount = route({
  at: 'POST /api/accounts',
  who: ['administrator'],
  may: ({ me }) => mayKeepAccounts(me),
  parse: { body: NewAccount },
  decide: ({ body }, { viewer }, { database, events }) =>
    database.inProgramme(viewer.programme, async (transaction) => {
      const member = await findMe(transaction, viewer.programme, body.member)
      if (!member || member.removed || member.organisation !== viewer.organisation) return refuse('access.not-found')
      const added = await addAccount(transaction, viewer.programme, body)
      if (added.ok) events.record('account-added', { member: body.member })
      return added
    }),
  present: { status: 201, body: null },
})

const changeHerAccount = route({
  at: 'POST /api/account',
  who: 'signed-in',
  may: ({ me }) => mayKeepAccounts(me),
  parse: { body: AccountChange },
  decide: ({ body }, asker, server) => changeOwn(server, body, asker),
  present: { status: 204, body: null },
})

const found = route({
  at: 'POST /api/found',
  who: 'anyone',
  may: noMoreThanWho,
  parse: { body: z.strictObject({ setup: z.string().max(100), batch: Batch, account: NewAccount }) },
  decide: ({ body }, asker, server) => foundFirst(server, body, asker.address),
  present: { status: 201, body: BatchReply },
})

export const accountRoutes: readonly Route[] = [
  signInParameters,
  signIn,
  signInByCode,
  signOut,
  me,
  addAnAccount,
  changeHerAccount,
  found,
]

/** Unknown names, wrong passphrases and wrong codes are one answer, found by the same questions in the same order. */
async function signInto(server: Server, { lookup, proof }: Shown, address: string): Promise<Decision<SignedIn>> {
  const attempt = server.attempts.begin(lookup, address)
  if (!attempt.ok) return attempt
  const account = await findAccount(server.database, lookup)
  const isRight = proves(account ?? nobodysAccount, proof)
  if (!account || !isRight) {
    server.events.record('sign-in-refused')
    return refuse(wrongFor[proof.by])
  }
  return server.database.inProgramme(account.programme, async (transaction) => {
    const me = await findMe(transaction, account.programme, account.member)
    if (!me) return refuse(wrongFor[proof.by])
    const token = await beginSession(transaction, account.programme, account.member)
    attempt.value.right()
    server.events.record(proof.by === 'passphrase' ? 'signed-in' : 'signed-in-by-code', { member: account.member })
    return accept({ token, me, account: { ...account.account } })
  })
}

const wrongFor = { passphrase: 'access.sign-in-wrong', 'recovery-code': 'access.recovery-wrong' } as const

/** What is shown for a name that nobody has is compared with this: as long, and never equal to what it is compared with. */
const nobodysVerifier = hashVerifier(LoginVerifier.parse('A'.repeat(43)))
const nobodysAccount = { verifier: nobodysVerifier, recovery: nobodysVerifier }

/**
 * A session alone changes nothing: a device left open would otherwise be enough to keep its owner out. Refused as at signing in, and braked with it.
 */
async function changeOwn(
  server: Server,
  change: AccountChange,
  { viewer, sessionKey, address }: Asker<'signed-in'>,
): Promise<Decision<void>> {
  const { programme, member } = viewer
  return server.database.inProgramme(programme, async (transaction) => {
    const account = await findAccountOf(transaction, programme, member)
    if (!account) return refuse('access.not-found')
    const attempt = server.attempts.begin(account.lookup, address)
    if (!attempt.ok) return attempt
    if (!proves(account, change.proof) && !isThere(account, change)) {
      server.events.record('account-change-refused', { member })
      return refuse(wrongFor[change.proof.by])
    }
    attempt.value.right()
    await changeAccount(transaction, account, change)
    await endOtherSessions(transaction, programme, member, sessionKey)
    server.events.record('account-changed', { member })
    return accept(undefined)
  })
}

/**
 * Founds the first organisation and its administrator's account. Where the founding was stored and the account was not (a
 * cut in between), sending the same again brings the account after it.
 */
async function foundFirst(
  server: Server,
  { setup, batch, account }: { readonly setup: string; readonly batch: Batch; readonly account: NewAccount },
  address: string,
): Promise<Decision<z.infer<typeof BatchReply>>> {
  const attempt = server.attempts.begin('setup', address)
  if (!attempt.ok) return attempt
  if (!server.setup.fits(setup)) return refuse('access.not-found')
  attempt.value.right()
  const reply = await foundOrganisation(server.database, batch)
  const isRepeat = !reply.ok && reply.refusal.code === 'access.founded-already'
  if (!reply.ok && !isRepeat) return accept(reply)
  return server.database.inProgramme(batch.programme, async (transaction) => {
    const founder = await findMe(transaction, batch.programme, account.member)
    if (!founder?.roles.includes('administrator')) return refuse('access.founding-incomplete')
    const stored = await addAccount(transaction, batch.programme, account)
    if (!stored.ok) return stored
    server.setup.spend()
    server.events.record('founded', { programme: batch.programme, member: account.member })
    return accept(reply.ok ? reply : { ok: true as const, outcomes: [], head: reply.head })
  })
}
