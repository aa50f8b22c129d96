import { canonicalText } from '@lentera/core/log/entry'
import { OrganisationId } from '@lentera/core/shared/ids'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { newMemberKeys } from '../accounts/member-keys.ts'
import { toBase64Url } from '../bytes/base64url.ts'
import { utf8 } from '../bytes/compose.ts'
import { newDeviceKey } from '../device/device-key.ts'
import type { MemberKeys } from '../keys/roles.ts'
import { bytesOf } from '../keys/secret.ts'
import { signerOf } from '../primitives/ed25519.ts'
import { accepted, adaeze, bopha, chanthy, day, device, organisation, refusalOf, validity } from '../testing/cast.ts'
import type { MemberCertificate, SignedCertificate } from './certificate.ts'
import { certifyDevice, certifyMember, certifyMemberByRoot, certifyOrganisation } from './issue.ts'
import { newOrganisationRoot, rootFromSeed, wipeRoot } from './organisation-root.ts'
import {
  certificateHash,
  verifyDeviceCertificate,
  verifyMemberCertificate,
  verifyOrganisationCertificate,
} from './verify-certificates.ts'

const root = await newOrganisationRoot()
const at = day('2026-11-24')
const publicOf = (keys: MemberKeys) => ({ sign: keys.sign.public, seal: keys.seal.public })
const [adaezesKeys, bophasKeys, chanthysKeys] = [newMemberKeys(), newMemberKeys(), newMemberKeys()]
const adaezes = await certifyMemberByRoot(
  root,
  { organisation, member: adaeze, keys: publicOf(adaezesKeys) },
  true,
  validity,
)
const administrator = { keys: adaezesKeys, certificate: adaezes }
const toCertify = { organisation, member: bopha, keys: publicOf(bophasKeys) }
const bophas = await certifyMember(administrator, toCertify, validity)
const context = { root: root.sign.public, issuers: [adaezes], at }

/** What a forger with a key of her own would make of a certificate. */
async function forge(certificate: object, keys: MemberKeys): Promise<SignedCertificate> {
  const text = canonicalText(certificate)
  const sign = await signerOf(bytesOf(keys.sign.secret))
  return { text, signature: toBase64Url(await sign(utf8(`lentera/certificate/v1\n${text}`))) }
}
const bodyOf = (signed: SignedCertificate) => JSON.parse(signed.text) as MemberCertificate // made by certifyMember above

describe('a member certificate', () => {
  it('leads back to the root, directly or by one administrator', async () => {
    expect(accepted(await verifyMemberCertificate(adaezes, context)).certificate.mayCertify).toBe(true)
    const verified = accepted(await verifyMemberCertificate(bophas, context))
    expect(verified.certificate.keys).toEqual(publicOf(bophasKeys))
    expect(verified.hash).toBe(certificateHash(bophas))
  })

  it('of a server that slips in a key of its own is refused', async () => {
    const own = await forge({ ...bodyOf(bophas), keys: publicOf(chanthysKeys) }, chanthysKeys)
    expect(refusalOf(await verifyMemberCertificate(own, context))).toBe('sealed.certificate-bad-signature')
    const asRoot = await forge({ ...bodyOf(adaezes), member: chanthy, keys: publicOf(chanthysKeys) }, chanthysKeys)
    expect(refusalOf(await verifyMemberCertificate(asRoot, context))).toBe('sealed.certificate-bad-signature')
    const otherRoot = await newOrganisationRoot()
    expect(refusalOf(await verifyMemberCertificate(adaezes, { ...context, root: otherRoot.sign.public }))).toBe(
      'sealed.certificate-bad-signature',
    )
  })

  it('issued by a member who may not certify is refused, a caseworker making herself an administrator too', async () => {
    const byBopha = await certifyMember(
      { keys: bophasKeys, certificate: bophas },
      { ...toCertify, member: chanthy },
      validity,
    )
    expect(refusalOf(await verifyMemberCertificate(byBopha, { ...context, issuers: [adaezes, bophas] }))).toBe(
      'sealed.certificate-issuer-may-not',
    )
    const byPlainMember = await certifyMemberByRoot(root, toCertify, false, validity)
    const below = await certifyMember(
      { keys: bophasKeys, certificate: byPlainMember },
      { ...toCertify, member: chanthy },
      validity,
    )
    expect(refusalOf(await verifyMemberCertificate(below, { ...context, issuers: [byPlainMember] }))).toBe(
      'sealed.certificate-issuer-may-not',
    )
  })

  it('that gives the right to certify is made by the root only', async () => {
    const second = await forge({ ...bodyOf(bophas), mayCertify: true }, adaezesKeys)
    expect(refusalOf(await verifyMemberCertificate(second, context))).toBe('sealed.certificate-issuer-may-not')
  })

  it('of another organisation is not made by this administrator', async () => {
    const foreign = OrganisationId.parse('00000000-0000-4000-8000-000000000001')
    const forged = await forge({ ...bodyOf(bophas), organisation: foreign }, adaezesKeys)
    expect(refusalOf(await verifyMemberCertificate(forged, context))).toBe('sealed.certificate-issuer-may-not')
  })

  it('whose issuer is not at hand is refused, and named as such', async () => {
    expect(refusalOf(await verifyMemberCertificate(bophas, { root: root.sign.public, at }))).toBe(
      'sealed.certificate-issuer-unknown',
    )
  })

  it('counts from its first day to its last and on no other', async () => {
    for (const [on, ok] of [
      ['2025-12-31', false],
      ['2026-01-01', true],
      ['2027-12-31', true],
      ['2028-01-01', false],
    ] as const) {
      expect([on, (await verifyMemberCertificate(bophas, { ...context, at: day(on) })).ok]).toEqual([on, ok])
    }
    const expired = await certifyMemberByRoot(
      root,
      { organisation, member: adaeze, keys: publicOf(adaezesKeys) },
      true,
      { from: day('2025-01-01'), until: day('2025-12-31') },
    )
    const under = await certifyMember({ keys: adaezesKeys, certificate: expired }, toCertify, validity)
    expect(refusalOf(await verifyMemberCertificate(under, { ...context, issuers: [expired] }))).toBe(
      'sealed.certificate-not-valid-then',
    )
  })

  it('is refused once it or its issuer was withdrawn', async () => {
    for (const withdrawn of [bophas, adaezes]) {
      const answer = await verifyMemberCertificate(bophas, {
        ...context,
        withdrawn: new Set([certificateHash(withdrawn)]),
      })
      expect(refusalOf(answer)).toBe('sealed.certificate-withdrawn')
    }
  })

  it('changed in any one character is refused', async () => {
    const property = fc.asyncProperty(fc.nat(), fc.string({ minLength: 1, maxLength: 1 }), async (at, character) => {
      const place = at % bophas.text.length
      const text = bophas.text.slice(0, place) + character + bophas.text.slice(place + 1)
      fc.pre(text !== bophas.text)
      expect((await verifyMemberCertificate({ ...bophas, text }, context)).ok).toBe(false)
    })
    await fc.assert(property, { numRuns: 500, seed: 5 })
    const spaced = { ...bophas, text: bophas.text.replace(':', ': ') }
    expect(refusalOf(await verifyMemberCertificate(spaced, context))).toBe('sealed.certificate-malformed')
  })
})

