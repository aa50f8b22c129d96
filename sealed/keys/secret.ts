import type { Bytes } from '../bytes/base64url.ts'
import { importAesKey } from '../primitives/aes-gcm.ts'

/**
 * A secret of 32 bytes that knows what it is for. The role is part of its type, so a case key cannot be passed where a
 * person's is asked for; the bytes are reached only inside this package, and neither JSON nor a log shows them.
 */
export class Secret<Role extends string> {
  readonly role: Role
  readonly #bytes: Bytes
  #wiped = false
  #aes: Promise<CryptoKey> | undefined

  constructor(role: Role, bytes: Bytes) {
    if (bytes.length !== 32) throw new RangeError('a secret has 32 bytes')
    this.role = role
    this.#bytes = Uint8Array.from(bytes)
  }

  /** Overwrites the bytes; every later use throws. */
  wipe(): void {
    this.#bytes.fill(0)
    this.#aes = undefined
    this.#wiped = true
  }

  toJSON(): never {
    throw new TypeError(`a ${this.role} key does not leave in clear`)
  }

  static bytes(secret: Secret<string>): Bytes {
    if (secret.#wiped) throw new Error(`this ${secret.role} key was wiped`)
    return secret.#bytes
  }

  static aes(secret: Secret<string>): Promise<CryptoKey> {
    secret.#aes ??= importAesKey(Secret.bytes(secret))
    return secret.#aes
  }
}

/** The bytes of a secret: for this package only, no door exports it. */
export const bytesOf = Secret.bytes
/** The secret as an AES-256-GCM key, imported once: for this package only. */
export const aesOf = Secret.aes
