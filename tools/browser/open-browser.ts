import { type Browser, type BrowserContext, chromium, type LaunchOptions } from 'playwright-core'
import { unpackChromium } from './chromium.ts'

/**
 * A real Chromium, headless, with nothing to install by hand. Close it when done; a page of it is
 * `await (await browser.newContext()).newPage()`.
 *
 * @param options Playwright's own, for the rare test that needs one.
 */
export async function openBrowser(options: LaunchOptions = {}): Promise<Browser> {
  return chromium.launch(await launchOptions(options))
}

/**
 * The same with a profile kept in a folder, to close and open again: what a device keeps (IndexedDB, service worker,
 * caches) is still there afterwards, and the folder can be searched for what must not be in it.
 */
export async function openDevice(
  profile: string,
  options: Parameters<typeof chromium.launchPersistentContext>[1] = {},
): Promise<BrowserContext> {
  return chromium.launchPersistentContext(profile, { ...(await launchOptions(options)), ...options })
}

/**
 * Milliseconds that a walk waits for what a page is to show. What never comes is told a minute later than it could be; what comes late,
 * where a machine has other work, is no finding.
 */
export const patience = 60_000

async function launchOptions(options: LaunchOptions): Promise<LaunchOptions> {
  const { program, environment } = await unpackChromium()
  return {
    ...options,
    executablePath: program,
    env: { ...environment, ...options.env },
    // Not the package's own arguments: those make one process of it, without site isolation or web security, and a test
    // in such a browser proves nothing about a person's. No sandbox, because root may not have one, nor a container.
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--font-render-hinting=none', ...(options.args ?? [])],
  }
}
