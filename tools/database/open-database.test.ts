import { spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Database, openDatabase } from './open-database.ts'
import { sharedPlace } from './programs.ts'

const asRoot = process.getuid?.() === 0

let folder: string
let said: string[]
let opened: Database[]

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lentera-open-'))
  chmodSync(folder, 0o711)
  said = []
  opened = []
})

afterEach(async () => {
  for (const database of opened) await database.stop()
  rmSync(folder, { recursive: true, force: true })
})

async function open(dataFolder = join(folder, 'data'), url?: string): Promise<Database> {
  const database = await openDatabase({ dataFolder, url, say: (line) => said.push(line) })
  opened.push(database)
  return database
}

async function ask(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query({ text: sql, rowMode: 'array' })).rows
  } finally {
    await client.end()
  }
}

async function askUntilAnswered(url: string, sql: string): Promise<unknown[]> {
  for (const began = Date.now(); ; await pause(50)) {
    try {
      return await ask(url, sql)
    } catch (error) {
      if (Date.now() - began > 20_000) throw error
    }
  }
}

describe('who is refused', () => {
  test('a second start on the same data folder is told so, and the first goes on', async () => {
    const first = await open()
    await expect(open()).rejects.toThrow(/^Lentera is already running on .*\(process \d+\)\.$/)
    expect(await ask(first.url, 'select 1')).toEqual([[1]])
  })

  test('the second start is told where the first answers', async () => {
    const first = await open()
    first.lock.tell({ stopping: false, desk: 'http://localhost:4200', portal: 'http://localhost:4100' })
    await expect(open()).rejects.toThrow('its desk is at http://localhost:4200 and its portal at http://localhost:4100')
  })

  test('a data folder whose path leads through a file is refused in one sentence', async () => {
    writeFileSync(join(folder, 'file'), '')
    await expect(open(join(folder, 'file', 'data'))).rejects.toThrow(
      /^The data folder .* cannot be used: a part of its path is a file, not a folder\.$/,
    )
  })

  test('an address in DATABASE_URL that is no PostgreSQL address is refused without repeating it', async () => {
    await expect(open(undefined, 'mysql://root:secret@localhost/x')).rejects.toThrow(/^DATABASE_URL is not the address/)
  })

  test('a given database that does not answer is named without its password', async () => {
    const refusal = await open(undefined, 'postgresql://u:hidden@127.0.0.1:1/x').catch((error: Error) => error.message)
    expect(refusal).toMatch(
      /^The database at 127\.0\.0\.1:1\/x given in DATABASE_URL cannot be used: .*ECONNREFUSED.*\.$/,
    )
    expect(refusal).not.toContain('hidden')
  })

  test('a cluster made by another PostgreSQL is refused by name and left as it was', async () => {
    const first = await open()
    await first.stop()
    writeFileSync(join(first.folder ?? '', 'PG_VERSION'), '14\n')
    await expect(open()).rejects.toThrow(/was made by PostgreSQL 14, and this Lentera brings 18/)
    expect(existsSync(join(first.folder ?? '', 'global'))).toBe(true)
  })

  test('a cluster that has gone missing is not silently replaced by an empty one', async () => {
    const first = await open()
    await first.stop()
    rmSync(first.folder ?? '', { recursive: true })
    await expect(open()).rejects.toThrow(/belongs in .*, which is not there/)
  })
})

