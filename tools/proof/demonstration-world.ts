import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type RunningServer, startServer } from '@lentera/server/main'
import type { Page } from 'playwright-core'
import { createTestDatabase } from '../database/testing/test-database.ts'
import { cast } from '../demonstration/cast.ts'
import { type LoadDemonstration, loadDemonstration } from '../demonstration/load.ts'
import { ensureDesk } from '../start/desk.ts'

/** The demonstration as `npm start` brings it up, a quarter of it unless told otherwise: the built desk, a real server, a database of its own. */
export type DemonstrationWorld = {
  readonly server: RunningServer
  /** As its owner. */
  readonly databaseUrl: string
  /** For whatever a test wants to keep; gone with the world. */
  readonly folder: string
  readonly close: () => Promise<void>
}

export async function openDemonstration(
  of: Partial<Pick<LoadDemonstration, 'size' | 'seed' | 'progress'>> = { size: 0.25 },
): Promise<DemonstrationWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'lentera-demonstration-'))
  const database = await createTestDatabase()
  // A copy: a desk built anew in the middle of a test would take its files away.
  const deskFolder = join(folder, 'desk')
  cpSync(await ensureDesk(join(import.meta.dirname, '../..'), () => undefined), deskFolder, { recursive: true })
  const server = await startServer({
    databaseUrl: database.ownerUrl,
    deskPort: 0,
    portalPort: 0,
    deskFolder,
    dataFolder: folder,
    empty: false,
    say: () => undefined,
    cast,
  })
  await loadDemonstration({ databaseUrl: database.ownerUrl, deskUrl: server.desk, ...of })
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
