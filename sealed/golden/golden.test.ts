import { readFileSync } from 'node:fs'
import { Batch, WrappedKey } from '@lentera/core/log/batch'
import { Entry } from '@lentera/core/log/entry'
import { EntryId, OrganisationId, PersonKey, ProgrammeId, StreamId } from '@lentera/core/shared/ids'
import { beforeAll, describe, expect, it } from 'vitest'
import * as z from 'zod'
import { fromBase64Url, toBase64Url } from '../bytes/base64url.ts'
import { utf8 } from '../bytes/compose.ts'
import {
  DANGEROUS_seededRandomness,
  deriveAccount,
  joinSheets,
  Keyring,
  type OrganisationRoot,
  openBox,
  openCaseKey,
  openField,
  openLocalStoreKey,
  openPersonKey,
  openSealed,
  recoverAccount,
  rootFromSeed,
  type UnlockedAccount,
  unlockAccount,
  WrappedLocalStoreKey,
} from '../open.ts'
import { accepted, bopha, day } from '../testing/cast.ts'
import {
  certificateHash,
  DevicePublicKey,
  digestOf,
  fakeKdfParameters,
  hashVerifier,
  KdfParameters,
  LoginVerifier,
  RootPublicKey,
  readEnvelopeHeader,
  SignedCertificate,
  verifyBatch,
  verifyDeviceCertificate,
  verifyMemberCertificate,
  verifyOrganisationCertificate,
  WrappedMemberKeys,
  WrappedUserKey,
} from '../verify.ts'

/**
 * `version-1.json` holds one of everything that version 1 writes. If a test here fails, what people have sealed no longer
 * opens: mend the code, never the file. A later version gets a file of its own beside it.
 */
const Golden = z.object({
  passphrase: z.string(),
  account: z.object({
    kdf: KdfParameters,
    byPassphrase: WrappedUserKey,
    byRecoveryCode: WrappedUserKey,
    memberKeys: WrappedMemberKeys,
  }),
  loginVerifier: LoginVerifier,
  storedVerifier: z.string(),
  recoveryCode: z.string(),
  publicKeys: z.object({
    root: RootPublicKey,
    recovery: z.string(),
    sign: z.string(),
    seal: z.string(),
    device: DevicePublicKey,
  }),
  organisation: OrganisationId,
  rootSeed: z.string(),
  sheets: z.array(z.array(z.string())),
  certificates: z.object({
    organisation: SignedCertificate,
    administrator: SignedCertificate,
    member: SignedCertificate,
    device: SignedCertificate,
  }),
  scope: z.object({ programme: ProgrammeId, stream: StreamId }),
  person: PersonKey,
  secondEpoch: z.array(WrappedKey),
  batch: Batch,
  values: z.record(z.string(), z.json()),
  later: z.object({ entry: EntryId, field: z.string(), envelope: z.string(), value: z.string() }),
  local: z.object({
    key: WrappedLocalStoreKey,
    place: z.object({ table: z.string(), record: z.string() }),
    box: z.string(),
    value: z.json(),
    keyring: z.string(),
  }),
  report: z.object({ info: z.string(), sealed: z.string(), text: z.string() }),
  seeded: z.object({ seed: z.string(), label: z.string(), first: z.string() }),
  fakeKdf: KdfParameters,
  digest: z.string(),
})
const golden = Golden.parse(JSON.parse(readFileSync(new URL('./version-1.json', import.meta.url), 'utf8')))
const bytes = (text: string) => fromBase64Url(text) ?? new Uint8Array(0)

