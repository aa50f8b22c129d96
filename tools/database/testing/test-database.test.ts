import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from './test-database.ts'

let one: TestDatabase
let other: TestDatabase

beforeAll(async () => {
  one = await createTestDatabase()
  other = await createTestDatabase()
})

afterAll(async () => {
  await one.drop()
  await other.drop()
})

async function ask(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query({ text: sql, rowMode: 'array' })).rows
  } finally {
    await client.end()
  }
}

test('what one test file writes, another does not see', async () => {
  await ask(one.ownerUrl, 'create table mine (n int)')
  expect(await ask(one.ownerUrl, "select to_regclass('mine')::text")).toEqual([['mine']])
  expect(await ask(other.ownerUrl, "select to_regclass('mine')::text")).toEqual([[null]])
})

test('connections are separate sessions, so that roles and settings of one do not leak into another', async () => {
  const [a, b] = [new pg.Client(one.ownerUrl), new pg.Client(one.ownerUrl)]
  await Promise.all([a.connect(), b.connect()])
  await a.query("set lentera.orgs = 'a'")
  expect((await b.query("select current_setting('lentera.orgs', true) as orgs")).rows[0].orgs).not.toBe('a')
  await Promise.all([a.end(), b.end()])
})

test('a test can take the rights of a role that has fewer', async () => {
  const role = `reader_${one.name}`
  await ask(one.ownerUrl, `create role ${role}`)
  await ask(one.ownerUrl, 'create table public.kept (n int)')
  expect(await ask(one.urlAs(role), 'select current_user::text')).toEqual([[role]])
  await expect(ask(one.urlAs(role), 'select n from public.kept')).rejects.toThrow('permission denied')
  await ask(one.ownerUrl, `drop role ${role}`)
})

test('a dropped test database is gone, even while somebody is still connected', async () => {
  const short = await createTestDatabase()
  const client = new pg.Client(short.ownerUrl)
  client.on('error', () => undefined)
  await client.connect()
  await short.drop()
  expect(await ask(one.ownerUrl, `select 1 from pg_database where datname = '${short.name}'`)).toEqual([])
})
