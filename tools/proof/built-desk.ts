import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'vite'
import { onceARun } from '../database/testing/once-a-run.ts'
import { ensureDesk } from '../start/desk.ts'

const project = join(import.meta.dirname, '../..')

/** The built desk, once a run: a copy, because one that is built anew in the middle of a test would take its files away. */
export function builtDesk(): Promise<string> {
  return onceARun('desk', async (folder) => {
    cpSync(await ensureDesk(project, () => undefined), folder, { recursive: true })
  })
}

/** The page of `desk/testing`, which gives a test the desk's own doors, once a run. */
export function builtPage(): Promise<string> {
  return onceARun('page', async (folder) => {
    const configFile = join(project, 'desk/testing/vite.config.ts')
    await build({ configFile, build: { outDir: folder }, logLevel: 'error' })
  })
}
