import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { randomBytes } from '@lentera/sealed/verify'

/** The server's own secret, 32 random bytes in a file only its user can read; made at the first start. */
export async function ensureSecret(dataFolder: string): Promise<Uint8Array<ArrayBuffer>> {
  const file = join(dataFolder, 'secret')
  await mkdir(dataFolder, { recursive: true })
  // Of two that start at once one writes, and both read what it wrote.
  await writeFile(file, randomBytes(32), { flag: 'wx', mode: 0o600 }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
  })
  const secret = new Uint8Array(await readFile(file))
  if (secret.length !== 32) throw new Error('the file `secret` in the data folder is damaged: 32 bytes are expected')
  return secret
}
