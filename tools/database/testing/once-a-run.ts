import { existsSync, mkdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { inject } from 'vitest'
import { withDatabase } from './test-cluster.ts'

/** What only one test file at a time does under this name: the second waits until the first is done. `client`: as the cluster's owner. */
export async function inTurn<T>(name: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: withDatabase(inject('clusterUrl'), 'postgres') })
  await client.connect()
  try {
    await client.query('select pg_advisory_lock(hashtext($1))', [name])
    return await work(client)
  } finally {
    await client.end()
  }
}

/**
 * A folder that the first test file of a run fills, and all others find filled. Nobody may change what is in it: whoever wants to takes
 * a copy.
 *
 * @param name a plain word
 * @param fill given an empty folder
 */
export function onceARun(name: string, fill: (folder: string) => Promise<void>): Promise<string> {
  const folder = join(inject('runFolder'), name)
  return inTurn(`once ${name}`, async () => {
    if (existsSync(folder)) return folder
    const half = `${folder}.half`
    mkdirSync(half, { recursive: true })
    await fill(half)
    renameSync(half, folder)
    return folder
  })
}
