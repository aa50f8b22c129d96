import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join as path } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { randomBytes } from '@lentera/sealed/open'
import { type Database, openPool } from '@lentera/server/database'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../database/testing/test-database.ts'
import { writeNewCase } from '../device/found.ts'
import { found, join, today } from '../device/world.ts'

let folder: string
let full: TestDatabase
let empty: TestDatabase
let database: Database

beforeAll(async () => {
  folder = mkdtempSync(path(tmpdir(), 'lentera-command-'))
  writeFileSync(path(folder, 'no-gzip.gz'), 'hello')
  full = await createTestDatabase()
  empty = await createTestDatabase()
  database = openPool(full.ownerUrl)
  const place = await found(database, 'Poipet shelter')
  const worker = await join(database, place, ['caseworker'], 'Caseworker 1')
  await writeNewCase(
    worker.device,
    place.organisation,
    [worker.person],
    {
      team: place.team,
      country: 'KH',
      sex: 'female',
      age: 'adult',
      form: 'other',
      consentCounting: 'given',
      opened: { name: 'Invented' },
    },
    today,
    randomBytes,
  )
  expect(await worker.device.push(worker.door)).toEqual([])
})

afterAll(async () => {
  await database.close()
  await full.drop()
  await empty.drop()
  rmSync(folder, { recursive: true, force: true })
})

/** Runs the command as a person would, on a given database. */
function run(databaseUrl: string, ...args: string[]): Promise<{ code: number | null; said: string }> {
  const child = spawn(process.execPath, [path(import.meta.dirname, 'main.ts'), ...args], {
    env: { ...process.env, DATABASE_URL: databaseUrl, LENTERA_DATA: path(folder, 'data'), INIT_CWD: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      said += chunk.toString()
    })
  }
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, said })))
}

const lines = (file: string): string[] =>
  gunzipSync(readFileSync(path(folder, file)))
    .toString()
    .trim()
    .split('\n')

describe('the command line says in a sentence what cannot be done', () => {
  it.each([
    [['import', 'nothing-here.gz'], 'There is no file'],
    [['import', 'glotip', '.'], 'is a folder'],
    [['figures', '--wat'], 'There is no option --wat'],
    [['export', 'nowhere/log.gz'], 'There is no folder to write'],
    [['export', '.'], 'is a folder'],
    [['import', 'no-gzip.gz'], 'not a file that Lentera exported'],
  ])('%j', async (args, sentence) => {
    const { code, said } = await run(empty.ownerUrl, ...args)
    expect([code, said.includes(sentence), / at .+\.(ts|js):\d+/.test(said)]).toEqual([1, true, false])
  })
})

describe('the whole log, out by one command and in by another', () => {
  it('is the same log, with the same keys, in an empty database', async () => {
    expect((await run(full.ownerUrl, 'export', 'log.gz', '--keys', 'keys.gz')).code).toBe(0)
    const imported = await run(empty.ownerUrl, 'import', 'log.gz', '--keys', 'keys.gz')
    expect([imported.code, imported.said]).toEqual([0, expect.stringContaining('Imported 9 entries')])
    expect((await run(empty.ownerUrl, 'export', 'again.gz', '--keys', 'keys-again.gz')).code).toBe(0)
    expect(lines('again.gz')).toEqual(lines('log.gz'))
    expect(lines('keys-again.gz')).toEqual(lines('keys.gz'))
  })

  it('is refused where the file was cut off, and nothing of it is there', async () => {
    const other = await createTestDatabase()
    writeFileSync(path(folder, 'cut.gz'), readFileSync(path(folder, 'log.gz')).subarray(0, -200))
    const { code, said } = await run(other.ownerUrl, 'import', 'cut.gz')
    expect([code, / at .+\.(ts|js):\d+/.test(said)]).toEqual([1, false])
    expect(said).toContain('ends')
    await other.drop()
  })

  it('is refused where something is already', async () => {
    const { code, said } = await run(full.ownerUrl, 'import', 'log.gz')
    expect([code, said.includes('empty')]).toEqual([1, true])
  })
})
