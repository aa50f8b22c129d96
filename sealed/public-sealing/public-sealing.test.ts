import { describe, expect, it } from 'vitest'
import { newMemberKeys } from '../accounts/member-keys.ts'
import { utf8 } from '../bytes/compose.ts'
import { MemberSealPublicKey } from '../keys/public-keys.ts'
import { accepted, refusalOf } from '../testing/cast.ts'
import { flipBit } from '../testing/mutations.ts'
import { openSealed } from './open-sealed.ts'
import { sealTo } from './seal-to.ts'

const { seal } = newMemberKeys()
const info = utf8('lentera/report/v1')

describe('bytes sealed to a public key', () => {
  it('open with its private key and the same info', async () => {
    const sealed = accepted(await sealTo(seal.public, utf8('what a person wrote'), info))
    expect(sealed).toHaveLength(19 + 48)
    expect(accepted(await openSealed(seal.secret, sealed, info))).toEqual(utf8('what a person wrote'))
  })

  it('do not open with another key, another info, cut short or altered', async () => {
    const sealed = accepted(await sealTo(seal.public, utf8('what a person wrote'), info))
    expect(refusalOf(await openSealed(newMemberKeys().seal.secret, sealed, info))).toBe('sealed.not-authentic')
    expect(refusalOf(await openSealed(seal.secret, sealed, utf8('lentera/report/v2')))).toBe('sealed.not-authentic')
    expect(refusalOf(await openSealed(seal.secret, sealed.slice(0, 47), info))).toBe('sealed.not-authentic')
    for (let bit = 0; bit < sealed.length * 8; bit++) {
      expect(refusalOf(await openSealed(seal.secret, flipBit(sealed, bit), info))).toBe('sealed.not-authentic')
    }
  })

  it('are different every time, so that the same report is not known again', async () => {
    const [one, two] = [
      accepted(await sealTo(seal.public, info, info)),
      accepted(await sealTo(seal.public, info, info)),
    ]
    expect(one).not.toEqual(two)
  })

  it('are not made to a key that is no usable point', async () => {
    expect(refusalOf(await sealTo(MemberSealPublicKey.parse('A'.repeat(43)), info, info))).toBe(
      'sealed.public-key-unusable',
    )
  })
})
