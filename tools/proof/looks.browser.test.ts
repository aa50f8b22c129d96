import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type axe from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { build, type PreviewServer, preview } from 'vite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser, patience } from '../browser/open-browser.ts'
import { onceARun } from '../database/testing/once-a-run.ts'
import { type DemonstrationWorld, openDemonstration, signInAs } from './demonstration-world.ts'

/**
 * Every screen of the desk, pages of the portal (all of them: `portal.browser.test.ts`) and every story, in the light and
 * in the dark, wide and on the narrowest telephone (320 px): no serious or critical fault against WCAG 2.2 AA that axe-core
 * can see, and no screen that must be pushed sideways.
 */
const themes = ['light', 'dark'] as const
const wide = { width: 1280, height: 900 }
const narrow = { width: 320, height: 640 }
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

const world = {} as DemonstrationWorld // filled before all tests
let browser: Browser

beforeAll(async () => {
  ;[browser] = await Promise.all([openBrowser(), openDemonstration().then((opened) => Object.assign(world, opened))])
})

afterAll(async () => {
  await browser?.close()
  await world.close?.()
})

type Screen = { readonly name: string; readonly go: (page: Page) => Promise<unknown> }

const place =
  (name: string) =>
  async (page: Page): Promise<void> => {
    await page
      .getByRole('navigation')
      .getByRole('link', { name: new RegExp(`^${name}`) })
      .first()
      .click()
    await page.locator('nav [aria-current="page"]').filter({ hasText: name }).first().waitFor()
    await page.getByRole('main').locator('h1').waitFor()
  }
const results = async (page: Page): Promise<void> => {
  await place('Results')(page)
  await page
    .getByRole('main')
    .getByRole('heading', { level: 1, name: /supported|counted/ })
    .waitFor()
}
const evidence = async (page: Page): Promise<void> => {
  await place('Evidence')(page)
  await page.getByRole('heading', { level: 1, name: 'What others have published' }).waitFor()
}
/** The list, and a form of each kind. */
const dissemination = {
  dissemination: place('Dissemination'),
  'a new product': (page: Page) => button(page, 'Write down a product').then(() => heading(page)),
  'a new event': (page: Page) =>
    place('Dissemination')(page)
      .then(() => button(page, 'Write down an event'))
      .then(() => heading(page, 'Write down an event')),
  'a product, and who received it': (page: Page) =>
    place('Dissemination')(page)
      .then(() => button(page, /\(invented\)/))
      .then(() => button(page, 'Write down who received it')),
}
/** What is published: all of it, one of them with its picture, and a new one. */
const publications = {
  publications: place('Publications'),
  'a publication, and what it was made of': (page: Page) =>
    button(page, /^Persons referred, by country/).then(() =>
      page.getByRole('heading', { name: 'Counted, and as released' }).waitFor(),
    ),
  'a publication of records': (page: Page) =>
    place('Publications')(page)
      .then(() => button(page, /^Synthetic records/))
      .then(() => page.getByText('How well questions are answered').waitFor()),
}
const heading = (page: Page, name?: string | RegExp) =>
  page.getByRole('heading', { level: 1, ...(name ? { name } : {}) }).waitFor()
const button = (page: Page, name: string | RegExp) =>
  page.getByRole('main').getByRole('button', { name }).first().click()
const firstCase = async (page: Page): Promise<void> => {
  await place('Cases')(page)
  await page.getByRole('list', { name: 'Cases' }).getByRole('link').first().click()
  await page.getByRole('heading', { name: 'What is known' }).waitFor()
}

/** In the order in which they are walked through, by one caseworker. */
const caseworkersScreens: readonly Screen[] = [
  { name: 'today', go: place('Today') },
  { name: 'her caseload', go: place('Cases') },
  {
    name: 'a search that finds nothing',
    go: async (page) => {
      await page.getByRole('textbox', { name: /^Search/ }).fill('nobody of this name')
      await page.getByText('No case matches').waitFor()
    },
  },
  {
    name: 'a new case',
    go: async (page) => {
      await place('Cases')(page)
      await page.getByRole('link', { name: 'New case' }).click()
      await heading(page, 'New case')
    },
  },
  {
    name: 'a new case that is refused',
    go: async (page) => {
      await button(page, 'Open the case')
      await page.getByRole('alert').first().waitFor()
    },
  },
  { name: 'one case', go: firstCase },
  { name: 'a case with a service being written', go: (page) => button(page, 'Record a service') },
  {
    name: 'a case with an answer being corrected',
    go: async (page) => {
      await firstCase(page)
      await button(page, /^Correct/)
    },
  },
  { name: 'results', go: (page) => results(page) },
  {
    name: 'a figure of the results, opened',
    go: async (page) => {
      await page.getByRole('main').getByRole('button', { name: /[0-9]/ }).first().click()
      await page.getByRole('dialog').waitFor()
    },
  },
  {
    name: 'evidence',
    go: async (page) => {
      await page.keyboard.press('Escape')
      await page.getByRole('dialog').waitFor({ state: 'detached' })
      await evidence(page)
    },
  },
  { name: 'her device', go: place('This device') },
  {
    name: 'the question before a device is emptied',
    go: async (page) => {
      await button(page, /^Wipe|^Empty|^Remove/)
      await page.getByRole('dialog').waitFor()
    },
  },
  {
    name: 'the keys',
    go: async (page) => {
      await page.keyboard.press('Escape')
      await page.getByRole('dialog').waitFor({ state: 'detached' })
      await page.keyboard.press('?')
      await page.getByRole('dialog').waitFor()
    },
  },
  {
    name: 'a locked device',
    go: async (page) => {
      await page.keyboard.press('Escape')
      await page.getByRole('dialog').waitFor({ state: 'detached' })
      await page.getByRole('button', { name: 'Lock' }).first().click()
      await page.getByRole('heading', { name: 'This device is locked' }).waitFor()
    },
  },
]

