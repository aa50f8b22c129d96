import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join as path } from 'node:path'
import { MemberId, randomUuid } from '@lentera/core/shared/ids'
import { newAccount, randomBytes } from '@lentera/sealed/open'
import { loginLookup } from '@lentera/sealed/verify'
import { addAccount } from '@lentera/server/accounts'
import { openPool } from '@lentera/server/database'
import type { BrowserContext, Page } from 'playwright-core'
import { openDevice } from '../browser/open-browser.ts'
import { admitMember, get } from '../device/found.ts'
import { bringDevice, found, today, until } from '../device/world.ts'
import { writeCases } from './append.ts'

const login = 'bench.caseworker'
const passphrase = 'lanterns counted by the river'

export type DeskMeasured = {
  /** Milliseconds from the click that signs in, on a device that holds nothing, to a list that finds the last case. */
  readonly first: number
  /** The same from the passphrase on, the browser started anew on the same profile: each time. */
  readonly later: readonly number[]
  /** Of one opening, what the stretching of the passphrase takes alone. */
  readonly stretching: number
  /** Until every entry behind the list was fetched, checked and folded. */
  readonly checked: number
  /** From the click on Save to the end of the write that holds entry and outbox, and to the first frame that shows it. */
  readonly edits: readonly { readonly kept: number; readonly shown: number }[]
}

/** A team's caseload of so many cases of twenty entries each, all sent to the server, and an account that may read them. */
export async function fillCaseload(databaseUrl: string, cases: number): Promise<void> {
  const database = openPool(databaseUrl, 4)
  try {
    const place = await found(database, 'Bench shelter')
    const member = MemberId.parse(randomUuid(randomBytes(16)))
    const account = get(await newAccount(member, passphrase, randomBytes))
    const who = { team: place.team, roles: ['caseworker'] as const, label: 'Caseworker' }
    const { person, admission } = await admitMember(place.organisation, who, account.unlocked.keys, member, {
      today,
      until,
    })
    const { device, door } = place.administrator
    await device.write([admission])
    await device.push(door)
    const worker = await bringDevice(database, place, person)
    await writeCases(worker, place, [worker], cases)
    const refused = await worker.device.push(worker.door)
    if (refused.length > 0) throw new Error(`entries were refused: ${JSON.stringify(refused.slice(0, 3))}`)
    await database.asOwner(async (transaction) => {
      const { record, loginVerifier: verifier, recoveryVerifier: recovery } = account
      const { programme } = place.organisation
      get(
        await addAccount(transaction, programme, {
          lookup: loginLookup(login),
          member,
          kdf: record.kdf,
          verifier,
          recovery,
          account: { ...record },
        }),
      )
    })
  } finally {
    await database.close()
  }
}

/** Signs in at a running desk in a real browser with an empty profile, opens it again, and edits. */
export async function benchDesk(desk: string, cases: number): Promise<DeskMeasured> {
  const profile = mkdtempSync(path(tmpdir(), 'lentera-bench-profile-'))
  const last = `Invented ${cases - 1}`
  try {
    let device = await openDevice(profile, { viewport: { width: 1280, height: 900 } })
    let page = await pageOf(device, desk)
    await page.getByLabel('Login name').fill(login)
    await page.getByLabel('Passphrase').fill(passphrase)
    const started = performance.now()
    const signIn = page.getByRole('button', { name: 'Sign in', exact: true })
    const first = await untilFound(page, last, () => signIn.click())
    // Before its first exchange has ended a device has no key of its own, and takes no edit.
    await page.getByText('last exchange').first().waitFor({ timeout: 300_000 })
    const checked = performance.now() - started
    const later: number[] = []
    let stretching = 0
    for (let i = 0; i < 3; i++) {
      await device.close()
      device = await openDevice(profile, { viewport: { width: 1280, height: 900 } })
      page = await pageOf(device, desk)
      const typed = page.getByLabel('Passphrase')
      await typed.fill(passphrase)
      later.push(await untilFound(page, last, () => typed.press('Enter')))
      stretching = await page.evaluate('globalThis.benchStretched ?? 0')
    }
    const edits = await measureEdits(page, last)
    await device.close()
    return { first, later, stretching, checked, edits }
  } finally {
    rmSync(profile, { recursive: true, force: true })
  }
}

