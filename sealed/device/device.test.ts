import { DeviceId } from '@lentera/core/shared/ids'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { newUserKey } from '../accounts/user-key.ts'
import type { Bytes } from '../bytes/base64url.ts'
import { newCaseKey, newPersonKey } from '../keys/case-keys.ts'
import { bytesOf } from '../keys/secret.ts'
import { accepted, child, device, firstCase, programme, refusalOf, secondCase, survivor } from '../testing/cast.ts'
import { mutation } from '../testing/mutations.ts'
import { newDeviceKey } from './device-key.ts'
import { Keyring } from './keyring.ts'
import {
  newLocalStoreKey,
  openBox,
  openBoxBytes,
  openLocalStoreKey,
  sealBox,
  sealBoxBytes,
  wrapLocalStoreKey,
} from './local-store.ts'

const key = newLocalStoreKey()
const place = { table: 'states', record: 'a' }

describe('a box on the device', () => {
  it('opens to what was put in, for its own place and key only', async () => {
    const value = { name: 'សុភា', age: 22.5, notes: [null, true] }
    const box = await sealBox(key, place, value)
    expect(accepted(await openBox(key, place, box))).toEqual(value)
    expect(refusalOf(await openBox(key, { ...place, record: 'b' }, box))).toBe('sealed.box-altered')
    expect(refusalOf(await openBox(key, { table: 'outbox', record: 'a' }, box))).toBe('sealed.box-altered')
    expect(refusalOf(await openBox(newLocalStoreKey(), place, box))).toBe('sealed.box-altered')
  })

  it('keeps bytes as they are, and holds nothing readable', async () => {
    const bytes = new TextEncoder().encode('a name that must not be found')
    const box = await sealBoxBytes(key, place, bytes)
    expect(accepted(await openBoxBytes(key, place, box))).toEqual(bytes)
    expect(Buffer.from(box).includes('name')).toBe(false)
  })

  it('altered in any way does not open', async () => {
    const box: Bytes = await sealBox(key, place, 'a name')
    const property = fc.asyncProperty(mutation, async (change) => {
      const altered = change(box)
      fc.pre(Buffer.compare(altered, box) !== 0)
      expect(refusalOf(await openBox(key, place, altered))).toBe('sealed.box-altered')
    })
    await fc.assert(property, { numRuns: 500, seed: 12 })
    expect(refusalOf(await openBox(key, place, new Uint8Array(0)))).toBe('sealed.box-altered')
  })
})

describe('the key of the local store', () => {
  it('is kept wrapped by the user key, for this device', async () => {
    const userKey = newUserKey()
    const wrapped = await wrapLocalStoreKey(key, userKey, device)
    expect(bytesOf(accepted(await openLocalStoreKey(wrapped, userKey)))).toEqual(bytesOf(key))
    expect(refusalOf(await openLocalStoreKey(wrapped, newUserKey()))).toBe('sealed.wrap-altered')
    const other = DeviceId.parse('00000000-0000-4000-8000-000000000001')
    expect(refusalOf(await openLocalStoreKey({ ...wrapped, device: other }, userKey))).toBe('sealed.wrap-altered')
  })
})

describe('a keyring', () => {
  const fill = () => {
    const keyring = new Keyring()
    const first = newCaseKey({ programme, stream: firstCase }, 1)
    const second = newCaseKey({ programme, stream: firstCase }, 2)
    const other = newCaseKey({ programme, stream: secondCase }, 1)
    for (const caseKey of [second, first, other]) keyring.addCase(caseKey)
    const persons = [
      newPersonKey(second, survivor),
      newPersonKey(first, survivor),
      newPersonKey(first, child),
      newPersonKey(other, survivor),
    ]
    for (const person of persons) keyring.addPerson(person)
    keyring.setDevice(newDeviceKey())
    return { keyring, first, second, persons }
  }

  it('finds a key by its id, and the latest epoch to write with', () => {
    const { keyring, first, second, persons } = fill()
    expect(keyring.findCase(first.id)).toBe(first)
    expect(keyring.latestCase(firstCase)).toBe(second)
    expect(keyring.latestPerson(firstCase, survivor)).toBe(persons[0])
    expect(keyring.latestPerson(secondCase, child)).toBeUndefined()
    expect(keyring.personsOf(firstCase)).toHaveLength(3)
  })

  it('is saved as one box and comes back whole', async () => {
    const { keyring, second, persons } = fill()
    const again = accepted(await Keyring.load(await keyring.save(key), key))
    expect(again.device?.public).toBe(keyring.device?.public)
    expect(again.latestCase(firstCase)?.id).toBe(second.id)
    for (const person of persons) {
      const found = again.findPerson(person.id)
      expect(found && [found.person, found.epoch, found.stream, bytesOf(found.secret)]).toEqual([
        person.person,
        person.epoch,
        person.stream,
        bytesOf(person.secret),
      ])
    }
    expect(refusalOf(await Keyring.load(await keyring.save(key), newLocalStoreKey()))).toBe('sealed.box-altered')
    expect(refusalOf(await Keyring.load(await sealBox(key, { table: 'keyring', record: 'v1' }, { v: 1 }), key))).toBe(
      'sealed.box-altered',
    )
  })

  it('wiped at the lock holds nothing, and the keys it held are overwritten', () => {
    const { keyring, first, persons } = fill()
    const deviceKey = keyring.device
    keyring.wipe()
    expect([keyring.device, keyring.findCase(first.id), keyring.latestPerson(firstCase, survivor)]).toEqual([
      undefined,
      undefined,
      undefined,
    ])
    for (const { secret } of [first, ...persons]) expect(() => bytesOf(secret)).toThrow('wiped')
    expect(() => deviceKey && bytesOf(deviceKey.secret)).toThrow('wiped')
  })

  it('forgets one case and keeps the others', () => {
    const { keyring, persons } = fill()
    keyring.forget(firstCase)
    expect(keyring.latestCase(firstCase)).toBeUndefined()
    expect(keyring.personsOf(firstCase)).toEqual([])
    expect(keyring.latestPerson(secondCase, survivor)).toBe(persons[3])
    expect(() => bytesOf((persons[0] ?? fill().first).secret)).toThrow('wiped')
  })
})