describe('a device certificate', () => {
  const deviceKey = newDeviceKey()
  it('is good under its own member only', async () => {
    const signed = await certifyDevice(
      { keys: bophasKeys, certificate: bophas },
      { organisation, member: bopha, device, key: deviceKey.public },
      validity,
    )
    const member = accepted(await verifyMemberCertificate(bophas, context))
    expect(accepted(await verifyDeviceCertificate(signed, member, { at })).certificate.key).toBe(deviceKey.public)
    const administratorHerself = accepted(await verifyMemberCertificate(adaezes, context))
    expect(refusalOf(await verifyDeviceCertificate(signed, administratorHerself, { at }))).toBe(
      'sealed.certificate-issuer-unknown',
    )
    const forged = await forge(JSON.parse(signed.text) as object, chanthysKeys)
    expect(refusalOf(await verifyDeviceCertificate(forged, member, { at }))).toBe('sealed.certificate-bad-signature')
    expect(
      refusalOf(await verifyDeviceCertificate(signed, member, { at, withdrawn: new Set([certificateHash(signed)]) })),
    ).toBe('sealed.certificate-withdrawn')
    expect(refusalOf(await verifyDeviceCertificate(signed, member, { at: day('2030-01-01') }))).toBe(
      'sealed.certificate-not-valid-then',
    )
    // A member's certificate is no device's, though signed by the right key.
    expect(refusalOf(await verifyDeviceCertificate(bophas, member, { at }))).toBe('sealed.certificate-malformed')
  })
})

describe('the certificate of an organisation', () => {
  it('gives the recovery key on the word of the root only', async () => {
    const signed = await certifyOrganisation(root, organisation, validity.from)
    expect(accepted(await verifyOrganisationCertificate(signed, root.sign.public)).certificate.recovery).toBe(
      root.recovery.public,
    )
    const another = await newOrganisationRoot()
    expect(refusalOf(await verifyOrganisationCertificate(signed, another.sign.public))).toBe(
      'sealed.certificate-bad-signature',
    )
    const swapped = { ...signed, text: signed.text.replace(root.recovery.public, another.recovery.public) }
    expect(refusalOf(await verifyOrganisationCertificate(swapped, root.sign.public))).toBe(
      'sealed.certificate-bad-signature',
    )
  })
})

describe('an organisation root', () => {
  it('follows from its seed, sign and recovery keys being different', async () => {
    const seed = new Uint8Array(32).fill(7)
    const [one, two] = [await rootFromSeed(seed), await rootFromSeed(seed)]
    expect([one.sign.public, one.recovery.public]).toEqual([two.sign.public, two.recovery.public])
    expect(bytesOf(one.sign.secret)).not.toEqual(bytesOf(one.recovery.secret))
    wipeRoot(one)
    expect(() => bytesOf(one.seed)).toThrow('wiped')
  })
})