async function pageOf(device: BrowserContext, desk: string): Promise<Page> {
  await device.addInitScript(watchWrites)
  const page = device.pages()[0] ?? (await device.newPage())
  page.setDefaultTimeout(60_000)
  await page.goto(desk)
  return page
}

/**
 * Does `act`, and waits until the list is usable: a name typed into its search leaves that one case.
 *
 * The page itself looks, clicks and types, frame by frame: Playwright looks for an element that is not there yet after 20, 120,
 * 220 and then only after 720 ms, and it would be that which is measured.
 * @returns milliseconds from the press or the click
 */
async function untilFound(page: Page, name: string, act: () => Promise<void>): Promise<number> {
  await page.evaluate((text) => {
    const until = <T>(look: () => T | null | undefined | false): Promise<T> =>
      new Promise((resolve) => {
        const again = (): void => {
          const found = look()
          if (found) resolve(found)
          else requestAnimationFrame(again)
        }
        again()
      })
    let from = 0
    const start = (): void => {
      from ||= performance.now()
    }
    addEventListener('keydown', start, { capture: true, once: true })
    addEventListener('click', start, { capture: true, once: true })
    const find = async (): Promise<number> => {
      const link = await until(() => document.querySelector<HTMLElement>('nav a[href="/cases"]'))
      link.click()
      const search = await until(() => document.querySelector<HTMLInputElement>('main input[type="text"]'))
      // As a key does it: React hears of a value only when it was not set by itself.
      Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(search, text)
      search.dispatchEvent(new Event('input', { bubbles: true }))
      await until(() => {
        const rows = document.querySelectorAll('main ul a[href^="/cases/"]')
        return rows.length === 1 && rows[0]?.textContent?.includes(text)
      })
      return performance.now() - from
    }
    Reflect.set(globalThis, 'benchFound', find())
  }, name)
  await act()
  return page.evaluate<number>('globalThis.benchFound')
}

/** Runs on the page: notes when each write to the outbox is durable, and when the worker that stretches answers. */
function watchWrites(): void {
  const { transaction } = IDBDatabase.prototype
  IDBDatabase.prototype.transaction = function (this: IDBDatabase, ...given: Parameters<typeof transaction>) {
    const made = transaction.apply(this, given)
    if (made.mode === 'readwrite' && made.objectStoreNames.contains('outbox'))
      made.addEventListener('complete', () => Reflect.get(globalThis, 'benchKept')?.(performance.now()))
    return made
  }
  const asked = Worker.prototype.postMessage
  Worker.prototype.postMessage = function (this: Worker, ...given: unknown[]) {
    const from = performance.now()
    this.addEventListener('message', () => Reflect.set(globalThis, 'benchStretched', performance.now() - from))
    Reflect.apply(asked, this, given)
  }
}

async function measureEdits(page: Page, name: string): Promise<{ kept: number; shown: number }[]> {
  await page.getByRole('list', { name: 'Cases' }).getByText(name, { exact: true }).click()
  const edits: { kept: number; shown: number }[] = []
  for (let i = 0; i < 20; i++) {
    await page.getByRole('button', { name: 'Record a need' }).click()
    await page
      .getByRole('radiogroup', { name: 'Kind of help' })
      .getByRole('radio')
      .nth(i % 4)
      .check()
    await page.getByRole('textbox', { name: /Detail/ }).fill(`invented detail ${i}`)
    // What is kept of the half-typed form, and an exchange, have ended before the clock starts.
    await page.getByText('Saved on this device', { exact: true }).first().waitFor()
    await page.getByText('Everything sent').first().waitFor()
    await page.waitForTimeout(300)
    edits.push(
      await page.evaluate(async (text) => {
        const save = document.querySelector('main form button[type="submit"]')
        if (!(save instanceof HTMLElement)) throw new Error('no button to save with')
        const isShown = (): boolean =>
          [...document.querySelectorAll('main li')].some((row) => row.textContent?.includes(text))
        const kept = Promise.withResolvers<number>()
        // Only the first write after the click counts: the entry's own.
        Reflect.set(globalThis, 'benchKept', kept.resolve)
        const from = performance.now()
        save.click()
        await new Promise<void>((resolve) => {
          const look = (): void => {
            if (isShown()) resolve()
            else requestAnimationFrame(look)
          }
          look()
        })
        const shown = performance.now() - from
        return { kept: (await kept.promise) - from, shown }
      }, `invented detail ${i}`),
    )
  }
  return edits
}
