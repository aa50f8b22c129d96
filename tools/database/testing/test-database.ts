import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'
import { inTurn } from './once-a-run.ts'
import { template, withDatabase } from './test-cluster.ts'

export type TestDatabase = {
  readonly name: string
  /** All rights: for migrations and for looking behind the scenes. */
  readonly ownerUrl: string
  /** The same database with only that role's rights, as after `SET ROLE`: `urlAs('lentera_app')`. */
  urlAs(role: string): string
  /** Drops it, cutting off whoever is still connected. */
  drop(): Promise<void>
}

/**
 * A database of the caller's own, migrated, empty and fast to have (a copy of the template: about 50 ms). Call it once
 * a test file, in `beforeAll`, and `drop` it in `afterAll`; the run's end takes whatever was left.
 * It survives no power cut: a test of faults opens its own cluster with `openDatabase` in a temporary folder.
 */
export function createTestDatabase(): Promise<TestDatabase> {
  return copyOf(template)
}

/**
 * The same, as `fill` left it: the first of a run that asks for this name fills a template, everybody after copies it.
 *
 * @param name a plain word
 * @param fill given its owner's connection string; it must be gone from the database when it is done
 */
export async function createFilledDatabase(
  name: string,
  fill: (ownerUrl: string) => Promise<void>,
): Promise<TestDatabase> {
  const filled = `lentera_${name}`
  return inTurn(filled, async (client) => {
    const { rows } = await client.query('select 1 from pg_database where datname = $1', [filled])
    if (rows.length === 0) {
      const half = await createTestDatabase()
      await fill(half.ownerUrl)
      await client.query(`alter database ${half.name} rename to ${filled}`)
    }
    return await copyOf(filled)
  })
}

async function copyOf(from: string): Promise<TestDatabase> {
  const cluster = inject('clusterUrl')
  const name = `test_${randomBytes(8).toString('hex')}`
  await administer(cluster, `create database ${name} template ${from}`)
  const ownerUrl = withDatabase(cluster, name)
  return {
    name,
    ownerUrl,
    urlAs(role) {
      const url = new URL(ownerUrl)
      url.searchParams.set('options', `-c role=${role}`)
      return url.href
    },
    drop: () => administer(cluster, `drop database if exists ${name} with (force)`),
  }
}

async function administer(cluster: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: withDatabase(cluster, 'postgres') })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