describe('the cluster', () => {
  test('keeps what was written from one start to the next, with the same address', async () => {
    const first = await open()
    await ask(first.url, 'create table kept as select 42 as n')
    await first.stop()
    const second = await open()
    expect(await ask(second.url, 'select n from kept')).toEqual([[42]])
    expect(second.url).toBe(first.url)
  })

  test('is UTF-8 in the C locale with checksums, durable, and listens on the loopback address only', async () => {
    const { url } = await open()
    const shown = ['server_encoding', 'lc_messages', 'data_checksums', 'fsync', 'full_page_writes', 'listen_addresses']
    const values = await Promise.all(shown.map((name) => ask(url, `show ${name}`)))
    expect(values.flat(2)).toEqual(['UTF8', 'C', 'on', 'on', 'on', '127.0.0.1'])
    expect(await ask(url, 'select datcollate from pg_database where datname = current_database()')).toEqual([['C']])
  })

  test('lets nobody in without the password, which only its owner may read', async () => {
    const { url } = await open()
    const wrong = new URL(url)
    wrong.password = 'guessed'
    await expect(ask(wrong.href, 'select 1')).rejects.toThrow('password authentication failed')
    expect(statSync(join(folder, 'data', 'database.json')).mode & 0o777).toBe(0o600)
  })

  test('does not write what a refused statement contained into its log', async () => {
    const { url } = await open()
    await ask(url, 'create table named (name text primary key)')
    await ask(url, "insert into named values ('Sokha')")
    await expect(ask(url, "insert into named values ('Sokha')")).rejects.toThrow('duplicate key')
    const log = readFileSync(join(folder, 'data', 'database.log'), 'utf8')
    expect(log).toContain('duplicate key')
    expect(log).not.toContain('Sokha')
  })

  test('whose making was cut short is made anew', async () => {
    const data = join(folder, 'data')
    mkdirSync(join(data, 'database.making', 'cluster'), { recursive: true })
    mkdirSync(join(data, 'database'))
    writeFileSync(
      join(data, 'database.json'),
      JSON.stringify({ folder: 'database', password: 'p', port: null, made: false }),
    )
    const { url } = await open()
    expect(await ask(url, 'select 1')).toEqual([[1]])
    expect(existsSync(join(data, 'database.making'))).toBe(false)
  })

  test('whose record is lost is set aside, not overwritten', async () => {
    const first = await open()
    await first.stop()
    rmSync(join(folder, 'data', 'database.json'))
    await open()
    const aside = said.find((line) => line.includes('set aside as'))?.match(/set aside as (.*)\.$/)?.[1]
    expect(existsSync(join(aside ?? 'nowhere', 'PG_VERSION'))).toBe(true)
  })

  test.runIf(asRoot)(
    'below a folder closed to its user is kept in a named place, said aloud, and found again',
    async () => {
      chmodSync(folder, 0o700)
      const first = await open()
      try {
        expect(first.folder?.startsWith(sharedPlace)).toBe(true)
        expect(said[0]).toBe(
          `The database is kept in ${first.folder}, because its user cannot pass the folders above ${join(folder, 'data', 'database')}.`,
        )
        await ask(first.url, 'create table kept as select 42 as n')
        await first.stop()
        expect(await ask((await open()).url, 'select n from kept')).toEqual([[42]])
      } finally {
        for (const database of opened) await database.stop()
        if (first.folder !== null) rmSync(dirname(first.folder), { recursive: true, force: true })
      }
    },
  )
})

describe('after a kill', () => {
  test('a killed database server comes back in the same place, with all that was committed', async () => {
    const database = await open()
    await ask(database.url, 'create table kept as select 42 as n')
    const before = database.pid()
    process.kill(before ?? 0, 'SIGKILL')
    expect(await askUntilAnswered(database.url, 'select n from kept')).toEqual([[42]])
    expect(database.pid()).not.toBe(before)
    expect(said).toContain('The database ended without being asked to, and is started again.')
  })

  test('the server left by a killed Node is taken over by the next start', async () => {
    const child = spawn(process.execPath, [
      join(import.meta.dirname, 'testing', 'open-and-wait.ts'),
      join(folder, 'data'),
    ])
    const url = await new Promise<string>((resolve, reject) => {
      child.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString().trim()))
      child.stderr.on('data', (chunk: Buffer) => reject(new Error(chunk.toString())))
    })
    await ask(url, 'create table kept as select 42 as n')
    child.kill('SIGKILL')
    await new Promise((resolve) => child.once('exit', resolve))
    expect(await ask(url, 'select n from kept')).toEqual([[42]])
    const next = await open()
    expect(await ask(next.url, 'select n from kept')).toEqual([[42]])
  })

  test('a postmaster.pid whose number now belongs to another process does not stop the start', async () => {
    const first = await open()
    await first.stop()
    const pidFile = join(first.folder ?? '', 'postmaster.pid')
    writeFileSync(pidFile, `${process.pid}\n${first.folder}\n`)
    const next = await open()
    expect(await ask(next.url, 'select 1')).toEqual([[1]])
    expect(readFileSync(pidFile, 'utf8')).not.toMatch(new RegExp(`^${process.pid}\n`))
  })

  test('a clean stop leaves no server behind', async () => {
    const database = await open()
    const pid = database.pid() ?? 0
    await database.stop()
    expect(() => process.kill(pid, 0)).toThrow('ESRCH')
    expect(existsSync(join(folder, 'data', 'running.json'))).toBe(false)
  })
})
