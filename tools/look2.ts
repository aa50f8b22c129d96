import { openBrowser } from './browser/open-browser.ts'
const [desk, label, lang, ...steps] = process.argv.slice(2)
const browser = await openBrowser()
for (const [name, width] of [['n', 320], ['w', 1280]] as const) {
  const c = await browser.newContext({ viewport: { width, height: 800 }, locale: lang })
  const page = await c.newPage()
  page.setDefaultTimeout(15000)
  await page.goto(desk!)
  await page.getByRole('button', { name: new RegExp(`^${label}`) }).click()
  await page.waitForTimeout(6000)
  let i = 0
  for (const step of steps) {
    try {
      if (step.startsWith('/')) { await page.evaluate((to) => { history.pushState({}, '', to); dispatchEvent(new PopStateEvent('popstate')) }, step) }
      else await page.getByRole(step.startsWith('b:') ? 'button' : 'link', { name: new RegExp(step.replace(/^b:/, '')) }).first().click()
    } catch (e) { console.log('fail', step, String(e).slice(0, 200)); break }
    await page.waitForTimeout(3500)
    await page.screenshot({ path: `/tmp/look/d${i}-${name}.png`, fullPage: true })
    console.log(name, i, step, page.url())
    i++
  }
  await c.close()
}
await browser.close()