const openPage = async (theme: (typeof themes)[number]): Promise<Page> => {
  const context = await browser.newContext({ colorScheme: theme, viewport: wide, reducedMotion: 'reduce' })
  const page = await context.newPage()
  page.setDefaultTimeout(patience)
  return page
}

/** What is wrong with the screen at both widths; empty when nothing is. The page is wide again afterwards. */
async function faultsOf(page: Page): Promise<string[]> {
  const faults = (await axeFaults(page)).map((fault) => `1280 px: ${fault}`)
  await page.setViewportSize(narrow)
  faults.push(...[...(await axeFaults(page)), ...(await page.evaluate(stickingOut))].map((fault) => `320 px: ${fault}`))
  await page.setViewportSize(wide)
  return faults
}

async function axeFaults(page: Page): Promise<string[]> {
  await page.evaluate(
    'document.fonts.ready.then(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))))',
  )
  // Sent only to a page that has not got it: it is half a megabyte, and the desk stays one page.
  if (await page.evaluate("typeof axe === 'undefined'")) await page.evaluate(`(() => { ${axeSource} })()`)
  return page.evaluate(async () => {
    const { run } = Reflect.get(globalThis, 'axe') as typeof axe // put there on the line above
    const { violations } = await run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
      // Off by default in axe-core: it is new in WCAG 2.2.
      rules: { 'target-size': { enabled: true } },
      resultTypes: ['violations'],
    })
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) =>
        nodes
          .slice(0, 5)
          .map((node) => `${id}: ${node.html.slice(0, 200)} (${node.failureSummary?.split('\n')[1]?.trim()})`),
      )
  })
}

/** Runs on the page: what makes it wider than its window, if anything does. */
function stickingOut(): string[] {
  const { scrollWidth, clientWidth } = document.documentElement
  if (scrollWidth <= clientWidth) return []
  const isCut = (element: Element): boolean => {
    for (let at = element.parentElement; at && at !== document.body; at = at.parentElement)
      if (getComputedStyle(at).overflowX !== 'visible') return true
    return false
  }
  const out = [...document.body.querySelectorAll('*')].filter(
    (element) => element.getBoundingClientRect().right > clientWidth + 1 && !isCut(element),
  )
  return [
    `${scrollWidth} px wide`,
    ...out.slice(0, 4).map((element) => `sticks out: ${element.outerHTML.slice(0, 160)}`),
  ]
}

describe('what these checks look for', () => {
  it('is found where it is planted', async () => {
    const page = await openPage('light')
    await page.setContent(`<html lang="en"><title>t</title><body><main><h1>Planted</h1>
      <p style="color:#bbb;background:#fff">pale</p><button></button><div style="width:700px">broad</div>
      <a href="#a" style="display:inline-block;width:9px;height:9px">.</a><a href="#b" style="display:inline-block;width:9px;height:9px">.</a>`)
    const faults = (await faultsOf(page)).join('\n')
    for (const fault of ['1280 px: color-contrast', '320 px: button-name', '320 px: sticks out', 'target-size'])
      expect(faults).toContain(fault)
    await page.context().close()
  })
})

