import type { WrappedKey } from '@lentera/core/log/batch'
import { Hash } from '@lentera/core/shared/ids'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { newMemberKeys } from '../accounts/member-keys.ts'
import { type Bytes, fromBase64Url, toBase64Url } from '../bytes/base64url.ts'
import { newOrganisationRoot } from '../certificates/organisation-root.ts'
import { openField, sealField } from '../envelopes/field.ts'
import { hashNow } from '../primitives/hash.ts'
import {
  accepted,
  bopha,
  chanthy,
  child,
  entryId,
  firstCase,
  inLog,
  programme,
  refusalOf,
  secondCase,
  survivor,
} from '../testing/cast.ts'
import { flipBit, mutation } from '../testing/mutations.ts'
import { newCaseKey, newPersonKey } from './case-keys.ts'
import { beginEpoch } from './epochs.ts'
import { caseKeyOpener, grantCaseKey, openCaseKey, openPersonKey, wrapPersonKey } from './grants.ts'
import { MemberSealPublicKey } from './public-keys.ts'
import { bytesOf } from './secret.ts'

const scope = { programme, stream: firstCase }
const caseKey = newCaseKey(scope, 1)
const [bophas, chanthys] = [newMemberKeys().seal, newMemberKeys().seal]
const holder = { kind: 'member', member: bopha, key: bophas } as const
const bytesIn = (wrapped: WrappedKey): Bytes => fromBase64Url(wrapped.wrapped) ?? new Uint8Array(0)
/** A wrap with other bytes, whose hash a hostile server has made to fit. */
const forged = (wrapped: WrappedKey, bytes: Bytes): WrappedKey => ({
  ...wrapped,
  wrapped: toBase64Url(bytes),
  hash: hashNow(bytes),
})

describe('a case key granted to a member', () => {
  it('is opened by her and by nobody else', async () => {
    const wrapped = accepted(await grantCaseKey(caseKey, { kind: 'member', member: bopha, key: bophas.public }))
    const opened = accepted(await openCaseKey(wrapped, inLog(scope, wrapped), holder))
    expect(bytesOf(opened.secret)).toEqual(bytesOf(caseKey.secret))
    expect(
      refusalOf(await openCaseKey(wrapped, inLog(scope, wrapped), { kind: 'member', member: chanthy, key: chanthys })),
    ).toBe('sealed.wrong-recipient')
    const renamed: WrappedKey = { ...wrapped, to: { kind: 'member', member: chanthy } }
    expect(
      refusalOf(await openCaseKey(renamed, inLog(scope, wrapped), { kind: 'member', member: chanthy, key: chanthys })),
    ).toBe('sealed.wrap-altered')
    expect(
      refusalOf(await openCaseKey(renamed, inLog(scope, wrapped), { kind: 'member', member: chanthy, key: bophas })),
    ).toBe('sealed.wrap-altered')
  })

  it('does not open when the server gives it for another case, epoch, key or kind of recipient', async () => {
    const wrapped = accepted(await grantCaseKey(caseKey, { kind: 'member', member: bopha, key: bophas.public }))
    expect(refusalOf(await openCaseKey(wrapped, inLog({ programme, stream: secondCase }, wrapped), holder))).toBe(
      'sealed.wrap-altered',
    )
    expect(refusalOf(await openCaseKey({ ...wrapped, epoch: 2 }, inLog(scope, wrapped), holder))).toBe(
      'sealed.wrap-altered',
    )
    expect(
      refusalOf(await openCaseKey({ ...wrapped, key: newCaseKey(scope, 1).id }, inLog(scope, wrapped), holder)),
    ).toBe('sealed.wrap-altered')
    const asRecovery: WrappedKey = { ...wrapped, to: { kind: 'recovery' } }
    expect(refusalOf(await openCaseKey(asRecovery, inLog(scope, wrapped), holder))).toBe('sealed.wrong-recipient')
  })

  it('does not open with any bit flipped, whether or not its hash was made to fit', async () => {
    const wrapped = accepted(await grantCaseKey(caseKey, { kind: 'member', member: bopha, key: bophas.public }))
    const open = await caseKeyOpener(holder)
    const bytes = bytesIn(wrapped)
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const altered = forged(wrapped, flipBit(bytes, bit))
      expect(refusalOf(await open(altered, inLog(scope, altered)))).toBe('sealed.wrap-altered')
    }
    expect(refusalOf(await open({ ...wrapped, wrapped: toBase64Url(flipBit(bytes, 3)) }, inLog(scope, wrapped)))).toBe(
      'sealed.wrap-altered',
    )
  })

  it('is opened only when the log of the case names its hash: anyone could have sealed it', async () => {
    const wrapped = accepted(await grantCaseKey(caseKey, { kind: 'member', member: bopha, key: bophas.public }))
    const other = accepted(await grantCaseKey(caseKey, { kind: 'member', member: bopha, key: bophas.public }))
    expect(refusalOf(await openCaseKey(wrapped, inLog(scope), holder))).toBe('sealed.grant-not-in-log')
    expect(refusalOf(await openCaseKey(wrapped, inLog(scope, other), holder))).toBe('sealed.grant-not-in-log')
  })

  it('is not granted to a public key that is no point to seal to', async () => {
    const zeros = MemberSealPublicKey.parse('A'.repeat(43))
    expect(refusalOf(await grantCaseKey(caseKey, { kind: 'member', member: bopha, key: zeros }))).toBe(
      'sealed.public-key-unusable',
    )
  })

  it('is opened by the recovery key of the organisation, for which it was granted too', async () => {
    const root = await newOrganisationRoot()
    const wrapped = accepted(await grantCaseKey(caseKey, { kind: 'recovery', key: root.recovery.public }))
    accepted(await openCaseKey(wrapped, inLog(scope, wrapped), { kind: 'recovery', key: root.recovery }))
    const another = await newOrganisationRoot()
    expect(
      refusalOf(await openCaseKey(wrapped, inLog(scope, wrapped), { kind: 'recovery', key: another.recovery })),
    ).toBe('sealed.wrap-altered')
  })
})

