import { describe, expect, it } from 'vitest'
import { fromBase64Url, toBase64Url } from '../bytes/base64url.ts'
import { bytesOf } from '../keys/secret.ts'
import { accepted, bopha, chanthy, refusalOf } from '../testing/cast.ts'
import { flipBit } from '../testing/mutations.ts'
import { changePassphrase, newAccount, newRecoveryCode, recoverAccount, unlockAccount } from './account.ts'
import { fakeKdfParameters, hashToken, hashVerifier, isVerifier, newToken } from './login.ts'
import { deriveAccount, kdfCeiling, kdfFloor, newKdfParameters } from './passphrase.ts'
import { newRecoveryCodeKey, printRecoveryCode, readRecoveryCode, recoveryVerifierOf } from './recovery-code.ts'
import { stretch } from './stretch.ts'

const passphrase = 'four words of her own'
const account = accepted(await newAccount(bopha, passphrase))
const derived = accepted(await deriveAccount(passphrase, account.record.kdf))
/** Cheap and at the floor, so that many derivations fit a test. */
const light = { ...newKdfParameters(), memoryKiB: kdfFloor.memoryKiB, passes: kdfFloor.passes }

describe('an account', () => {
  it('always takes 64 MiB and three passes at its making, and a salt of its own', () => {
    expect(account.record.kdf).toMatchObject({ algorithm: 'argon2id', memoryKiB: 65536, passes: 3, lanes: 1 })
    expect(newKdfParameters().salt).not.toBe(newKdfParameters().salt)
  })

  it('opens with its passphrase and with no other', async () => {
    const unlocked = accepted(await unlockAccount(account.record, derived.unlockKey))
    expect(unlocked.keys.sign.public).toBe(account.unlocked.keys.sign.public)
    const wrong = accepted(await deriveAccount('four words of her owm', account.record.kdf))
    expect(refusalOf(await unlockAccount(account.record, wrong.unlockKey))).toBe('sealed.passphrase-wrong')
  })

  it('does not open as another member, nor with keys of another account under it', async () => {
    const as = { ...account.record, byPassphrase: { ...account.record.byPassphrase, member: chanthy } }
    expect(refusalOf(await unlockAccount(as, derived.unlockKey))).toBe('sealed.passphrase-wrong')
    const others = accepted(await newAccount(bopha, 'another one'))
    const mixed = { ...account.record, memberKeys: others.record.memberKeys }
    expect(refusalOf(await unlockAccount(mixed, derived.unlockKey))).toBe('sealed.wrap-altered')
  })

  it('does not open with any part of it altered', async () => {
    const { wrapped } = account.record.memberKeys
    const bytes = fromBase64Url(wrapped) ?? new Uint8Array(0)
    for (const bit of [0, 95, 96, 500, bytes.length * 8 - 1]) {
      const altered = {
        ...account.record,
        memberKeys: { ...account.record.memberKeys, wrapped: toBase64Url(flipBit(bytes, bit)) },
      }
      expect(refusalOf(await unlockAccount(altered, derived.unlockKey))).toBe('sealed.wrap-altered')
    }
  })

  it('opens with its printed recovery code, and a mistyped or foreign one is told apart', async () => {
    expect(account.recoveryCode.split('\n')).toHaveLength(4)
    const recovered = accepted(await recoverAccount(account.record, account.recoveryCode.toLowerCase()))
    expect(bytesOf(recovered.userKey)).toEqual(bytesOf(account.unlocked.userKey))
    const mistyped = account.recoveryCode.replace(/^./, (digit) => (digit === '7' ? '8' : '7'))
    expect(refusalOf(await recoverAccount(account.record, mistyped))).toBe('sealed.code-line-mistyped')
    expect(refusalOf(await recoverAccount(account.record, printRecoveryCode(newRecoveryCodeKey())))).toBe(
      'sealed.recovery-code-wrong',
    )
    // The wrap made for the code does not pass as the one made for the passphrase.
    const exchanged = { ...account.record, byPassphrase: account.record.byRecoveryCode }
    expect(refusalOf(await unlockAccount(exchanged, derived.unlockKey))).toBe('sealed.passphrase-wrong')
  })

  it('given a new passphrase keeps every key, and the old passphrase opens nothing more', async () => {
    const changed = accepted(await changePassphrase(account.unlocked, 'five new words of hers'))
    const record = { ...account.record, ...changed }
    const anew = accepted(await deriveAccount('five new words of hers', changed.kdf))
    const unlocked = accepted(await unlockAccount(record, anew.unlockKey))
    expect(bytesOf(unlocked.userKey)).toEqual(bytesOf(account.unlocked.userKey))
    expect(record.memberKeys).toBe(account.record.memberKeys)
    expect(anew.loginVerifier).toBe(changed.loginVerifier)
    expect(refusalOf(await unlockAccount(record, derived.unlockKey))).toBe('sealed.passphrase-wrong')
    accepted(await recoverAccount(record, account.recoveryCode))
  })
})

