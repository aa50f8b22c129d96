import type { Entry } from '@lentera/core/log/entry'
import { describe, expect, it } from 'vitest'
import {
  beginEpoch,
  caseKeyOpener,
  certifyDevice,
  certifyMember,
  certifyMemberByRoot,
  certifyOrganisation,
  changePassphrase,
  deriveAccount,
  grantCaseKey,
  joinSheets,
  Keyring,
  newAccount,
  newCaseKey,
  newDeviceKey,
  newLocalStoreKey,
  newMemberKeys,
  newOrganisationRoot,
  newPersonKey,
  openField,
  openLocalStoreKey,
  openPersonKey,
  recoverAccount,
  sealFields,
  signBatch,
  signEntry,
  splitRoot,
  unlockAccount,
  wrapLocalStoreKey,
  wrapPersonKey,
} from './open.ts'
import {
  accepted,
  adaeze,
  bopha,
  chanthy,
  day,
  device,
  entryId,
  firstCase,
  inLog,
  organisation,
  programme,
  refusalOf,
  survivor,
  validity,
} from './testing/cast.ts'
import {
  certificateHash,
  hashVerifier,
  isVerifier,
  readEnvelopeHeader,
  verifyBatch,
  verifyDeviceCertificate,
  verifyMemberCertificate,
  verifyOrganisationCertificate,
} from './verify.ts'

