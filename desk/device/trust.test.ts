import { Entry } from '@lentera/core/log/entry'
import { ancestryIn } from '@lentera/core/log/fold'
import { deviceAdded, memberAdmitted } from '@lentera/core/log/membership'
import { CivilDate } from '@lentera/core/shared/dates'
import { DeviceId, EntryId, MemberId, OrganisationId, randomUuid, timedUuid } from '@lentera/core/shared/ids'
import {
  certifyDevice,
  certifyMember,
  certifyMemberByRoot,
  type MemberKeys,
  newDeviceKey,
  newMemberKeys,
  newOrganisationRoot,
  randomBytes,
} from '@lentera/sealed/open'
import type { SignedCertificate } from '@lentera/sealed/verify'
import { describe, expect, test } from 'vitest'
import { type Claim, trustIn } from './trust.ts'

const root = await newOrganisationRoot()
const organisation = OrganisationId.parse(randomUuid(randomBytes(16)))
const [adaeze, bopha] = [1, 2].map(() => MemberId.parse(randomUuid(randomBytes(16)))) as [MemberId, MemberId]
const [adaezes, bophas, others] = [newMemberKeys(), newMemberKeys(), newMemberKeys()]
const day = (text: string): CivilDate => CivilDate.parse(text)
const validity = { from: day('2026-01-01'), until: day('2027-12-31') }
const toCertify = (member: MemberId, { sign, seal }: MemberKeys) => ({
  organisation,
  member,
  keys: { sign: sign.public, seal: seal.public },
})
const administrator = {
  keys: adaezes,
  certificate: await certifyMemberByRoot(root, toCertify(adaeze, adaezes), true, validity),
}
const trueOne = await certifyMember(administrator, toCertify(bopha, bophas), validity)
const falseOne = await certifyMember(administrator, toCertify(bopha, others), { ...validity, from: day('2026-06-01') })

/** An entry of membership that claims to be made at `time` and builds on `parents`. */
function said(time: number, parents: readonly Entry[], kind: string, coded: Entry['coded']): Entry {
  return Entry.parse({
    v: 1,
    id: EntryId.parse(timedUuid(time, randomBytes(16))),
    programme: organisation,
    stream: organisation,
    parents: parents.map(({ id }) => id),
    kind,
    version: 1,
    on: '2026-01-01',
    coded,
    sealed: {},
    author: adaeze,
    device: adaeze,
    at: { time, clock: [time, 0] },
    prev: null,
  })
}
const admitted = (time: number, parents: readonly Entry[], member: MemberId, certificate: SignedCertificate) =>
  said(time, parents, memberAdmitted.kind, {
    member,
    organisation,
    team: null,
    roles: ['caseworker'],
    label: 'Caseworker',
    certificate,
  })
async function announced(parents: readonly Entry[], keys: MemberKeys, certificate: SignedCertificate) {
  const device = DeviceId.parse(randomUuid(randomBytes(16)))
  const of = { organisation, member: bopha, device, key: newDeviceKey().public }
  const certified = await certifyDevice({ keys, certificate }, of, { ...validity, from: day('2026-06-01') })
  return { device, entry: said(3000, parents, deviceAdded.kind, { device, member: bopha, certificate: certified }) }
}

/** By the ids, as a device reads them from its state: an order that whoever writes an entry can choose. */
function trusted(entries: readonly Entry[]) {
  const claims = entries
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
    .map(({ id, kind, coded }): Claim => ({ entry: id, kind, coded }))
  return trustIn(claims, root.sign.public, async () => ancestryIn(entries))
}

const founding = admitted(1000, [], adaeze, administrator.certificate)
const admission = admitted(2000, [founding], bopha, trueOne)

describe('the keys of a colleague', () => {
  test('are renewed by a later certificate of the same ones, which disputes nothing', async () => {
    const renewed = await certifyMember(administrator, toCertify(bopha, bophas), {
      ...validity,
      from: day('2026-11-01'),
    })
    const old = await announced([admission], bophas, trueOne)
    const trust = await trusted([founding, admission, old.entry, admitted(4000, [old.entry], bopha, renewed)])
    expect(trust.members.get(bopha)).toMatchObject({ signed: renewed, certificate: { from: '2026-11-01' } })
    expect(trust.devices.get(old.device)?.member).toBe(bopha)
    expect(trust.colleagues.map(({ disputed }) => disputed)).toEqual([false, false])
  })

  test('are not replaced by a second admission, which is shown, and whose devices nobody believes', async () => {
    const hers = await announced([admission], bophas, trueOne)
    // Dated before the true one, as its id is.
    const replaced = admitted(1500, [hers.entry], bopha, falseOne)
    const theirs = await announced([replaced], others, falseOne)
    const trust = await trusted([founding, admission, hers.entry, replaced, theirs.entry])
    expect(trust.members.get(bopha)?.certificate.keys.seal).toBe(bophas.seal.public)
    expect([trust.devices.has(hers.device), trust.devices.has(theirs.device)]).toEqual([true, false])
    expect(trust.colleagues).toMatchObject([
      { member: adaeze, disputed: false },
      { member: bopha, disputed: true },
    ])
  })

  test('are nobody’s where two admissions were made apart and no order is proven: nothing is sealed to either', async () => {
    const apart = admitted(1500, [founding], bopha, falseOne)
    for (const entries of [
      [founding, admission, apart],
      [apart, admission, founding],
    ]) {
      const trust = await trusted(entries)
      expect(trust.members.has(bopha)).toBe(false)
      expect(trust.colleagues.find(({ member }) => member === bopha)).toMatchObject({ disputed: true, removed: false })
    }
  })

  test('that the root itself certified go before an administrator’s', async () => {
    const ofRoot = await certifyMemberByRoot(root, toCertify(bopha, bophas), false, validity)
    const apart = admitted(1500, [founding], bopha, falseOne)
    const trust = await trusted([founding, admitted(2000, [founding], bopha, ofRoot), apart])
    expect(trust.members.get(bopha)?.certificate.keys.seal).toBe(bophas.seal.public)
    expect(trust.colleagues.find(({ member }) => member === bopha)?.disputed).toBe(true)
  })
})