describe('a recovery code', () => {
  it('given anew opens the account, and the one before opens it no more', async () => {
    const { byRecoveryCode, recoveryCode, recoveryVerifier } = await newRecoveryCode(account.unlocked)
    const record = { ...account.record, byRecoveryCode }
    const recovered = accepted(await recoverAccount(record, recoveryCode))
    expect(bytesOf(recovered.userKey)).toEqual(bytesOf(account.unlocked.userKey))
    expect(refusalOf(await recoverAccount(record, account.recoveryCode))).toBe('sealed.recovery-code-wrong')
    expect(recoveryVerifier).not.toBe(account.recoveryVerifier)
  })

  it('shows at signing in what follows from the code as it is typed, and nothing of the key in it', async () => {
    const key = accepted(readRecoveryCode(account.recoveryCode.toLowerCase().replaceAll('-', ' ')))
    const shown = await recoveryVerifierOf(key)
    expect(shown).toBe(account.recoveryVerifier)
    expect(shown).not.toBe(toBase64Url(bytesOf(key)))
    expect(isVerifier(hashVerifier(shown), shown)).toBe(true)
    expect(isVerifier(hashVerifier(shown), await recoveryVerifierOf(newRecoveryCodeKey()))).toBe(false)
  })
})

describe('what follows from a passphrase', () => {
  it('is two secrets that are not the same', () => {
    expect(derived.loginVerifier).not.toBe(toBase64Url(bytesOf(derived.unlockKey)))
    expect(derived.loginVerifier).toBe(account.loginVerifier)
  })

  it('is stretched wherever the caller says, once a derivation', async () => {
    const asked: number[] = []
    const elsewhere = accepted(
      await deriveAccount(passphrase, account.record.kdf, (password, kdf) => {
        asked.push(kdf.memoryKiB)
        return stretch(password, kdf)
      }),
    )
    expect([elsewhere.loginVerifier, asked]).toEqual([derived.loginVerifier, [65536]])
  })

  it('is the same however the keyboard composes its letters and spaces', async () => {
    const typed = await Promise.all(
      ['caf\u00e9 ดี', 'cafe\u0301 ดี', 'caf\u00e9\u3000ดี'].map((text) => deriveAccount(text, light)),
    )
    const verifiers = typed.map((one) => accepted(one).loginVerifier)
    expect(new Set(verifiers).size).toBe(1)
    expect(accepted(await deriveAccount('Café ดี', light)).loginVerifier).not.toBe(verifiers[0])
  })

  it('is refused where a server asks for less than the floor, more than a phone can do, or nonsense', async () => {
    const asks = (change: object) => deriveAccount(passphrase, { ...light, ...change }).then(refusalOf)
    expect(await asks({ memoryKiB: kdfFloor.memoryKiB - 1 })).toBe('sealed.kdf-too-weak')
    expect(await asks({ passes: kdfFloor.passes - 1 })).toBe('sealed.kdf-too-weak')
    expect(await asks({ memoryKiB: 8, passes: 1 })).toBe('sealed.kdf-too-weak')
    expect(await asks({ memoryKiB: kdfCeiling.memoryKiB + 1 })).toBe('sealed.kdf-too-heavy')
    expect(await asks({ passes: 1_000_000 })).toBe('sealed.kdf-too-heavy')
    expect(await asks({ algorithm: 'pbkdf2' })).toBe('sealed.kdf-malformed')
    expect(await asks({ salt: 'c2hvcnQ' })).toBe('sealed.kdf-malformed')
    expect(await asks({ memoryKiB: Number.NaN })).toBe('sealed.kdf-malformed')
    expect(refusalOf(await deriveAccount('', light))).toBe('sealed.passphrase-empty')
  })
})

describe('what the server keeps for signing in', () => {
  it('is a hash that the right verifier meets and no other', () => {
    const stored = hashVerifier(account.loginVerifier)
    expect(stored).not.toContain(account.loginVerifier)
    expect(isVerifier(stored, account.loginVerifier)).toBe(true)
    expect(isVerifier(hashVerifier(derived.loginVerifier), account.loginVerifier)).toBe(true)
    const other = (account.loginVerifier[0] === 'A' ? 'B' : 'A') + account.loginVerifier.slice(1)
    expect(isVerifier(stored, other as typeof account.loginVerifier)).toBe(false) // a verifier in form, not in fact
  })

  it('answers a name that nobody has as it answers one that somebody has', () => {
    const serverSecret = new Uint8Array(32).fill(9)
    const fake = fakeKdfParameters(serverSecret, 'nobody')
    expect(fake).toEqual(fakeKdfParameters(serverSecret, 'nobody'))
    expect(fake.salt).not.toBe(fakeKdfParameters(serverSecret, 'somebody').salt)
    expect(fake.salt).not.toBe(fakeKdfParameters(new Uint8Array(32).fill(8), 'nobody').salt)
    const { salt, ...rest } = account.record.kdf
    expect({ ...fake, salt: fake.salt.length }).toEqual({ ...rest, salt: salt.length })
  })

  it('is of a token its hash only', () => {
    const [one, two] = [newToken(), newToken()]
    expect(one).not.toBe(two)
    expect(one).toMatch(/^[A-Za-z0-9_-]{43}$/)
    expect(hashToken(one)).not.toBe(one)
    expect(hashToken(one)).toBe(hashToken(one))
  })
})
