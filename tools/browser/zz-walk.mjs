import { openBrowser } from './open-browser.ts'
const desk = 'http://127.0.0.1:4721'
const browser = await openBrowser()
const label = 'Gender focal point of the border agency, Myanmar'
export async function pageOf() {
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 900 } })).newPage()
  page.setDefaultTimeout(30000)
  await page.goto(desk)
  await page.getByRole('button', { name: new RegExp(`^${label}$|^${label}[^,]`) }).first().click()
  await page.getByRole('button', { name: 'Lock' }).first().waitFor()
  await page.getByText('Everything sent').first().waitFor()
  return page
}
const to = (page, address) => page.evaluate((path) => { history.pushState({}, '', path); dispatchEvent(new PopStateEvent('popstate')) }, address)
const [one, two] = [await pageOf(), await pageOf()]
try {
  await to(one, '/workforce/register')
  await one.getByRole('list', { name: 'Posts' }).getByRole('link').first().click()
  await one.getByRole('list', { name: 'Officers' }).getByRole('link').filter({ hasText: 'trained' }).first().click()
  await one.getByRole('button', { name: 'Correct the officer' }).waitFor()
  const her = new URL(one.url()).pathname
  console.log(her)
  await to(two, her)
  const under = async (p) => (await p.locator('main').innerText()).split('\n').slice(0, 6).join(' | ')
  console.log('before', await under(one))
  const move = async (p, n) => {
    await p.getByRole('button', { name: /^(She )?[Mm]ove/ }).first().click()
    const sel = p.getByRole('combobox', { name: /Post/ }).first()
    await sel.waitFor()
    const opts = await sel.locator('option').allInnerTexts()
    await sel.selectOption({ label: opts.filter(o => o.trim())[n] })
    return opts.filter(o => o.trim())[n]
  }
  console.log('one types', await move(one, 1))
  console.log('two moves', await move(two, 2))
  await two.getByRole('button', { name: 'Save', exact: true }).click()
  await two.getByText('Everything sent').first().waitFor()
  await new Promise(r => setTimeout(r, 9000))
  console.log('one sees', await under(one))
  await one.getByRole('button', { name: 'Save', exact: true }).click()
  await new Promise(r => setTimeout(r, 9000))
  console.log('one after', await under(one))
  console.log('two after', await under(two))
  console.log((await one.getByRole('button').allInnerTexts()).join(' ; '))
} catch (e) { console.log(String(e).slice(0, 1500)); console.log((await one.locator('main').innerText()).slice(0, 1500)); console.log((await one.getByRole('button').allInnerTexts()).join(' ; ')) }
await browser.close()
