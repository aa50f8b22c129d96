import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest'
import { stopCluster } from '../database/cluster.ts'
import { createTestDatabase } from '../database/testing/test-database.ts'
import { freePorts, isThere, makeProject, type Started, startIn } from './testing/project.ts'

const launcher: readonly [string, ...string[]] = [process.execPath, 'tools/start/start.mjs']

let project: ReturnType<typeof makeProject>
let data: string
let environment: Record<string, string>
let running: Started[]

beforeAll(() => {
  project = makeProject()
})
afterAll(() => project.remove())

beforeEach(async () => {
  data = mkdtempSync(join(tmpdir(), 'lentera-start-'))
  chmodSync(data, 0o711)
  environment = { LENTERA_DATA: data, ...(await freePorts()) }
  running = []
})

afterEach(async () => {
  for (const started of running) {
    started.child.kill('SIGTERM')
    await started.ended()
  }
  await stopCluster({ folder: join(data, 'database') }).catch(() => undefined)
  rmSync(data, { recursive: true, force: true })
})

function start(command = launcher, more: Record<string, string> = {}): Started {
  const started = startIn(project.root, command, { ...environment, ...more })
  running.push(started)
  return started
}

async function ready(command = launcher, more: Record<string, string> = {}): Promise<Started> {
  const started = start(command, more)
  await started.until(/Lentera is ready/)
  return started
}

/** What the stand-in server was given. */
async function given(): Promise<{ empty: boolean; deskFolder: string; databaseUrl: string }> {
  // The stand-in in testing/rooms/server answers with this.
  return (await (await fetch(`http://127.0.0.1:${environment.LENTERA_DESK_PORT}`)).json()) as Awaited<
    ReturnType<typeof given>
  >
}

async function facts(url: string): Promise<number> {
  const client = new pg.Client(url)
  await client.connect()
  const { rows } = await client.query<{ count: string }>('select count(*) from lentera.fact')
  await client.end()
  return Number(rows[0]?.count)
}

function serverPid(): number {
  return JSON.parse(readFileSync(join(data, 'running.json'), 'utf8')).pid
}

/** A refusal: one line, exit code 1. */
async function refusal(started: Started): Promise<string> {
  const { code } = await started.ended()
  expect(code).toBe(1)
  const lines = started.text().trim().split('\n')
  expect(lines).toHaveLength(1)
  return lines[0] ?? ''
}

describe('what cannot be done is said in one plain sentence', () => {
  test('on too old a Node', async () => {
    const old = join(data, 'old.cjs')
    writeFileSync(old, "Object.defineProperty(process, 'versions', { value: { node: '18.20.4' } })")
    const started = start([process.execPath, '--require', old, 'tools/start/start.mjs'])
    expect(await refusal(started)).toBe('Lentera needs Node 20 or newer, and this is Node 18.20.4.')
  })

  test('when the data is in use: where it is served, and the first goes on unharmed', async () => {
    await ready()
    const second = start(launcher, await freePorts())
    expect(await refusal(second)).toBe(
      `Lentera is already running on ${data} (process ${serverPid()}); its desk is at http://localhost:${environment.LENTERA_DESK_PORT} and its portal at http://localhost:${environment.LENTERA_PORTAL_PORT}.`,
    )
    expect(await facts((await given()).databaseUrl)).toBe(10)
  })

  test('when a port is taken: which, and what moves it', async () => {
    const other = createServer().listen({ host: '127.0.0.1', port: Number(environment.LENTERA_PORTAL_PORT) })
    const started = start(launcher, { LENTERA_DATA: data })
    const { code } = await started.ended()
    other.close()
    expect(code).toBe(1)
    expect(started.text()).toContain(
      `Port ${environment.LENTERA_PORTAL_PORT} is taken by another program; choose another with LENTERA_PORTAL_PORT.`,
    )
  })

  test('when a port is no port', async () => {
    expect(await refusal(start(launcher, { LENTERA_DESK_PORT: 'http' }))).toBe(
      'LENTERA_DESK_PORT is "http", which is not a port between 1 and 65535.',
    )
  })

  test('when the folder cannot be reached', async () => {
    writeFileSync(join(data, 'file'), '')
    expect(await refusal(start(launcher, { LENTERA_DATA: join(data, 'file', 'data') }))).toBe(
      `The data folder ${join(data, 'file', 'data')} cannot be used: a part of its path is a file, not a folder.`,
    )
  })

  test('when the folder cannot be written, not even by root', async () => {
    expect(await refusal(start(launcher, { LENTERA_DATA: '/proc/lentera' }))).toMatch(
      /^The data folder \/proc\/lentera cannot be used: it cannot be made there\.$/,
    )
  })

  test.runIf(process.getuid?.() !== 0)('when the folder is read-only', async () => {
    chmodSync(data, 0o555)
    expect(await refusal(start())).toBe(`The data folder ${data} cannot be used: this user may not write there.`)
  })

  test('when the given database does not answer', async () => {
    expect(await refusal(start(launcher, { DATABASE_URL: 'postgresql://u:hidden@127.0.0.1:1/x' }))).toMatch(
      /^The database at 127\.0\.0\.1:1\/x given in DATABASE_URL cannot be used: (?!.*hidden).+\.$/,
    )
  })

  test('when something is asked for that there is not', async () => {
    expect(await refusal(start([...launcher, '--emtpy']))).toBe(
      '"--emtpy" is not known here; the choices are npm start -- --empty, --size NUMBER and --seed TEXT.',
    )
    expect(await refusal(start([...launcher, '--size', 'large']))).toBe(
      '--size is "large", which is not a number between 0.01 and 10.',
    )
    expect(await refusal(start([...launcher, '--size']))).toContain('is not a number between')
    expect(await refusal(start([...launcher, '--seed']))).toContain('--seed needs a text')
  })
})

