import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join as path } from 'node:path'
import { startServer } from '@lentera/server/main'
import { createTestDatabase } from '../../database/testing/test-database.ts'
import { cast } from '../../demonstration/cast.ts'
import { loadDemonstration } from '../../demonstration/load.ts'

/** A server with a demonstration on a database of its own, and the command line beside it, as somebody at that machine has it. */
export type RunningDemonstration = {
  /** Its data folder, in which the command line also stands: files are read and written here. */
  readonly folder: string
  /** The database, for who counts once more past the server. */
  readonly databaseUrl: string
  /** Runs the command line; `out` is what it prints, `said` what it says beside that. */
  readonly run: (...args: string[]) => Promise<{ code: number | null; out: string; said: string }>
  readonly stop: () => Promise<void>
}

/** @param size of the demonstration: 1 is the whole region */
export async function startDemonstration(size: number): Promise<RunningDemonstration> {
  const folder = mkdtempSync(path(tmpdir(), 'lentera-command-line-'))
  const desk = path(folder, 'desk')
  mkdirSync(desk)
  writeFileSync(path(desk, 'index.html'), '<!doctype html><title>Lentera</title>')
  const database = await createTestDatabase()
  const databaseUrl = database.ownerUrl
  const server = await startServer({
    databaseUrl,
    deskPort: 0,
    portalPort: 0,
    deskFolder: desk,
    dataFolder: folder,
    empty: false,
    say: () => undefined,
    cast,
  })
  await loadDemonstration({ databaseUrl, deskUrl: server.desk, size })
  writeFileSync(path(folder, 'running.json'), JSON.stringify({ stopping: false, desk: server.desk }))
  return {
    folder,
    databaseUrl,
    run: (...args) => {
      const { LENTERA_PASSPHRASE: _, ...env } = process.env
      const child = spawn(process.execPath, [path(import.meta.dirname, '..', 'main.ts'), ...args], {
        env: { ...env, DATABASE_URL: databaseUrl, LENTERA_DATA: folder, INIT_CWD: folder },
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
    },
    stop: async () => {
      await server.stop()
      await database.drop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
