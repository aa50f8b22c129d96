import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser, openDevice } from './open-browser.ts'

const burmese = createRequire(import.meta.url).resolve(
  '@fontsource/noto-sans-myanmar/files/noto-sans-myanmar-myanmar-400-normal.woff2',
)

let browser: Browser
let site: Server
let address: string

beforeAll(async () => {
  browser = await openBrowser()
  site = createServer((request, response) => {
    if (request.url === '/font.woff2') response.end(readFileSync(burmese))
    else if (request.url === '/worker.js') {
      response.setHeader('content-type', 'text/javascript')
      response.end('addEventListener("fetch", event => event.respondWith(new Response("from the worker")))')
    } else {
      response.setHeader('content-type', 'text/html; charset=utf-8')
      response.end(`<!doctype html><title>t</title>
        <style>@font-face { font-family: Own; src: url(/font.woff2) } .own { font-family: Own } span { font-size: 40px }</style>
        <span id=bare>မြန်မာ</span> <span id=own class=own>မြန်မာ</span>`)
    }
  })
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve))
  address = addressOf(site)
})

function addressOf(server: Server): string {
  // A server that listens on TCP answers with this shape, never with a path.
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

afterAll(async () => {
  await browser.close()
  site.close()
})

test('a page runs its script, reaches its own server, and keeps what it stores', async () => {
  const page = await browser.newPage()
  await page.goto(address)
  const stored = await page.evaluate(`new Promise((resolve, reject) => {
    const open = indexedDB.open('d', 1)
    open.onupgradeneeded = () => open.result.createObjectStore('s')
    open.onerror = () => reject(open.error)
    open.onsuccess = () => {
      const change = open.result.transaction('s', 'readwrite', { durability: 'strict' })
      change.objectStore('s').put('kept', 'k')
      change.oncomplete = () => { open.result.transaction('s').objectStore('s').get('k').onsuccess = e => resolve(e.target.result) }
    }
  })`)
  expect(stored).toBe('kept')
  expect(await page.evaluate('typeof crypto.subtle.generateKey')).toBe('function')
  await page.close()
})

test('a page may not read another origin, as in the browser of a person', async () => {
  const page = await browser.newPage()
  await page.goto(address)
  const foreign = await page.evaluate(
    `fetch('${address.replace('127.0.0.1', 'localhost')}/').then(() => 'let through', () => 'refused')`,
  )
  expect(foreign).toBe('refused')
  await page.close()
})

test('a script with no web font shows boxes, so a font the page forgot is seen on every machine', async () => {
  const page = await browser.newPage()
  await page.goto(address)
  await page.evaluate('document.fonts.load("40px Own", "မ").then(() => document.fonts.ready)')
  const width = (id: string): Promise<number> =>
    page.locator(id).evaluate((element) => element.getBoundingClientRect().width)
  expect(await page.evaluate('document.fonts.check("40px Own", "မ")')).toBe(true)
  expect(await width('#own')).not.toBe(await width('#bare'))
  await page.close()
})

test('a device closed and opened again still has its service worker, with the server stopped', async () => {
  const profile = mkdtempSync(join(tmpdir(), 'lentera-device-'))
  const short = createServer((request, response) => site.emit('request', request, response))
  await new Promise<void>((resolve) => short.listen(0, '127.0.0.1', resolve))
  const own = addressOf(short)
  try {
    const first = await openDevice(profile)
    const page = await first.newPage()
    await page.goto(own)
    await page.evaluate('navigator.serviceWorker.register("/worker.js").then(() => navigator.serviceWorker.ready)')
    await first.close()
    short.closeAllConnections()
    await new Promise((resolve) => short.close(resolve))
    const again = await openDevice(profile)
    const offline = await again.newPage()
    await offline.goto(own)
    expect(await offline.locator('body').textContent()).toBe('from the worker')
    await again.close()
  } finally {
    short.close()
    rmSync(profile, { recursive: true, force: true })
  }
})