describe('a case from the root of an organisation to an opened field', () => {
  it('goes through every door', { timeout: 30_000 }, async () => {
    // An administrator makes the organisation on her device.
    const root = await newOrganisationRoot()
    const sheets = await splitRoot(root, organisation, { needed: 2, of: 3 })
    const ofOrganisation = await certifyOrganisation(root, organisation, validity.from)
    const administrator = newMemberKeys()
    const publicOf = (keys: typeof administrator) => ({ sign: keys.sign.public, seal: keys.seal.public })
    const adaezes = await certifyMemberByRoot(
      root,
      { organisation, member: adaeze, keys: publicOf(administrator) },
      true,
      validity,
    )

    // A caseworker makes her account; the administrator certifies it.
    const account = accepted(await newAccount(bopha, 'four words of her own'))
    const { keys } = account.unlocked
    const bophas = await certifyMember(
      { keys: administrator, certificate: adaezes },
      { organisation, member: bopha, keys: publicOf(keys) },
      validity,
    )
    const deviceKey = newDeviceKey()
    const ofDevice = await certifyDevice(
      { keys, certificate: bophas },
      { organisation, member: bopha, device, key: deviceKey.public },
      validity,
    )

    const context = { root: root.sign.public, issuers: [adaezes], at: day('2026-11-24') }
    const member = accepted(await verifyMemberCertificate(bophas, context))
    expect(accepted(await verifyDeviceCertificate(ofDevice, member, context)).certificate.key).toBe(deviceKey.public)
    const { certificate: organisationKeys } = accepted(
      await verifyOrganisationCertificate(ofOrganisation, root.sign.public),
    )

    // She opens a case, seals a name and signs.
    const caseKey = newCaseKey({ programme, stream: firstCase }, 1)
    const personKey = newPersonKey(caseKey, survivor)
    const place = { programme, stream: firstCase, entry: entryId('opened'), author: bopha }
    const sealed = accepted(
      await sealFields(personKey, place, certificateHash(bophas), { name: 'សុភា', born: '2004-05-06' }),
    )
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
      sealed,
      author: bopha,
      device,
      at: null,
      prev: null,
    }
    const signed = await signEntry(entry, deviceKey)
    const toMember = accepted(
      await grantCaseKey(caseKey, { kind: 'member', member: bopha, key: member.certificate.keys.seal }),
    )
    const toRecovery = accepted(await grantCaseKey(caseKey, { kind: 'recovery', key: organisationKeys.recovery }))
    const toPerson = await wrapPersonKey(personKey, caseKey)
    const logged = inLog({ programme, stream: firstCase }, toMember, toRecovery)
    const batch = await signBatch(
      { programme, device, chain: [signed.hash], entries: [signed], keys: [toMember, toRecovery, toPerson] },
      deviceKey,
    )

    // The server checks it.
    const { entries } = accepted(await verifyBatch(batch, deviceKey.public))
    const stored = accepted(entries[0] ?? { ok: false, refusal: { code: 'none' } }).entry
    const { key, certificate, epoch } = accepted(readEnvelopeHeader(stored.sealed.name ?? ''))
    expect({ key, certificate, epoch }).toEqual({ key: personKey.id, certificate: certificateHash(bophas), epoch: 1 })
    const verifierKept = hashVerifier(account.loginVerifier)

    // She signs in again on a clean device.
    const derived = accepted(await deriveAccount('four words of her own', account.record.kdf))
    expect(isVerifier(verifierKept, derived.loginVerifier)).toBe(true)
    const unlocked = accepted(await unlockAccount(account.record, derived.unlockKey))
    const open = await caseKeyOpener({ kind: 'member', member: bopha, key: unlocked.keys.seal })
    const herCaseKey = accepted(await open(toMember, logged))
    const herPersonKey = accepted(await openPersonKey(toPerson, herCaseKey, survivor))
    const name = accepted(await openField(herPersonKey, { ...place, field: 'name' }, stored.sealed.name ?? ''))
    expect(name.reveal()).toBe('សុភា')

    // A device keeps its keys as one box.
    const localStoreKey = newLocalStoreKey()
    const wrapped = await wrapLocalStoreKey(localStoreKey, unlocked.userKey, device)
    const keyring = new Keyring()
    keyring.setDevice(deviceKey)
    keyring.addCase(herCaseKey)
    keyring.addPerson(herPersonKey)
    const box = await keyring.save(localStoreKey)
    keyring.wipe()
    const again = accepted(await Keyring.load(box, accepted(await openLocalStoreKey(wrapped, unlocked.userKey))))
    expect(again.latestPerson(firstCase, survivor)?.id).toBe(personKey.id)

    // The passphrase is lost and found by the printed code; then a new one is chosen.
    const recovered = accepted(await recoverAccount(account.record, account.recoveryCode))
    const changed = accepted(await changePassphrase(recovered, 'another passphrase'))
    const anew = accepted(await deriveAccount('another passphrase', changed.kdf))
    accepted(await unlockAccount({ ...account.record, ...changed }, anew.unlockKey))
    expect(refusalOf(await unlockAccount({ ...account.record, ...changed }, derived.unlockKey))).toBe(
      'sealed.passphrase-wrong',
    )

    // A colleague leaves: a new epoch for those who stay; what was written before is read with the new case key.
    const next = accepted(
      await beginEpoch(again.latestCase(firstCase) ?? caseKey, again.personsOf(firstCase), [
        { kind: 'member', member: bopha, key: keys.seal.public },
      ]),
    )
    const grant = next.wrapped.find(({ to }) => to.kind === 'member')
    const nextCaseKey = accepted(await open(grant ?? toMember, inLog(logged, grant ?? toMember)))
    const old = next.wrapped.find(({ key: id }) => id === personKey.id)
    const oldPersonKey = accepted(await openPersonKey(old ?? toPerson, nextCaseKey, survivor))
    expect(
      accepted(await openField(oldPersonKey, { ...place, field: 'born' }, stored.sealed.born ?? '')).reveal(),
    ).toBe('2004-05-06')
    expect(refusalOf(await openPersonKey(old ?? toPerson, herCaseKey, survivor))).toBe('sealed.wrong-key')

    // All members are gone: two sheets of three open the case by its recovery key.
    const joined = accepted(await joinSheets([sheets[2]?.code ?? '', sheets[0]?.code ?? '']))
    const byRecovery = await caseKeyOpener({ kind: 'recovery', key: joined.root.recovery })
    expect(accepted(await byRecovery(toRecovery, logged)).id).toBe(caseKey.id)
    expect(refusalOf(await byRecovery(toMember, logged))).toBe('sealed.wrong-recipient')
    expect(refusalOf(await open({ ...toMember, to: { kind: 'member', member: chanthy } }, logged))).toBe(
      'sealed.wrong-recipient',
    )
  })
})
