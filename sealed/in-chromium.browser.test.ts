import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { rolldown } from 'rolldown'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectedOf, Golden } from './golden/open-golden.ts'
import type { SealedTest, Vectors } from './testing/in-browser.ts'
import { readVectors } from './testing/vectors.ts'

const golden = Golden.parse(JSON.parse(readFileSync(new URL('./golden/version-1.json', import.meta.url), 'utf8')))
const vectors: Vectors = {
  aesGcm: readVectors<{ tests: Vectors['aesGcm'] }>('wycheproof-aes-gcm').tests,
  ed25519: readVectors<{ tests: Vectors['ed25519'] }>('wycheproof-ed25519').tests,
  hpke: readVectors<Vectors['hpke']>('rfc9180'),
}

/** As much of the browser as is used here; the harness lies outside this package. */
type Page = {
  addInitScript(script: string): Promise<void>
  goto(address: string): Promise<unknown>
  evaluate<Argument, Result>(run: (argument: Argument) => Result | Promise<Result>, argument: Argument): Promise<Result>
  on(event: 'pageerror', seen: (error: Error) => void): void
}
type Harness = { readonly openBrowser: () => Promise<{ newPage(): Promise<Page>; close(): Promise<void> }> }
declare const sealedTest: SealedTest

/** Older phones: WebCrypto without Ed25519 and X25519, as Chromium had it before versions 137 and 133. */
const withoutCurves = `
  const { subtle } = crypto
  for (const name of ['generateKey', 'importKey']) {
    const real = subtle[name].bind(subtle)
    subtle[name] = (...given) => {
      const algorithm = given[name === 'importKey' ? 2 : 0]
      return ['Ed25519', 'X25519'].includes(algorithm.name ?? algorithm)
        ? Promise.reject(new DOMException('unknown', 'NotSupportedError'))
        : real(...given)
    }
  }
`

describe('in a real Chromium', () => {
  let browser: Awaited<ReturnType<Harness['openBrowser']>>
  let site: Server
  let address: string

  beforeAll(async () => {
    const bundle = await rolldown({
      input: new URL('./testing/in-browser.ts', import.meta.url).pathname,
      platform: 'browser',
    })
    const { output } = await bundle.generate({ format: 'esm' })
    const script = output[0].code
    expect(script).not.toMatch(/from\s*['"]node:/)
    site = createServer((request, response) => {
      const isScript = request.url === '/script.js'
      response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html; charset=utf-8')
      response.end(isScript ? script : '<!doctype html><title>t</title><script type=module src=/script.js></script>')
    })
    await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve))
    const listening = site.address()
    address = `http://127.0.0.1:${typeof listening === 'object' ? listening?.port : ''}/`
    const harness: string = new URL('../tools/browser/open-browser.ts', import.meta.url).href
    // The harness has this shape; its types are of another package, which this one may not import.
    const { openBrowser } = (await import(harness)) as Harness
    browser = await openBrowser()
  })

  afterAll(async () => {
    await browser?.close()
    site?.close()
  })

  async function openPage(before = '') {
    const page = await browser.newPage()
    const errors: Error[] = []
    page.on('pageerror', (error) => errors.push(error))
    await page.addInitScript(before)
    await page.goto(address)
    expect(errors).toEqual([])
    return page
  }

  it('everything version 1 wrote opens, by WebCrypto', async () => {
    const page = await openPage()
    expect(await page.evaluate(() => sealedTest.curves(), null)).toEqual({ ed25519: true, x25519: true })
    expect(await page.evaluate((file) => sealedTest.openGolden(file), golden)).toEqual(expectedOf(golden))
  })

  it('everything version 1 wrote opens on an older phone, whose WebCrypto lacks both curves', async () => {
    const page = await openPage(withoutCurves)
    expect(await page.evaluate(() => sealedTest.curves(), null)).toEqual({ ed25519: false, x25519: false })
    expect(await page.evaluate((file) => sealedTest.openGolden(file), golden)).toEqual(expectedOf(golden))
  })

  it('everything version 1 wrote opens where no WebAssembly may run', async () => {
    const page = await openPage('delete globalThis.WebAssembly')
    expect(await page.evaluate(() => typeof WebAssembly, null)).toBe('undefined')
    expect(await page.evaluate((file) => sealedTest.openGolden(file), golden)).toEqual(expectedOf(golden))
  })

  it('the published vectors are answered as published, with and without the curves', async () => {
    for (const before of ['', withoutCurves]) {
      const page = await openPage(before)
      expect(await page.evaluate((all) => sealedTest.wrongVectors(all), vectors)).toEqual([])
    }
  })

  it('a caseload of a thousand cases opens whole', async () => {
    const page = await openPage()
    const { milliseconds, fields, last } = await page.evaluate(() => sealedTest.openCaseload(), null)
    expect([fields, last]).toEqual([6000, 'A sentence of what she told. '.repeat(20)])
    process.stdout.write(`    6,000 fields opened in Chromium in ${Math.round(milliseconds)} ms\n`)
  })
})