describe('a first start', () => {
  test('makes the database, builds the desk, loads the demonstration with its progress, and says where it answers', async () => {
    const started = await ready()
    expect(started.text()).toContain('Loading the demonstration 100 %')
    expect(started.text()).toContain(`Desk    http://localhost:${environment.LENTERA_DESK_PORT}`)
    expect(started.text()).toContain(`Portal  http://localhost:${environment.LENTERA_PORTAL_PORT}`)
    const server = await given()
    expect(server.empty).toBe(false)
    expect(existsSync(join(server.deskFolder, 'index.html'))).toBe(true)
    expect(await facts(server.databaseUrl)).toBe(10)
  })

  test('cut short while loading the demonstration is carried on by the next', async () => {
    const first = start()
    await first.until(/Loading the demonstration 30 %/)
    process.kill(serverPid(), 'SIGKILL')
    await first.ended()
    const second = await ready()
    expect(second.text()).toContain('Loading the demonstration 100 %')
    expect(await facts((await given()).databaseUrl)).toBe(10)
  })

  test('with --empty loads nothing, and says so to the server at every later start', async () => {
    const first = await ready([...launcher, '--empty'])
    expect(first.text()).not.toContain('demonstration')
    first.child.kill('SIGTERM')
    await first.ended()
    await ready()
    const server = await given()
    expect(server.empty).toBe(true)
    expect(await facts(server.databaseUrl)).toBe(0)
  })

  test('with --empty on data that holds the demonstration is refused', async () => {
    const first = await ready()
    first.child.kill('SIGTERM')
    await first.ended()
    expect(await refusal(start([...launcher, '--empty']))).toContain('holds the demonstration')
  })

  test('on a given database that is already in use never loads the demonstration into it', async () => {
    const database = await createTestDatabase()
    const client = new pg.Client(database.ownerUrl)
    await client.connect()
    await client.query('create schema if not exists lentera')
    await client.end()
    const started = await ready(launcher, { DATABASE_URL: database.ownerUrl })
    expect(started.text()).not.toContain('demonstration')
    expect(existsSync(join(data, 'database'))).toBe(false)
    started.child.kill('SIGTERM')
    await started.ended()
    await database.drop()
  })

  test('on a given new database loads the demonstration there', async () => {
    const name = 'given_and_new'
    const cluster = new pg.Client(inject('clusterUrl'))
    await cluster.connect()
    await cluster.query(`create database ${name}`)
    const url = new URL(inject('clusterUrl'))
    url.pathname = `/${name}`
    const started = await ready(launcher, { DATABASE_URL: url.href })
    expect(await facts(url.href)).toBe(10)
    started.child.kill('SIGTERM')
    await started.ended()
    await cluster.query(`drop database ${name} with (force)`)
    await cluster.end()
  })
})

describe('a later start', () => {
  test('builds nothing and loads nothing again', async () => {
    const first = await ready()
    first.child.kill('SIGTERM')
    await first.ended()
    expect((await ready()).text().trim().split('\n')[0]).toBe('Lentera is ready.')
  })

  test('builds the desk again when a source of it has changed', async () => {
    const first = await ready()
    first.child.kill('SIGTERM')
    await first.ended()
    writeFileSync(join(project.root, 'ui/words.ts'), `export const changed = ${Date.now()}\n`)
    expect((await ready()).text()).toContain('Building the desk')
  })
})

describe('the end', () => {
  test('Ctrl-C in the terminal of npm start stops server and database, and leaves nothing', async () => {
    const started = await ready(['npm', 'start'])
    const pid = serverPid()
    const database = Number(readFileSync(join(data, 'database/postmaster.pid'), 'utf8').split('\n')[0])
    // A terminal sends it to the whole group: npm, its shell, the launcher and the server.
    process.kill(-(started.child.pid ?? 0), 'SIGINT')
    await started.ended()
    for (const began = Date.now(); isThere(pid) && Date.now() - began < 10_000; )
      await new Promise((r) => setTimeout(r, 20))
    expect([isThere(pid), isThere(database)]).toEqual([false, false])
    expect(existsSync(join(data, 'database/postmaster.pid'))).toBe(false)
  })

  test('SIGTERM to the launcher is a clean stop with exit code 0', async () => {
    const started = await ready()
    started.child.kill('SIGTERM')
    expect(await started.ended()).toEqual({ code: 0, signal: null })
    expect(existsSync(join(data, 'database/postmaster.pid'))).toBe(false)
  })

  test('SIGTERM to npm is a clean stop as well', async () => {
    const started = await ready(['npm', 'start'])
    const pid = serverPid()
    started.child.kill('SIGTERM')
    await started.ended()
    for (const began = Date.now(); isThere(pid) && Date.now() - began < 10_000; )
      await new Promise((r) => setTimeout(r, 20))
    expect(existsSync(join(data, 'database/postmaster.pid'))).toBe(false)
  })

  test.each([['the server'], ['the launcher'], ['npm'], ['the database']])(
    'after a kill -9 of %s the next start recovers by itself',
    async (victim) => {
      const first = await ready(victim === 'npm' ? ['npm', 'start'] : launcher)
      const database = Number(readFileSync(join(data, 'database/postmaster.pid'), 'utf8').split('\n')[0])
      const victims: Record<string, number> = { 'the server': serverPid(), 'the database': database }
      process.kill(victims[victim] ?? first.child.pid ?? 0, 'SIGKILL')
      if (victim === 'the database') {
        await first.until(/The database ended without being asked to, and is started again/)
        first.child.kill('SIGKILL')
      }
      await first.ended()
      await ready()
      expect(await facts((await given()).databaseUrl)).toBe(10)
    },
  )
})