describe('what version 1 wrote', () => {
  let unlocked: UnlockedAccount
  let root: OrganisationRoot

  beforeAll(async () => {
    const derived = accepted(await deriveAccount(golden.passphrase, golden.account.kdf))
    expect(derived.loginVerifier).toBe(golden.loginVerifier)
    unlocked = accepted(await unlockAccount(golden.account, derived.unlockKey))
    root = await rootFromSeed(bytes(golden.rootSeed))
  })

  it('opens by its passphrase and by its printed code', async () => {
    expect([unlocked.keys.sign.public, unlocked.keys.seal.public]).toEqual([
      golden.publicKeys.sign,
      golden.publicKeys.seal,
    ])
    accepted(await recoverAccount(golden.account, golden.recoveryCode))
    expect(hashVerifier(golden.loginVerifier)).toBe(golden.storedVerifier)
    expect(fakeKdfParameters(new Uint8Array(32).fill(1), 'nobody')).toEqual(golden.fakeKdf)
  })

  it('is joined again from any two of its sheets', async () => {
    const codes = golden.sheets.map((lines) => lines.join('\n'))
    for (const pair of [
      [0, 1],
      [0, 2],
      [2, 1],
    ] as const) {
      const joined = accepted(await joinSheets(pair.map((at) => codes[at] ?? '')))
      expect([joined.organisation, joined.root.sign.public]).toEqual([golden.organisation, golden.publicKeys.root])
    }
    expect([root.sign.public, root.recovery.public]).toEqual([golden.publicKeys.root, golden.publicKeys.recovery])
  })

  it('has certificates that lead back to the root', async () => {
    const { organisation, administrator, member, device } = golden.certificates
    const at = day('2026-11-24')
    const verified = accepted(
      await verifyMemberCertificate(member, { root: golden.publicKeys.root, issuers: [administrator], at }),
    )
    expect(accepted(await verifyDeviceCertificate(device, verified, { at })).certificate.key).toBe(
      golden.publicKeys.device,
    )
    expect(
      accepted(await verifyOrganisationCertificate(organisation, golden.publicKeys.root)).certificate.recovery,
    ).toBe(golden.publicKeys.recovery)
  })

  it('has a batch and an entry whose signatures hold, and a digest that is the same', async () => {
    const { entries } = accepted(await verifyBatch(golden.batch, golden.publicKeys.device))
    const [entry] = entries.map(accepted)
    expect(
      digestOf([
        entry?.hash ?? certificateHash(golden.certificates.member),
        certificateHash(golden.certificates.member),
      ]),
    ).toBe(golden.digest)
  })

  it('has fields that open for the member, for the recovery key, and after a new epoch', async () => {
    const entry = Entry.parse(JSON.parse(golden.batch.entries[0]?.text ?? ''))
    const [toMember, toRecovery, toPerson] = golden.batch.keys
    if (toMember === undefined || toRecovery === undefined || toPerson === undefined)
      throw new Error('the golden batch has three keys')
    const member = { kind: 'member', member: bopha, key: unlocked.keys.seal } as const
    const byMember = accepted(await openCaseKey(toMember, golden.scope, member))
    const byRecovery = accepted(await openCaseKey(toRecovery, golden.scope, { kind: 'recovery', key: root.recovery }))
    const grant = golden.secondEpoch.find(({ to }) => to.kind === 'member')
    const rewrapped = golden.secondEpoch.find(({ key }) => key === toPerson.key)
    if (grant === undefined || rewrapped === undefined) throw new Error('the golden second epoch has both')
    const second = accepted(await openCaseKey(grant, golden.scope, member))

    const personKeys = [
      accepted(await openPersonKey(toPerson, byMember, golden.person)),
      accepted(await openPersonKey(toPerson, byRecovery, golden.person)),
      accepted(await openPersonKey(rewrapped, second, golden.person)),
    ]
    const place = { ...golden.scope, entry: entry.id, author: entry.author }
    expect(Object.keys(entry.sealed)).toHaveLength(8)
    for (const key of personKeys) {
      for (const [field, envelope] of Object.entries(entry.sealed)) {
        expect(accepted(await openField(key, { ...place, field }, envelope)).reveal()).toEqual(golden.values[field])
      }
    }

    const { envelope, field, value } = golden.later
    const later = golden.secondEpoch.find(({ key }) => key === accepted(readEnvelopeHeader(envelope)).key)
    if (later === undefined) throw new Error('the golden later field has its key')
    const laterKey = accepted(await openPersonKey(later, second, golden.person))
    expect(accepted(await openField(laterKey, { ...place, entry: golden.later.entry, field }, envelope)).reveal()).toBe(
      value,
    )
  })

  it('has boxes and a keyring that open on their device, and a report sealed to a key', async () => {
    const key = accepted(await openLocalStoreKey(golden.local.key, unlocked.userKey))
    expect(accepted(await openBox(key, golden.local.place, bytes(golden.local.box)))).toEqual(golden.local.value)
    const keyring = accepted(await Keyring.load(bytes(golden.local.keyring), key))
    expect(keyring.device?.public).toBe(golden.publicKeys.device)
    expect(keyring.latestPerson(golden.scope.stream, golden.person)?.epoch).toBe(1)
    const report = accepted(
      await openSealed(root.recovery.secret, bytes(golden.report.sealed), utf8(golden.report.info)),
    )
    expect(report).toEqual(utf8(golden.report.text))
  })

  it('was seeded by bytes that come out the same, for demonstrations to be the same everywhere', () => {
    const random = DANGEROUS_seededRandomness(golden.seeded.seed, golden.seeded.label)
    expect(toBase64Url(random(40))).toBe(golden.seeded.first)
  })
})
