import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join as path } from 'node:path'
import { type DemonstrationWorld, openDemonstration } from '../../proof/demonstration-world.ts'

/**
 * A quarter of the demonstration, and the command line beside its server, as somebody at that machine has it: it stands in `folder`, where
 * files are read and written.
 */
export type RunningDemonstration = DemonstrationWorld & {
  /** Runs the command line; `out` is what it prints, `said` what it says beside that. */
  readonly run: (...args: string[]) => Promise<{ code: number | null; out: string; said: string }>
}

export async function startDemonstration(): Promise<RunningDemonstration> {
  const world = await openDemonstration()
  const { folder, databaseUrl, server } = world
  writeFileSync(path(folder, 'running.json'), JSON.stringify({ stopping: false, desk: server.desk }))
  const run: RunningDemonstration['run'] = (...args) => {
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
  }
  return { ...world, run }
}