describe.each(themes)('the desk, %s', (theme) => {
  let page: Page
  beforeAll(async () => {
    page = await openPage(theme)
  })
  afterAll(() => page.context().close())

  it('signing in as one of the demonstration', async () => {
    await page.goto(world.server.desk)
    await page.getByRole('button', { name: /^Caseworker, Cambodia/ }).waitFor()
    expect(await faultsOf(page)).toEqual([])
  })

  it('signing in with a name and a passphrase', async () => {
    await page.getByText('Sign in with a name and a passphrase').click()
    await page.getByLabel('Login name').fill('nobody')
    await page.getByLabel('Passphrase').fill('nothing at all')
    await page.getByRole('button', { name: 'Sign in', exact: true }).click()
    await page.getByRole('alert').first().waitFor()
    expect(await faultsOf(page)).toEqual([])
    await signInAs(page, world.server.desk, 'Caseworker, Cambodia')
    await page.getByText('Everything sent').first().waitFor()
  })

  it.each(caseworkersScreens)('$name', async ({ go }) => {
    await go(page)
    expect(await faultsOf(page)).toEqual([])
  })

  it.each(['Programme manager, Cambodia', 'Data steward, region'])(
    'today, results, evidence and dissemination of: %s',
    async (label) => {
      const other = await openPage(theme)
      await signInAs(other, world.server.desk, label)
      const faults: string[] = []
      for (const [name, go] of Object.entries({ today: place('Today'), results, evidence, ...dissemination })) {
        await go(other)
        faults.push(...(await faultsOf(other)).map((fault) => `${name}, ${fault}`))
      }
      await other.context().close()
      expect(faults).toEqual([])
    },
  )
})

describe.each(themes)('what is published, %s', (theme) => {
  it.each(['Data steward, region', 'Data protection officer, region'])('as seen by: %s', async (label) => {
    const page = await openPage(theme)
    await signInAs(page, world.server.desk, label)
    const faults: string[] = []
    const forms = {
      'a new publication': (on: Page) =>
        place('Publications')(on)
          .then(() => button(on, 'New publication'))
          .then(() => on.getByLabel('What is published').waitFor()),
      'a file being brought': (on: Page) => place('Publications')(on).then(() => button(on, 'Bring a file')),
    }
    const budget = {
      'a budget being changed': (on: Page) => place('Publications')(on).then(() => button(on, 'Change the budget')),
    }
    const own = label.startsWith('Data steward') ? forms : budget
    for (const [name, go] of Object.entries({ ...publications, ...own })) {
      await go(page)
      faults.push(...(await faultsOf(page)).map((fault) => `${name}, ${fault}`))
    }
    await page.context().close()
    expect(faults).toEqual([])
  })
})

describe.each(themes)('the desk on a telephone, %s', (theme) => {
  it('with its menu open', async () => {
    const page = await openPage(theme)
    await signInAs(page, world.server.desk, 'Caseworker, Cambodia')
    await page.setViewportSize(narrow)
    await page.getByRole('button', { name: 'Menu' }).click()
    await page.getByRole('dialog').waitFor()
    expect([...(await axeFaults(page)), ...(await page.evaluate(stickingOut))]).toEqual([])
    await page.context().close()
  })
})

describe('the desk in Burmese and Thai, whose words are long and whose letters are tall', () => {
  it.each(['my', 'th'])('%s: nothing sticks out at 320 px', async (language) => {
    const page = await openPage('light')
    await page.addInitScript((tag) => localStorage.setItem('lentera.language', tag), language)
    await page.goto(world.server.desk)
    await page.getByRole('button', { name: /^Caseworker, Cambodia/ }).click()
    await page.locator('nav a[href="/cases"]').first().click()
    await page.setViewportSize(narrow)
    const faults: string[] = []
    for (const href of ['/', '/cases', '/results', '/evidence', '/device']) {
      await page.setViewportSize(wide)
      await page.locator(`nav a[href="${href}"]`).first().click()
      await page.locator(`nav a[href="${href}"][aria-current="page"]`).first().waitFor()
      await page.locator('h1').waitFor()
      await page.waitForLoadState('networkidle')
      await page.setViewportSize(narrow)
      faults.push(...(await page.evaluate(stickingOut)).map((fault) => `${href}: ${fault}`))
    }
    await page.context().close()
    expect(faults).toEqual([])
  })
})

describe.each(themes)('the portal, %s', (theme) => {
  it.each(['/en', '/th/guide', '/my/services', '/en/nowhere'])('%s', async (path) => {
    const page = await openPage(theme)
    await page.goto(world.server.portal + path)
    expect(await page.getByText('DEMONSTRATION').count()).toBe(1)
    expect(await faultsOf(page)).toEqual([])
    await page.context().close()
  })
})

describe.each(themes)('the stories, %s', (theme) => {
  let stories: PreviewServer
  let page: Page
  beforeAll(async () => {
    const configFile = join(import.meta.dirname, '../../ui/stories/vite.config.ts')
    const outDir = await onceARun('stories', async (folder) => {
      await build({ configFile, build: { outDir: folder, emptyOutDir: true }, logLevel: 'error' })
    })
    const where = { port: 0, host: '127.0.0.1' }
    stories = await preview({ configFile, build: { outDir }, preview: where, logLevel: 'error' })
    page = await openPage(theme)
  })
  afterAll(async () => {
    await page.context().close()
    await stories.close()
  })

  it.each(['today', 'board', 'case', 'form', 'states', 'charts'])('%s', async (story) => {
    await page.goto(`${stories.resolvedUrls?.local[0]}?story=${story}&theme=${theme}`)
    await page.locator('#root > *').first().waitFor({ state: 'attached' })
    expect(await faultsOf(page)).toEqual([])
  })
})
