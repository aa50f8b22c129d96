import { Batch, WrappedKey } from '@lentera/core/log/batch'
import { Entry } from '@lentera/core/log/entry'
import { EntryId, OrganisationId, PersonKey, ProgrammeId, StreamId } from '@lentera/core/shared/ids'
import * as z from 'zod'
import { fromBase64Url, toBase64Url } from '../bytes/base64url.ts'
import { fromUtf8, utf8 } from '../bytes/compose.ts'
import {
  DANGEROUS_seededRandomness,
  deriveAccount,
  joinSheets,
  Keyring,
  openBox,
  openCaseKey,
  openField,
  openLocalStoreKey,
  openPersonKey,
  openSealed,
  recoverAccount,
  rootFromSeed,
  unlockAccount,
  WrappedLocalStoreKey,
} from '../open.ts'
import { accepted, bopha, day, inLog } from '../testing/cast.ts'
import {
  certificateHash,
  DevicePublicKey,
  Digest,
  digestOf,
  hashVerifier,
  KdfParameters,
  LoginVerifier,
  MemberSealPublicKey,
  MemberSignPublicKey,
  RecoveryPublicKey,
  RootPublicKey,
  readEnvelopeHeader,
  SignedCertificate,
  StoredVerifier,
  verifyBatch,
  verifyDeviceCertificate,
  verifyMemberCertificate,
  verifyOrganisationCertificate,
  WrappedMemberKeys,
  WrappedUserKey,
} from '../verify.ts'

/**
 * `version-1.json` holds one of everything that version 1 writes. If `openGolden` fails, what people have sealed no longer
 * opens: mend the code, never the file. A later version gets a file of its own beside it.
 */
