import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join as path } from 'node:path'
import { type RunningServer, startServer } from '@lentera/server/main'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../database/testing/test-database.ts'
import { cast } from '../demonstration/cast.ts'
import { loadDemonstration } from '../demonstration/load.ts'

/** The brochure from the command line, as the regional manager of a small demonstration gets it. */
let folder: string
let database: TestDatabase
let server: RunningServer

beforeAll(async () => {
  folder = mkdtempSync(path(tmpdir(), 'lentera-brochure-'))
  const desk = path(folder, 'desk')
  mkdirSync(desk)
  writeFileSync(path(desk, 'index.html'), '<!doctype html><title>Lentera</title>')
  database = await createTestDatabase()
  server = await startServer({
    databaseUrl: database.ownerUrl,
    deskPort: 0,
    portalPort: 0,
    deskFolder: desk,
    dataFolder: folder,
    empty: false,
    say: () => undefined,
    cast,
  })
  await loadDemonstration({ databaseUrl: database.ownerUrl, deskUrl: server.desk, size: 0.05 })
  writeFileSync(path(folder, 'running.json'), JSON.stringify({ stopping: false, desk: server.desk }))
}, 120_000)

afterAll(async () => {
  await server?.stop()
  await database?.drop()
  rmSync(folder, { recursive: true, force: true })
})

function run(...args: string[]): Promise<{ code: number | null; out: string; said: string }> {
  const { LENTERA_PASSPHRASE: _, ...env } = process.env
  const child = spawn(process.execPath, [path(import.meta.dirname, 'main.ts'), 'brochure', ...args], {
    env: { ...env, DATABASE_URL: database.ownerUrl, LENTERA_DATA: folder, INIT_CWD: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const heard = { out: '', said: '' }
  child.stdout.on('data', (chunk: Buffer) => {
    heard.out += chunk.toString()
  })
  child.stderr.on('data', (chunk: Buffer) => {
    heard.said += chunk.toString()
  })
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, ...heard })))
}

it('is refused to a caseworker, and in a language it is not written in; no file is made', async () => {
  for (const [args, sentence] of [
    [['--as', 'caseworker.kh'], 'nothing here that you may see'],
    [['--language', 'km'], 'written in en, th, my'],
  ] as const) {
    const { code, said, out } = await run('--pdf', 'refused.pdf', ...args)
    expect([code, said + out]).toEqual([1, expect.stringContaining(sentence)])
    expect(existsSync(path(folder, 'refused.pdf'))).toBe(false)
  }
})

it('prints the figures of the publication of record with their parts, their source, and whether they agree', async () => {
  const { code, out } = await run('--json')
  expect(code).toBe(0)
  const { figures, cited, asOf } = JSON.parse(out)
  expect(asOf).toMatch(/^\d{4}-\d{2}-\d{2}$/)
  expect(figures).toHaveLength(16)
  for (const figure of figures) {
    expect(figure).toMatchObject({ agrees: expect.any(Boolean), counted: { kind: expect.any(String) } })
    expect(figure.source).toMatchObject({ publisher: 'UN Women and UNODC', verifiedOn: '2026-11-23' })
  }
  expect(figures.find(({ key }: { key: string }) => key === 'survivors-supported').parts).toContainEqual({
    country: 'TH',
    value: 2,
  })
  expect(cited.map(({ value }: { value: { tenths: number } }) => value.tenths)).toEqual([650, 770, 140, 90])
})

it('writes it as a PDF in Thai, which says that it is a demonstration', async () => {
  const { code, said, out } = await run('--pdf', 'th.pdf', '--language', 'th')
  expect([code, said + out]).toEqual([0, expect.stringContaining('Written to')])
  const file = readFileSync(path(folder, 'th.pdf')).toString('latin1')
  expect(file.startsWith('%PDF-1.7')).toBe(true)
  expect(file).toContain('/Lang (th)')
})
