import type { WrappedKey } from '@lentera/core/log/batch'
import { canonicalText, type Entry } from '@lentera/core/log/entry'
import { describe, expect, it } from 'vitest'
import { toBase64Url } from './bytes/base64url.ts'
import {
  beginEpoch,
  certifyDevice,
  certifyMember,
  certifyMemberByRoot,
  certifyOrganisation,
  deriveAccount,
  grantCaseKey,
  newAccount,
  newCaseKey,
  newDeviceKey,
  newMemberKeys,
  newOrganisationRoot,
  newPersonKey,
  openCaseKey,
  openField,
  openPersonKey,
  recoverAccount,
  sealField,
  signBatch,
  signEntry,
  unlockAccount,
  wrapPersonKey,
} from './open.ts'
import {
  accepted,
  adaeze,
  bopha,
  chanthy,
  child,
  day,
  device,
  entryId,
  firstCase,
  inLog,
  organisation,
  programme,
  secondCase,
  survivor,
  validity,
} from './testing/cast.ts'
import { flipBit } from './testing/mutations.ts'
import {
  certificateHash,
  digestOf,
  fromBase64Url,
  verifyBatch,
  verifyDeviceCertificate,
  verifyEntry,
  verifyMemberCertificate,
  verifyOrganisationCertificate,
} from './verify.ts'

/**
 * A server that does as it likes: it reads and writes its database, and answers a device whatever it wants. Principle P01
 * says it reads nothing, learns no key and slips in or changes nothing unseen. Each line is one thing such a server has been
 * seen to try on a password manager (the attack list of ETH Zurich and USI, 2026) or could try here, and what the device
 * or an honest server then says.
 */
const root = await newOrganisationRoot()
const serversRoot = await newOrganisationRoot()
const publicOf = (keys: ReturnType<typeof newMemberKeys>) => ({ sign: keys.sign.public, seal: keys.seal.public })
const administrator = newMemberKeys()
const adaezes = await certifyMemberByRoot(
  root,
  { organisation, member: adaeze, keys: publicOf(administrator) },
  true,
  validity,
)
const account = accepted(await newAccount(bopha, 'four words of her own'))
const { keys } = account.unlocked
const derived = accepted(await deriveAccount('four words of her own', account.record.kdf))
const bophas = await certifyMember(
  { keys: administrator, certificate: adaezes },
  { organisation, member: bopha, keys: publicOf(keys) },
  validity,
)
const context = { root: root.sign.public, issuers: [adaezes], at: day('2026-11-24') }
const verified = accepted(await verifyMemberCertificate(bophas, context))
const deviceKey = newDeviceKey()
const serversMember = newMemberKeys()
const serversDevice = newDeviceKey()

const scope = { programme, stream: firstCase }
const caseKey = newCaseKey(scope, 1)
const personKey = newPersonKey(caseKey, survivor)
const holder = { kind: 'member', member: bopha, key: keys.seal } as const
const grant = accepted(await grantCaseKey(caseKey, { kind: 'member', member: bopha, key: keys.seal.public }))
const ofPerson = await wrapPersonKey(personKey, caseKey)
const place = { programme, stream: firstCase, entry: entryId('one'), field: 'name', author: bopha }
const envelope = accepted(await sealField(personKey, place, certificateHash(bophas), 'សុភា'))
const nextEpoch = accepted(
  await beginEpoch(caseKey, [personKey], [{ kind: 'member', member: bopha, key: keys.seal.public }]),
)
const nextGrant = nextEpoch.wrapped.find(({ to }) => to.kind === 'member') ?? grant
const entry: Entry = {
  v: 1,
  id: place.entry,
  programme,
  stream: firstCase,
  parents: [],
  kind: 'support.case-opened',
  version: 1,
  on: day('2026-Q4'),
  coded: { sex: 'female' },
  sealed: { name: envelope },
  author: bopha,
  device,
  at: null,
  prev: null,
}
const signed = await signEntry(entry, deviceKey)
const otherCase = newPersonKey(newCaseKey({ programme, stream: secondCase }, 1), child)