export const Golden = z.object({
  passphrase: z.string(),
  account: z.object({
    kdf: KdfParameters,
    byPassphrase: WrappedUserKey,
    byRecoveryCode: WrappedUserKey,
    memberKeys: WrappedMemberKeys,
  }),
  loginVerifier: LoginVerifier,
  storedVerifier: StoredVerifier,
  recoveryCode: z.string(),
  publicKeys: z.object({
    root: RootPublicKey,
    recovery: RecoveryPublicKey,
    sign: MemberSignPublicKey,
    seal: MemberSealPublicKey,
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
  digest: Digest,
})

export type Golden = z.infer<typeof Golden>

/** Everything in the file opened from the passphrase, the sheets and the recovery code down; throws where something does not. */
export async function openGolden(golden: Golden) {
  const derived = accepted(await deriveAccount(golden.passphrase, golden.account.kdf))
  const unlocked = accepted(await unlockAccount(golden.account, derived.unlockKey))
  const byCode = accepted(await recoverAccount(golden.account, golden.recoveryCode))

  const codes = golden.sheets.map((lines) => lines.join('\n'))
  const joined = await Promise.all(
    [
      [0, 1],
      [0, 2],
      [2, 1],
    ].map(async (pair) => accepted(await joinSheets(pair.map((at) => codes[at] ?? '')))),
  )
  const root = await rootFromSeed(bytes(golden.rootSeed))

  const { organisation, administrator, member, device } = golden.certificates
  const at = day('2026-11-24')
  const verified = accepted(
    await verifyMemberCertificate(member, { root: golden.publicKeys.root, issuers: [administrator], at }),
  )
  const ofDevice = accepted(await verifyDeviceCertificate(device, verified, { at }))
  const ofOrganisation = accepted(await verifyOrganisationCertificate(organisation, golden.publicKeys.root))

  const { entries } = accepted(await verifyBatch(golden.batch, ofDevice.certificate.key))
  const hashes = entries.map((answer) => accepted(answer).hash)
  const entry = Entry.parse(JSON.parse(golden.batch.entries[0]?.text ?? ''))

  const [toMember, toRecovery, toPerson] = golden.batch.keys
  const grant = golden.secondEpoch.find(({ to }) => to.kind === 'member')
  const rewrapped = golden.secondEpoch.find(({ key }) => key === toPerson?.key)
  const later = golden.secondEpoch.find(({ key }) => key === accepted(readEnvelopeHeader(golden.later.envelope)).key)
  if (!(toMember && toRecovery && toPerson && grant && rewrapped && later)) throw new Error('a wrapped key is missing')
  const logged = inLog(golden.scope, toMember, toRecovery, grant)
  const holder = { kind: 'member', member: bopha, key: unlocked.keys.seal } as const
  const first = accepted(await openCaseKey(toMember, logged, holder))
  const byRecovery = accepted(await openCaseKey(toRecovery, logged, { kind: 'recovery', key: root.recovery }))
  const second = accepted(await openCaseKey(grant, logged, holder))
  const personKeys = [
    accepted(await openPersonKey(toPerson, first, golden.person)),
    accepted(await openPersonKey(toPerson, byRecovery, golden.person)),
    accepted(await openPersonKey(rewrapped, second, golden.person)),
  ]
  const place = { ...golden.scope, entry: entry.id, author: entry.author }
  const opened = await Promise.all(
    personKeys.map(async (key) => {
      const values: [string, unknown][] = []
      for (const [field, envelope] of Object.entries(entry.sealed)) {
        values.push([field, accepted(await openField(key, { ...place, field }, envelope)).reveal()])
      }
      return Object.fromEntries(values)
    }),
  )
  const laterKey = accepted(await openPersonKey(later, second, golden.person))
  const laterPlace = { ...place, entry: golden.later.entry, field: golden.later.field }

  const localStoreKey = accepted(await openLocalStoreKey(golden.local.key, unlocked.userKey))
  const keyring = accepted(await Keyring.load(bytes(golden.local.keyring), localStoreKey))
  const report = accepted(await openSealed(root.recovery.secret, bytes(golden.report.sealed), utf8(golden.report.info)))
  const random = DANGEROUS_seededRandomness(golden.seeded.seed, golden.seeded.label)

  return {
    loginVerifier: derived.loginVerifier,
    storedVerifier: hashVerifier(derived.loginVerifier),
    members: [unlocked, byCode].map(({ keys }) => ({ sign: keys.sign.public, seal: keys.seal.public })),
    roots: [...joined.map((sheets) => sheets.root), root].map(({ sign, recovery }) => ({
      root: sign.public,
      recovery: recovery.public,
    })),
    organisations: joined.map((sheets) => sheets.organisation),
    device: ofDevice.certificate.key,
    recovery: ofOrganisation.certificate.recovery,
    digest: digestOf([...hashes, certificateHash(member)]),
    opened,
    later: accepted(await openField(laterKey, laterPlace, golden.later.envelope)).reveal(),
    box: accepted(await openBox(localStoreKey, golden.local.place, bytes(golden.local.box))),
    keyring: { device: keyring.device?.public, epoch: keyring.latestPerson(golden.scope.stream, golden.person)?.epoch },
    report: fromUtf8(report),
    seeded: toBase64Url(random(40)),
  }
}

/** What `openGolden` must give: what stands in clear in the same file. */
export function expectedOf(golden: Golden): Awaited<ReturnType<typeof openGolden>> {
  const { root, recovery, sign, seal, device } = golden.publicKeys
  return {
    loginVerifier: golden.loginVerifier,
    storedVerifier: golden.storedVerifier,
    members: Array(2).fill({ sign, seal }),
    roots: Array(4).fill({ root, recovery }),
    organisations: Array(3).fill(golden.organisation),
    device,
    recovery,
    digest: golden.digest,
    opened: Array(3).fill(golden.values),
    later: golden.later.value,
    box: golden.local.value,
    keyring: { device, epoch: 1 },
    report: golden.report.text,
    seeded: golden.seeded.first,
  }
}

const bytes = (text: string) => fromBase64Url(text) ?? new Uint8Array(0)
