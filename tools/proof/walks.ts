import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll } from 'vitest'
import { openBrowser, patience } from '../browser/open-browser.ts'
import { type DemonstrationWorld, openDemonstration } from './demonstration-world.ts'

export type Walks = {
  /** Filled before all tests of the file. */
  readonly world: DemonstrationWorld & { readonly browser: Browser }
  /** Whoever is asked for, who has just opened the desk in a browser of her own. */
  readonly pageOf: (label: string, viewport?: { readonly width: number; readonly height: number }) => Promise<Page>
}

/** A telephone. */
const small = { width: 320, height: 640 }

/** The demonstration and a browser, for the walks of one file; both are gone with it. */
export function walksThroughDemonstration(): Walks {
  const world = {} as DemonstrationWorld & { browser: Browser } // filled before all tests
  beforeAll(async () => {
    Object.assign(world, await openDemonstration(), { browser: await openBrowser() })
  })
  afterAll(async () => {
    await world.browser?.close()
    await world.close?.()
  })
  const pageOf = async (label: string, viewport = small): Promise<Page> => {
    const page = await (await world.browser.newContext({ viewport })).newPage()
    page.setDefaultTimeout(patience)
    await page.goto(world.server.desk)
    // Of two of one name in two countries she who is named first.
    await page
      .getByRole('button', { name: new RegExp(`^${label}$|^${label}[^,]`) })
      .first()
      .click()
    await page.getByRole('button', { name: 'Lock' }).first().waitFor()
    return page
  }
  return { world, pageOf }
}