type Answer = Promise<{ readonly ok: boolean; readonly refusal?: { readonly code: string } }>
const attacks: readonly (readonly [tries: string, says: string, attack: () => Answer])[] = [
  [
    'gives a public key of its own for a colleague',
    'sealed.certificate-bad-signature',
    () =>
      verifyMemberCertificate(
        { ...bophas, text: bophas.text.replace(keys.seal.public, serversMember.seal.public) },
        context,
      ),
  ],
  [
    'adds a ghost to the organisation under a root of its own',
    'sealed.certificate-bad-signature',
    async () =>
      verifyMemberCertificate(
        await certifyMemberByRoot(
          serversRoot,
          { organisation, member: chanthy, keys: publicOf(serversMember) },
          true,
          validity,
        ),
        context,
      ),
  ],
  [
    'adds a ghost certified by a member whose keys it made',
    'sealed.certificate-issuer-unknown',
    async () => {
      const own = await certifyMemberByRoot(
        serversRoot,
        { organisation, member: chanthy, keys: publicOf(serversMember) },
        true,
        validity,
      )
      return verifyMemberCertificate(
        await certifyMember(
          { keys: serversMember, certificate: own },
          { organisation, member: bopha, keys: publicOf(serversMember) },
          validity,
        ),
        context,
      )
    },
  ],
  [
    'adds that certificate to the issuers too',
    'sealed.certificate-bad-signature',
    async () => {
      const own = await certifyMemberByRoot(
        serversRoot,
        { organisation, member: chanthy, keys: publicOf(serversMember) },
        true,
        validity,
      )
      const ghost = await certifyMember(
        { keys: serversMember, certificate: own },
        { organisation, member: bopha, keys: publicOf(serversMember) },
        validity,
      )
      return verifyMemberCertificate(ghost, { ...context, issuers: [adaezes, own] })
    },
  ],
  [
    'lets a caseworker it has turned make members',
    'sealed.certificate-issuer-may-not',
    async () =>
      verifyMemberCertificate(
        await certifyMember(
          { keys, certificate: bophas },
          { organisation, member: chanthy, keys: publicOf(serversMember) },
          validity,
        ),
        { ...context, issuers: [adaezes, bophas] },
      ),
  ],
  [
    'gives a recovery key of its own for the organisation',
    'sealed.certificate-bad-signature',
    async () =>
      verifyOrganisationCertificate(
        await certifyOrganisation(serversRoot, organisation, validity.from),
        root.sign.public,
      ),
  ],
  [
    'brings back a certificate that was withdrawn',
    'sealed.certificate-withdrawn',
    () => verifyMemberCertificate(bophas, { ...context, withdrawn: new Set([certificateHash(bophas)]) }),
  ],
  [
    'gives a device of its own as one of hers',
    'sealed.certificate-bad-signature',
    async () => {
      const own = await certifyDevice(
        { keys: serversMember, certificate: bophas },
        { organisation, member: bopha, device, key: serversDevice.public },
        validity,
      )
      return verifyDeviceCertificate(own, verified, context)
    },
  ],
  [
    'asks for a cheap Argon2id, to guess the passphrase sooner',
    'sealed.kdf-too-weak',
    () => deriveAccount('four words of her own', { ...account.record.kdf, memoryKiB: 1024, passes: 1 }),
  ],
  [
    'asks for a ruinous Argon2id, to stop the device',
    'sealed.kdf-too-heavy',
    () => deriveAccount('four words of her own', { ...account.record.kdf, memoryKiB: 16 * 1024 * 1024 }),
  ],
  [
    'gives her another salt',
    'sealed.passphrase-wrong',
    async () => {
      const other = accepted(
        await deriveAccount('four words of her own', { ...account.record.kdf, salt: 'AAAAAAAAAAAAAAAAAAAAAA' }),
      )
      return unlockAccount(account.record, other.unlockKey)
    },
  ],
  [
    'gives her the wraps of an account it made itself',
    'sealed.passphrase-wrong',
    async () => {
      const own = accepted(await newAccount(bopha, 'of the server'))
      return unlockAccount(own.record, derived.unlockKey)
    },
  ],
  [
    'puts private keys it knows under her user key',
    'sealed.wrap-altered',
    async () => {
      const own = accepted(await newAccount(bopha, 'of the server'))
      return unlockAccount({ ...account.record, memberKeys: own.record.memberKeys }, derived.unlockKey)
    },
  ],
  [
    'offers her recovery the wrap made for the passphrase',
    'sealed.recovery-code-wrong',
    () =>
      recoverAccount(
        { ...account.record, byRecoveryCode: { ...account.record.byPassphrase, by: 'recovery-code' } },
        account.recoveryCode,
      ),
  ],
  [
    'gives the key of one case for another',
    'sealed.wrap-altered',
    () => openCaseKey(grant, inLog({ programme, stream: secondCase }, grant), holder),
  ],
  [
    'passes the grant of the old epoch off as the new one',
    'sealed.wrap-altered',
    () => openCaseKey({ ...grant, epoch: 2, key: nextGrant.key }, inLog(scope, grant, nextGrant), holder),
  ],
  [
    'grants a case key of its own, for her to write under',
    'sealed.grant-not-in-log',
    async () => {
      const own = newCaseKey(scope, 2)
      const given = accepted(await grantCaseKey(own, { kind: 'member', member: bopha, key: keys.seal.public }))
      return openCaseKey(given, inLog(scope, grant, nextGrant), holder)
    },
  ],
  [
    'has got a false grant into the log, to read what is sealed under it: the wrap of the person key gives it away',
    'sealed.wrap-altered',
    async () => {
      const own = { ...newCaseKey(scope, 1), id: caseKey.id }
      const given = accepted(await grantCaseKey(own, { kind: 'member', member: bopha, key: keys.seal.public }))
      return openPersonKey(ofPerson, accepted(await openCaseKey(given, inLog(scope, given), holder)), survivor)
    },
  ],
  ['gives one person the wrapped key of another', 'sealed.wrap-altered', () => openPersonKey(ofPerson, caseKey, child)],
  [
    'keeps a wrap that the new epoch replaced',
    'sealed.wrong-key',
    () => openPersonKey(ofPerson, nextEpoch.caseKey, survivor),
  ],
  [
    'alters a wrapped key in a batch on its way',
    'sealed.wrap-altered',
    async () => {
      const batch = await signBatch(
        { programme, device, chain: [signed.hash], entries: [signed], keys: [grant] },
        deviceKey,
      )
      const bytes = fromBase64Url(grant.wrapped) ?? new Uint8Array(0)
      const altered: WrappedKey = { ...grant, wrapped: toBase64Url(flipBit(bytes, 9)) }
      return verifyBatch({ ...batch, keys: [altered] }, deviceKey.public)
    },
  ],
  [
    'moves a sealed field to another entry',
    'sealed.not-authentic',
    () => openField(personKey, { ...place, entry: entryId('two') }, envelope),
  ],
  [
    'moves a sealed field to another field',
    'sealed.not-authentic',
    () => openField(personKey, { ...place, field: 'alias' }, envelope),
  ],
  [
    'moves a sealed field to another case',
    'sealed.wrong-key',
    () => openField(otherCase, { ...place, stream: secondCase }, envelope),
  ],
  [
    'gives a sealed field another author',
    'sealed.not-authentic',
    () => openField(personKey, { ...place, author: chanthy }, envelope),
  ],
  [
    'claims an older suite for an envelope',
    'sealed.envelope-version-unknown',
    () => {
      const bytes = Uint8Array.from(fromBase64Url(envelope) ?? [])
      bytes[1] = 0
      return openField(personKey, place, toBase64Url(bytes))
    },
  ],
  [
    'changes a coded field of an entry',
    'sealed.bad-signature',
    () => verifyEntry({ ...signed, text: signed.text.replace('female', 'male') }, deviceKey.public),
  ],
  [
    'writes an entry in her name with a key of its own',
    'sealed.bad-signature',
    async () => verifyEntry(await signEntry(entry, serversDevice), deviceKey.public),
  ],
  [
    'takes an entry out of a batch and lets the chain close over it',
    'sealed.batch-bad-signature',
    async () => {
      const second = await signEntry({ ...entry, id: entryId('two'), prev: signed.hash }, deviceKey)
      const batch = await signBatch(
        { programme, device, chain: [signed.hash, second.hash], entries: [signed, second], keys: [] },
        deviceKey,
      )
      return verifyBatch({ ...batch, chain: [signed.hash], entries: batch.entries.slice(0, 1) }, deviceKey.public)
    },
  ],
  [
    'passes a batch off as one of another programme',
    'sealed.batch-bad-signature',
    async () => {
      const batch = await signBatch({ programme, device, chain: [signed.hash], entries: [signed], keys: [] }, deviceKey)
      return verifyBatch({ ...batch, programme: firstCase as unknown as typeof programme }, deviceKey.public) // any other id will do
    },
  ],
]

describe('a hostile server', () => {
  it('is tried with everything in the list, all different', () => {
    expect(new Set(attacks.map(([tries]) => tries)).size).toBe(attacks.length)
    expect(attacks.length).toBeGreaterThanOrEqual(12)
  })

  it.each(attacks)('%s, and hears %s', async (_, says, attack) => {
    const answer = await attack()
    expect([answer.ok, answer.refusal?.code]).toEqual([false, says])
  })

  it('is believed when it does none of it', async () => {
    accepted(await verifyMemberCertificate(bophas, context))
    accepted(await unlockAccount(account.record, derived.unlockKey))
    const opened = accepted(await openCaseKey(grant, inLog(scope, grant), holder))
    const hers = accepted(await openPersonKey(ofPerson, opened, survivor))
    expect(accepted(await openField(hers, place, envelope)).reveal()).toBe('សុភា')
    expect(accepted(await verifyEntry(signed, deviceKey.public)).entry).toEqual(JSON.parse(canonicalText(entry)))
    expect(digestOf([signed.hash])).not.toBe(digestOf([]))
  })
})
