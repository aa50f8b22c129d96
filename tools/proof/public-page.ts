import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type axe from 'axe-core'
import type { Page } from 'playwright-core'

/** What the proofs of the public pages look for on each of them. */

/** Goes to a page and waits until its letters are there. */
export async function opened(page: Page, address: string): Promise<void> {
  await page.goto(address)
  await page.evaluate(() => document.fonts.ready.then(() => undefined))
}

/** The bytes that come over the network from now on, headers and all. */
export async function weigh(page: Page): Promise<() => number> {
  const client = await page.context().newCDPSession(page)
  await client.send('Network.enable')
  let bytes = 0
  client.on('Network.loadingFinished', ({ encodedDataLength }) => {
    bytes += encodedDataLength
  })
  return () => bytes
}

/** Texts drawn, even in part, in a font that we did not send: on a telephone without it they would be empty boxes. */
export async function strangeFonts(page: Page): Promise<string[]> {
  const client = await page.context().newCDPSession(page)
  await client.send('DOM.enable')
  await client.send('CSS.enable')
  const { root } = await client.send('DOM.getDocument')
  const { nodeIds } = await client.send('DOM.querySelectorAll', { nodeId: root.nodeId, selector: 'body *' })
  const strange: string[] = []
  await Promise.all(
    nodeIds.map(async (nodeId) => {
      const { fonts } = await client.send('CSS.getPlatformFontsForNode', { nodeId })
      for (const { familyName, glyphCount } of fonts.filter(({ isCustomFont }) => !isCustomFont)) {
        const { outerHTML } = await client.send('DOM.getOuterHTML', { nodeId })
        strange.push(`${glyphCount} in ${familyName}: ${outerHTML.slice(0, 120)}`)
      }
    }),
  )
  await client.detach()
  return strange
}

/** Lines that begin with a sign that belongs to the letter before, or end with one that belongs to the letter after. */
export function brokenLines(): string[] {
  const begins =
    /^(?:[\u102b-\u1032\u1036-\u103e\u104a\u104b]|[\u1000-\u1021\u103f]\u1037?\u103a|[\u17b6-\u17d5\u17dd]|[\u0e30-\u0e3a\u0e45-\u0e4e]|[\u0eb0-\u0ebc\u0ec6-\u0ece])/
  const ends = /[\u1039\u17d2\u0e40-\u0e44\u0ec0-\u0ec4]$/
  const broken: string[] = []
  const range = document.createRange()
  for (const block of document.querySelectorAll('h1, h2, p, li, a, b, .small')) {
    const texts = document.createTreeWalker(block, NodeFilter.SHOW_TEXT)
    let bottom = Number.NaN
    let before = ''
    for (let node = texts.nextNode(); node; node = texts.nextNode()) {
      const text = node.textContent ?? ''
      for (let index = 0; index < text.length; index++) {
        range.setStart(node, index)
        range.setEnd(node, index + 1)
        const box = range.getClientRects()[0]
        if (!box || box.width === 0) continue
        const line = text.slice(index, index + 3)
        if (box.top >= bottom && (begins.test(line) || ends.test(before))) broken.push(`${before}|${line}`)
        bottom = box.bottom - 1
        before = text.slice(0, index + 1)
      }
    }
  }
  return [...new Set(broken)]
}

/**
 * Elements with text that hide what runs over their edge, which cuts the marks of tall scripts. Not what is for a screen reader only,
 * nor what the browser draws itself; a table that is moved sideways must be as high as what is in it.
 */
export function cutText(): string[] {
  return [...document.body.querySelectorAll('*')]
    .filter((element) => (element.textContent ?? '').trim() !== '' && getComputedStyle(element).overflow !== 'visible')
    .filter((element) => !element.matches('.said, select, option'))
    .filter((element) => !element.matches('.wide') || element.scrollHeight > element.clientHeight)
    .map((element) => element.outerHTML.slice(0, 120))
}

/**
 * What is touched and is less than 24 by 24 CSS pixels large (WCAG 2.2, 2.5.8), without the exception of the rule for what has room around it:
 * a thumb on a small telephone does not measure it. A link within a sentence is as high as its line, as the rule says.
 */
export function smallTargets(): string[] {
  const isInSentence = (link: Element): boolean =>
    getComputedStyle(link).display === 'inline' &&
    [...(link.parentElement?.childNodes ?? [])].some(
      (node) => node.nodeType === Node.TEXT_NODE && (node.textContent ?? '').trim() !== '',
    )
  return [...document.querySelectorAll('a, button, summary, select, input:not([type="hidden"])')]
    .filter((element) => element.getClientRects().length > 0 && !isInSentence(element))
    .flatMap((element) => {
      const { width, height } = element.getBoundingClientRect()
      const size = `${Math.round(width)} by ${Math.round(height)}`
      return width < 24 || height < 24 ? [`${size}: ${element.outerHTML.slice(0, 120)}`] : []
    })
}

const axeSource = readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** What axe-core finds on a page, by the rules of WCAG 2.2 up to AA. */
export async function faultsOf(page: Page): Promise<string[]> {
  await page.evaluate(await axeSource)
  return page.evaluate(async () => {
    const { run } = Reflect.get(globalThis, 'axe') as typeof axe // put there on the line above
    const { violations } = await run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
      // Off by default in axe-core: it is new in WCAG 2.2.
      rules: { 'target-size': { enabled: true } },
      resultTypes: ['violations'],
    })
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 120)}`))
  })
}
