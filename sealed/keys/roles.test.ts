import { describe, expect, it } from 'vitest'
import { newMemberKeys } from '../accounts/member-keys.ts'
import { newUserKey, wrapUserKey } from '../accounts/user-key.ts'
import { newDeviceKey } from '../device/device-key.ts'
import { newLocalStoreKey } from '../device/local-store.ts'
import { bopha, firstCase, programme, survivor } from '../testing/cast.ts'
import { newCaseKey, newPersonKey } from './case-keys.ts'
import type { DevicePublicKey, MemberSealPublicKey, RootPublicKey } from './public-keys.ts'
import type { CaseKey, PersonKeySecret, UserKey } from './roles.ts'
import { bytesOf, Secret } from './secret.ts'

const caseKey = newCaseKey({ programme, stream: firstCase }, 1)

/** Each line below is an error to the compiler; were one accepted, `tsc` would complain of the unused expectation. */
describe('a key of one role', () => {
  it('cannot be passed for another', () => {
    const takesPerson = (key: PersonKeySecret) => key
    const takesCase = (key: CaseKey) => key
    const takesUser = (key: UserKey) => key
    const takesRoot = (key: RootPublicKey) => key
    const takesSeal = (key: MemberSealPublicKey) => key
    const { sign } = newMemberKeys()
    const device: DevicePublicKey = newDeviceKey().public
    // @ts-expect-error a case key is not a person's
    takesPerson(caseKey)
    // @ts-expect-error a person's key is not a case's
    takesCase(newPersonKey(caseKey, survivor))
    // @ts-expect-error the local store's key is not the user key
    takesUser(newLocalStoreKey())
    // @ts-expect-error a device's public key is not the root's
    takesRoot(device)
    // @ts-expect-error a member signs with one key and is sealed to with another
    takesSeal(sign.public)
    // @ts-expect-error the user key does not wrap itself
    void wrapUserKey(newUserKey(), newUserKey(), bopha)
    // @ts-expect-error a text is no key
    takesRoot('A'.repeat(43))
    expect(caseKey.secret.role).toBe('case')
  })
})

describe('a secret', () => {
  it('is in no JSON and no printed text', () => {
    const secret = newUserKey()
    expect(() => JSON.stringify({ secret })).toThrow(TypeError)
    expect(() => JSON.stringify(caseKey)).toThrow(TypeError)
    expect(`${String(secret)} ${Object.keys(secret).join()}`).toBe('[object Object] role')
  })

  it('is gone once wiped, and says so to who would use it', async () => {
    const secret = newUserKey()
    const bytes = bytesOf(secret)
    secret.wipe()
    expect(bytes.every((byte) => byte === 0)).toBe(true)
    expect(() => bytesOf(secret)).toThrow('wiped')
    await expect((async () => Secret.aes(secret))()).rejects.toThrow('wiped')
  })

  it('has thirty-two bytes, of its own: who gave them cannot change them', () => {
    expect(() => new Secret('user', new Uint8Array(31))).toThrow(RangeError)
    const given = new Uint8Array(32)
    const secret = new Secret('user', given)
    given.fill(7)
    expect(bytesOf(secret)).toEqual(new Uint8Array(32))
  })
})
