import { allLanguages } from '@lentera/ui/tokens/scripts'
import type { Browser } from 'playwright-core'
import { openBrowser } from '../browser/open-browser.ts'

/** 400 kbit/s, and 400 ms from asking to the first byte of the answer. */
const slowNetwork = { offline: false, latency: 400, downloadThroughput: 50_000, uploadThroughput: 50_000 }

export type PortalPageMeasured = {
  readonly path: string
  /** Milliseconds from asking for the page to its words drawn in the font of their own script. */
  readonly readable: number
  /** Bytes over the network with everything it fetches, headers and all; and of them the script's, unpacked. */
  readonly bytes: number
  readonly script: number
}

/**
 * Every page of the portal in every language, and of what is published there each with the views that weigh most; each on a
 * telephone that has kept nothing, over a slow network.
 */
export async function benchPortal(portal: string): Promise<readonly PortalPageMeasured[]> {
  const browser = await openBrowser()
  try {
    const measured: PortalPageMeasured[] = []
    for (const language of allLanguages) {
      // The letters are cut when first asked for, once in the life of a server.
      await fetch(`${portal}/${language}`)
      for (const place of ['', '/guide', '/services', '/contact', '/data', ...(await published(portal))])
        measured.push(await measure(browser, portal, `/${language}${place}`))
    }
    return measured
  } finally {
    await browser.close()
  }
}

/** Of each publication the explorer as it opens, what has a map in it, and the page of its release; as the pages themselves name them. */
async function published(portal: string): Promise<readonly string[]> {
  const links = async (path: string): Promise<readonly string[]> => {
    const page = await (await fetch(portal + path)).text()
    return [...page.matchAll(/href="\/en(\/data\/[^"]*)"/g)].map(([, href = '']) => href.replaceAll('&#38;', '&'))
  }
  const addresses = [...new Set((await links('/en/data')).map((path) => path.split('?')[0] ?? ''))]
  const views = await Promise.all(addresses.map((address) => links(`/en${address}`)))
  return [...new Set([...addresses, ...views.flat().filter((path) => /\/about$|as=(map|flows)/.test(path))])]
}

async function measure(browser: Browser, portal: string, path: string): Promise<PortalPageMeasured> {
  const context = await browser.newContext({ viewport: { width: 320, height: 640 } })
  const page = await context.newPage()
  const client = await context.newCDPSession(page)
  await client.send('Network.enable')
  await client.send('Network.emulateNetworkConditions', slowNetwork)
  let bytes = 0
  client.on('Network.loadingFinished', ({ encodedDataLength }) => {
    bytes += encodedDataLength
  })
  await page.goto(portal + path, { waitUntil: 'networkidle' })
  const { readable, script } = await page.evaluate(() => {
    const fetched = performance.getEntriesByType('resource') as PerformanceResourceTiming[] // which that type names
    const first = [...document.querySelectorAll<HTMLLinkElement>('link[rel="preload"]')].map(({ href }) => href)
    const fonts = fetched.filter(({ name }) => first.includes(name)).map(({ responseEnd }) => responseEnd)
    const painted = performance.getEntriesByName('first-contentful-paint').map(({ startTime }) => startTime)
    const scripts = fetched.filter(({ initiatorType }) => initiatorType === 'script')
    return {
      readable: Math.max(...painted, ...fonts),
      script: scripts.reduce((sum, { decodedBodySize }) => sum + decodedBodySize, 0),
    }
  })
  await context.close()
  return { path, readable, bytes, script }
}
