import { argon2idAsync } from '@noble/hashes/argon2.js'
import { argon2id } from 'hash-wasm'
import { type Bytes, fromBase64Url } from '../bytes/base64url.ts'
import { nodeCrypto } from '../primitives/node-crypto.ts'
import type { KdfParameters } from './kdf-parameters.ts'

/**
 * Argon2id of a prepared passphrase: 32 bytes. Kept apart so that the desk can run it in a worker, the only place where
 * WebAssembly may run: there `stretch` itself, and on the page a function that asks the worker.
 */
export type Stretch = (password: Bytes, parameters: KdfParameters) => Promise<Bytes>

/**
 * `Stretch` where we are: in a browser by WebAssembly (0.26 s for a new account's parameters on our machine), and where it has none,
 * as iOS in Lockdown Mode, by plain JavaScript (1.5 s); in Node by its own (0.2 s, in a thread beside). The parameters must have
 * been judged: `deriveAccount` does.
 */
export const stretch: Stretch = async (password, { memoryKiB, passes, lanes, salt }) => {
  const saltBytes = fromBase64Url(salt)
  if (saltBytes === undefined) throw new TypeError('a salt is base64url')
  if (nodeCrypto?.argon2) return nodeStretch(nodeCrypto.argon2, password, { memoryKiB, passes, lanes, salt: saltBytes })
  if (await hasWebAssembly()) {
    const cost = { memorySize: memoryKiB, iterations: passes, parallelism: lanes, hashLength: 32 }
    return Uint8Array.from(await argon2id({ password, salt: saltBytes, ...cost, outputType: 'binary' }))
  }
  return Uint8Array.from(await argon2idAsync(password, saltBytes, { m: memoryKiB, t: passes, p: lanes, dkLen: 32 }))
}

/** Node's own, since its version 24.7. */
function nodeStretch(
  argon2: NonNullable<typeof nodeCrypto>['argon2'],
  message: Bytes,
  { memoryKiB, passes, lanes, salt }: Omit<KdfParameters, 'salt' | 'algorithm'> & { readonly salt: Bytes },
): Promise<Bytes> {
  const cost = { memory: memoryKiB, passes, parallelism: lanes, tagLength: 32 }
  return new Promise((resolve, reject) => {
    argon2('argon2id', { message, nonce: salt, ...cost }, (error, derived) =>
      error ? reject(error) : resolve(Uint8Array.from(derived)),
    )
  })
}

/** Whether WebAssembly is there and the page's policy lets it run: the smallest module there is, eight bytes. */
async function hasWebAssembly(): Promise<boolean> {
  if (typeof WebAssembly !== 'object') return false
  const smallest = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0)
  return WebAssembly.compile(smallest).then(
    () => true,
    () => false,
  )
}
