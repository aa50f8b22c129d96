import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { startServer } from '@lentera/server/main'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DeskWorld, makeDeskWorld, passphrase } from './desk-world.ts'

const world = {} as DeskWorld // filled before all tests

beforeAll(async () => {
  Object.assign(world, await makeDeskWorld())
  const project = join(import.meta.dirname, '../..')
  await promisify(execFile)(
    process.execPath,
    [join(project, 'node_modules/vite/bin/vite.js'), 'build', '--outDir', join(world.folder, 'desk'), '--emptyOutDir'],
    // As it is built for people: under a test's own NODE_ENV React and Workbox would be their other selves.
    { cwd: join(project, 'desk'), env: { ...process.env, NODE_ENV: 'production' } },
  )
})

afterAll(() => world.close?.())

describe('the built desk', () => {
  it('opens and unlocks with the server stopped from the second visit on, and breaks no rule of its content policy', async () => {
    const server = await startServer({
      databaseUrl: world.database.ownerUrl,
      deskPort: 0,
      portalPort: 0,
      deskFolder: join(world.folder, 'desk'),
      dataFolder: world.folder,
      empty: false,
      say: () => undefined,
    })
    const context = await world.browser.newContext({ viewport: { width: 1280, height: 800 } })
    const page = await context.newPage()
    const wrong: string[] = []
    page.on('pageerror', (error) => wrong.push(String(error)))
    page.on('console', (message) => {
      if (message.type() === 'error' && /Content Security Policy|Refused to/.test(message.text()))
        wrong.push(message.text())
    })
    page.setDefaultTimeout(10_000)
    await page.goto(server.desk)
    await page.screenshot({ path: '/tmp/shot-signin.png' })
    await page.getByLabel('Login name').fill('caseworker-1')
    await page.getByLabel('Passphrase').fill(passphrase)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByRole('navigation').waitFor()
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
    await server.stop()

    await page.reload()
    await page.getByLabel('Passphrase').fill(passphrase)
    await page.getByLabel('Passphrase').press('Enter')
    await page.getByRole('navigation').waitFor()
    expect(await page.title()).toBe('Lentera')
    const cached = await page.evaluate(async () => {
      const names = await caches.keys()
      const requests = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()))
      return requests.flat().map(({ url }) => new URL(url).pathname)
    })
    expect(cached.length).toBeGreaterThan(5)
    expect(cached.filter((path) => path.startsWith('/api'))).toEqual([])
    expect(wrong).toEqual([])
    await page.screenshot({ path: '/tmp/shot-offline.png' })
    await context.close()
  })
})