describe('a person key under the key of her case', () => {
  it('opens with that key for that person only', async () => {
    const personKey = newPersonKey(caseKey, survivor)
    const wrapped = await wrapPersonKey(personKey, caseKey)
    const opened = accepted(await openPersonKey(wrapped, caseKey, survivor))
    expect([opened.id, opened.epoch, bytesOf(opened.secret)]).toEqual([personKey.id, 1, bytesOf(personKey.secret)])
    expect(refusalOf(await openPersonKey(wrapped, caseKey, child))).toBe('sealed.wrap-altered')
    expect(refusalOf(await openPersonKey(wrapped, newCaseKey(scope, 1), survivor))).toBe('sealed.wrong-key')
    const impostor = { ...newCaseKey(scope, 1), id: caseKey.id }
    expect(refusalOf(await openPersonKey(wrapped, impostor, survivor))).toBe('sealed.wrap-altered')
    const elsewhere = { ...caseKey, stream: secondCase }
    expect(refusalOf(await openPersonKey(wrapped, elsewhere, survivor))).toBe('sealed.wrap-altered')
  })

  it('does not open when its wrap is altered in any way', async () => {
    const wrapped = await wrapPersonKey(newPersonKey(caseKey, survivor), caseKey)
    const property = fc.asyncProperty(mutation, async (change) => {
      const altered = change(bytesIn(wrapped))
      fc.pre(toBase64Url(altered) !== wrapped.wrapped)
      expect(refusalOf(await openPersonKey(forged(wrapped, altered), caseKey, survivor))).toBe('sealed.wrap-altered')
    })
    await fc.assert(property, { numRuns: 500, seed: 17 })
  })

  it('never leaves its case', async () => {
    await expect(
      wrapPersonKey(newPersonKey(caseKey, survivor), newCaseKey({ programme, stream: secondCase }, 1)),
    ).rejects.toThrow()
  })
})

describe('a new epoch, when a colleague leaves', () => {
  it('leaves her outside, keeps what was written readable, and is written with new keys', async () => {
    const personKey = newPersonKey(caseKey, survivor)
    const place = { programme, stream: firstCase, entry: entryId('before'), field: 'name', author: chanthy }
    const certificate = Hash.parse('A'.repeat(43))
    const before = accepted(await sealField(personKey, place, certificate, 'សុភា'))

    const {
      caseKey: next,
      personKeys,
      wrapped,
    } = accepted(
      await beginEpoch(
        caseKey,
        [personKey, newPersonKey(caseKey, child)],
        [{ kind: 'member', member: bopha, key: bophas.public }],
      ),
    )
    expect(next.epoch).toBe(2)
    expect(wrapped.filter(({ to }) => to.kind === 'member')).toHaveLength(1)
    expect(wrapped.filter(({ to }) => to.kind === 'key')).toHaveLength(4)
    expect(wrapped.every(({ epoch }) => epoch === 2)).toBe(true)

    // Bopha, who stays, opens all from the new grant alone.
    const grant = wrapped.find(({ to }) => to.kind === 'member')
    if (grant === undefined) throw new Error('no grant')
    const opened = accepted(await openCaseKey(grant, inLog(scope, grant), holder))
    const old = wrapped.find(({ key }) => key === personKey.id)
    if (old === undefined) throw new Error('no re-wrap')
    const again = accepted(await openPersonKey(old, opened, survivor))
    expect(again.epoch).toBe(1)
    expect(accepted(await openField(again, place, before)).reveal()).toBe('សុភា')

    // Chanthy holds the old case key and the old person keys: they open neither the new wraps nor what is written now.
    for (const wrap of wrapped.filter(({ to }) => to.kind === 'key')) {
      expect(refusalOf(await openPersonKey(wrap, caseKey, survivor))).toBe('sealed.wrong-key')
    }
    const now = personKeys.find(({ person, epoch }) => person === survivor && epoch === 2)
    if (now === undefined) throw new Error('no new person key')
    const after = accepted(await sealField(now, { ...place, entry: entryId('after') }, certificate, 'new address'))
    expect(refusalOf(await openField(personKey, { ...place, entry: entryId('after') }, after))).toBe('sealed.wrong-key')
    const pretending = { ...personKey, id: now.id, epoch: 2 }
    expect(refusalOf(await openField(pretending, { ...place, entry: entryId('after') }, after))).toBe(
      'sealed.not-authentic',
    )
  })
})
