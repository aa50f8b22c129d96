import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type RunningServer, startServer } from '@lentera/server/main'
import type { Page } from 'playwright-core'
import { inject } from 'vitest'
import { createFilledDatabase, createTestDatabase } from '../database/testing/test-database.ts'
import { cast } from '../demonstration/cast.ts'
import { type LoadDemonstration, loadDemonstration } from '../demonstration/load.ts'
import { builtDesk } from './built-desk.ts'

/** The demonstration as `npm start` brings it up, a quarter of it unless told otherwise: the built desk, a real server, a database of its own. */
export type DemonstrationWorld = {
  readonly server: RunningServer
  /** As its owner. */
  readonly databaseUrl: string
  /** For whatever a test wants to keep; gone with the world. */
  readonly folder: string
  readonly close: () => Promise<void>
}

type Of = Pick<LoadDemonstration, 'size' | 'seed' | 'progress'>

/** @param of what to load of it: left out, a quarter, which is loaded once a run and copied */
export async function openDemonstration(of?: Of): Promise<DemonstrationWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'lentera-demonstration-'))
  // Of a copied database what lies sealed opens with the secret of the server that filled it, whichever test file that was.
  writeFileSync(join(folder, 'secret'), createHash('sha256').update(inject('clusterUrl')).digest(), { mode: 0o600 })
  const deskFolder = await builtDesk()
  const serve = (databaseUrl: string): Promise<RunningServer> =>
    startServer({
      databaseUrl,
      deskPort: 0,
      portalPort: 0,
      deskFolder,
      dataFolder: folder,
      empty: false,
      say: () => undefined,
      cast,
    })
  const load = async (databaseUrl: string, options: Of): Promise<void> => {
    const server = await serve(databaseUrl)
    await loadDemonstration({ databaseUrl, deskUrl: server.desk, ...options })
    await server.stop()
  }
  const database = of
    ? await createTestDatabase()
    : await createFilledDatabase('quarter_of_demonstration', (url) => load(url, { size: 0.25 }))
  if (of) await load(database.ownerUrl, of)
  const server = await serve(database.ownerUrl)
  const close = async (): Promise<void> => {
    await server.stop()
    await database.drop()
    rmSync(folder, { recursive: true, force: true })
  }
  return { server, databaseUrl: database.ownerUrl, folder, close }
}

/** One click on the sign-in page, as a visitor of the demonstration enters. */
export async function signInAs(page: Page, desk: string, label: string): Promise<void> {
  await page.goto(desk)
  await page.getByRole('button', { name: new RegExp(`^${label}`) }).click()
  await page.getByRole('navigation').first().waitFor({ state: 'attached' })
}

/** On the board the tables of each objective are one touch away: opens them all. */
export async function openTables(page: Page): Promise<void> {
  const closed = page.locator('details:not([open]) > summary', { hasText: 'Tables of these figures' })
  await closed.first().waitFor()
  while ((await closed.count()) > 0) await closed.first().click()
}
