import type { StreamId } from '@lentera/core/shared/ids'
import type { DevicePage } from '@lentera/desk/testing/page'
import { readEnvelopeHeader } from '@lentera/sealed/verify'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  caseOn,
  type DeskWorld,
  describeCase,
  describeMany,
  everythingKept,
  keptList,
  lock,
  makeDeskWorld,
  openCase,
  passphrase,
  settled,
  signIn,
  unsent,
} from './desk-world.ts'

/** What `desk/testing/page.ts` puts on the window. */
declare const desk: DevicePage['desk']
declare const support: DevicePage['support']

const planted = 'Sreymom Plantedname'
const world = {} as DeskWorld // filled before all tests

beforeAll(async () => {
  Object.assign(world, await makeDeskWorld())
})

afterAll(() => world.close?.())

describe('a device, by its door', () => {
  it('refuses a wrong passphrase by name, at the first signing in and offline', async () => {
    const device = await world.newDevice()
    const wrong = await device.page.evaluate(() => desk.signIn('caseworker-1', 'not her passphrase'))
    expect(wrong).toMatchObject({ ok: false, refusal: { code: 'access.sign-in-wrong' } })
    await signIn(device.page, 'caseworker-1')
    await settled(device.page)
    await device.context.setOffline(true)
    expect(await lock(device.page).then(({ phase }) => phase)).toBe('locked')
    const still = await device.page.evaluate(() => desk.unlock('not her passphrase'))
    expect(still).toMatchObject({ ok: false, refusal: { code: 'desk.passphrase-wrong' } })
    const opened = await device.page.evaluate((text) => desk.unlock(text), passphrase)
    expect(opened).toEqual({ ok: true })
    expect(await device.page.evaluate(() => desk.snapshot().phase)).toBe('open')
    await device.context.close()
  })

  it('keeps nothing readable at rest, and nothing at all in memory after the lock', async () => {
    const device = await world.newDevice()
    await signIn(device.page, 'caseworker-1')
    await settled(device.page)
    await openCase(device.page, planted)
    await device.page.evaluate((name) => desk.keepForm('new-case', { name }), planted)
    const rest = await device.page.evaluate(everythingKept)
    expect(rest.length).toBeGreaterThan(2_000)
    expect(rest).toContain('streams')
    expect(rest).not.toContain('Plantedname')
    // Nor what a form is for, which its name says.
    expect(rest).not.toContain('new-case')
    const locked = await lock(device.page).then((snapshot) => JSON.stringify(snapshot))
    expect(locked).not.toContain('Plantedname')
    await device.page.evaluate((text) => desk.unlock(text), passphrase)
    expect(await device.page.evaluate(() => desk.keptForm('new-case'))).toEqual({ name: planted })
    await settled(device.page)
    await device.context.close()
  })
})

describe('a device that was cut off while it began', () => {
  it('between its key and the entry that names it, announces itself the next time and writes as any other', async () => {
    const device = await world.newDevice()
    await device.page.evaluate(() => {
      const put = IDBObjectStore.prototype.put
      IDBObjectStore.prototype.put = function (...given) {
        // The page dies here: the key is kept, the entry is not.
        if (this.name === 'outbox') throw new DOMException('cut off', 'AbortError')
        return put.apply(this, given)
      }
    })
    await signIn(device.page, 'caseworker-1')
    await device.page.evaluate(() => desk.exchange())
    const cut = await device.page.evaluate(() => desk.snapshot())
    expect([cut.unsent, cut.stopped?.code]).toEqual([0, 'desk.unexpected'])
    await device.page.reload()
    await device.page.waitForFunction(() => typeof desk !== 'undefined' && desk.snapshot().phase === 'locked')
    expect(await device.page.evaluate((text) => desk.unlock(text), passphrase)).toEqual({ ok: true })
    await settled(device.page)
    const stream = await openCase(device.page, 'After the cut')
    await settled(device.page)
    expect(await device.page.evaluate(() => desk.snapshot().refused)).toEqual([])
    const other = await world.newDevice()
    await signIn(other.page, 'caseworker-2')
    await settled(other.page)
    expect((await caseOn(other.page, stream)).fields.name?.[0]?.value).toBe('After the cut')
    await device.context.close()
    await other.context.close()
  })
})

describe('the list of cases that is kept for the next opening', () => {
  it('rests sealed, is there at once after the passphrase, and where it is older than the cases is mended by them', async () => {
    const { context, page } = await world.newDevice()
    await signIn(page, 'caseworker-1')
    await settled(page)
    const stream = await openCase(page, 'Dara Plantedname')
    await settled(page)
    const name = async (): Promise<string | undefined> => (await caseOn(page, stream)).fields.name?.[0]?.value
    const older = await page.evaluate(keptList, {})
    expect(older.length).toBe(16)
    expect(await page.evaluate(everythingKept)).not.toContain('Plantedname')

    await describeCase(page, stream, { opened: { name: 'Dara Corrected' } })
    await settled(page)
    await page.evaluate(keptList, { older })
    await lock(page)
    await page.evaluate(keptList, { back: older })
    // Asked in the same breath as the unlocking: the streams behind the list mend it a moment later.
    const atOnce = await page.evaluate(
      async ([text, id]) => {
        await desk.unlock(text)
        return desk.snapshot().caseload.find((each) => each.stream === id)?.fields.name?.[0]?.value
      },
      [passphrase, stream] as const,
    )
    expect(atOnce).toBe('Dara Plantedname')
    await expect.poll(name).toBe('Dara Corrected')
    await lock(page)
    await page.evaluate((text) => desk.unlock(text), passphrase)
    // Written to before the streams behind the list are here: the edit waits for them.
    await describeCase(page, stream, { opened: { name: 'Dara Again' } })
    expect(await name()).toBe('Dara Again')
    await settled(page)
    await context.close()
  })
})

describe('two devices on one case, both without a network', () => {
  it('keep both answers to one question, clear and sealed, show both on both, and agree once it is settled', async () => {
    const [one, two] = [await world.newDevice(), await world.newDevice()]
    await signIn(one.page, 'caseworker-1')
    await signIn(two.page, 'caseworker-2')
    await settled(one.page)
    await settled(two.page)
    const stream = await openCase(one.page, 'Sokha')
    await settled(one.page)
    await settled(two.page)
    expect((await caseOn(two.page, stream)).fields.name?.[0]?.value).toBe('Sokha')

    await one.context.setOffline(true)
    await two.context.setOffline(true)
    await describeCase(one.page, stream, {
      form: 'forced-labour',
      opened: { safeContact: 'mornings', place: 'Poipet' },
    })
    await describeCase(two.page, stream, { form: 'other', opened: { safeContact: 'evenings', language: 'Khmer' } })
    expect(await unsent(one.page)).toBe(1)
    await one.context.setOffline(false)
    await two.context.setOffline(false)
    await settled(one.page)
    await settled(two.page)
    await settled(one.page)

    for (const { page } of [one, two]) {
      const seen = await caseOn(page, stream)
      expect(seen.file.conflicts.map(({ field }) => field).sort()).toEqual(['form', 'safeContact'])
      expect(seen.fields.safeContact?.map(({ value }) => value).sort()).toEqual(['evenings', 'mornings'])
      expect(new Set(seen.fields.safeContact?.map(({ author }) => author)).size).toBe(2)
      // What only one of them answered stands without a question.
      expect(seen.fields.place?.map(({ value }) => value)).toEqual(['Poipet'])
      expect(seen.fields.language?.map(({ value }) => value)).toEqual(['Khmer'])
    }

    await describeCase(two.page, stream, { form: 'other', opened: { safeContact: 'mornings' } })
    await settled(two.page)
    await settled(one.page)
    const states = []
    for (const { page } of [one, two]) {
      const seen = await caseOn(page, stream)
      expect(seen.file.conflicts).toEqual([])
      expect(seen.fields.safeContact?.map(({ value }) => value)).toEqual(['mornings'])
      expect(await page.evaluate(() => desk.snapshot().incomplete)).toBe(false)
      states.push({ ...seen, unsent: false })
    }
    expect(states[0]).toEqual(states[1])
    const history = await one.page.evaluate((id) => desk.history(id), stream)
    expect(history.filter(({ entry }) => entry.kind === 'support.case-described')).toHaveLength(3)
    expect(history.at(-1)?.entry.parents).toHaveLength(2)
    await one.context.close()
    await two.context.close()
  })
})

describe('what is written', () => {
  it('stays when it is refused, named, and stops nothing that is written after it', async () => {
    const device = await world.newDevice()
    await signIn(device.page, 'caseworker-2')
    await settled(device.page)
    const stream = await openCase(device.page, 'Dara')
    await settled(device.page)
    await device.page.evaluate(async (id) => {
      const { today } = desk.moment()
      const on = `${today.slice(0, 4)}-Q${Math.ceil(Number(today.slice(5, 7)) / 3)}` as never
      const bad = {
        kind: 'support.need-recorded',
        version: 1,
        stream: id,
        on,
        coded: { service: 'nonsense' },
        opened: {},
      }
      await desk.write([bad])
    }, stream)
    await settled(device.page)
    const refused = await device.page.evaluate(() => desk.snapshot().refused)
    expect(refused).toMatchObject([{ kind: 'support.need-recorded', refusal: { code: 'log.coded-field-not-allowed' } }])
    await describeCase(device.page, stream, { opened: { place: 'Battambang' } })
    await settled(device.page)
    expect(await unsent(device.page)).toBe(0)
    expect((await caseOn(device.page, stream)).fields.place?.[0]?.value).toBe('Battambang')
    expect((await caseOn(device.page, stream)).file.flags).not.toContain('entries-missing')
    const kept = await device.page.evaluate((id) => desk.history(id), stream)
    expect(kept.find(({ state }) => state === 'refused')?.entry.coded).toEqual({ service: 'nonsense' })
    const entry = refused[0]?.entry
    if (!entry) throw new Error('an entry was refused')
    await device.page.evaluate((id) => desk.setAside(id), entry)
    expect(await device.page.evaluate(() => desk.snapshot().refused)).toEqual([])
    await device.context.close()
  })

  it('is kept also where the device is locked in the same breath', async () => {
    const device = await world.newDevice()
    await signIn(device.page, 'caseworker-1')
    await settled(device.page)
    const stream = await openCase(device.page, 'Nary')
    const answer = await device.page.evaluate(async (id) => {
      const drafts = support.describeCase(id, { opened: { place: 'Kampot' } }, desk.moment())
      const written = drafts.ok ? desk.write(drafts.value) : drafts
      desk.lock()
      return [desk.snapshot().phase, await written]
    }, stream)
    expect(answer).toEqual(['locked', { ok: true }])
    await device.page.evaluate((text) => desk.unlock(text), passphrase)
    await expect.poll(async () => (await caseOn(device.page, stream)).fields.place?.[0]?.value).toBe('Kampot')
    await settled(device.page)
    await device.context.close()
  })

  it('is one chain from two tabs of one device', async () => {
    const device = await world.newDevice()
    await signIn(device.page, 'caseworker-1')
    await settled(device.page)
    const stream = await openCase(device.page, 'Chenda')
    await settled(device.page)
    const other = await world.pageOf(device.context)
    await other.evaluate((text) => desk.unlock(text), passphrase)
    await Promise.all([describeMany(device.page, stream, 'place', 8), describeMany(other, stream, 'language', 8)])
    await settled(device.page)
    await settled(other)
    for (const page of [device.page, other]) {
      expect(await page.evaluate(() => desk.snapshot().refused)).toEqual([])
      expect(await page.evaluate(() => desk.snapshot().stopped)).toBeUndefined()
      const seen = await caseOn(page, stream)
      expect(seen.file.conflicts).toEqual([])
      expect(seen.fields.place?.map(({ value }) => value)).toEqual(['place 7'])
      expect(seen.fields.language?.map(({ value }) => value)).toEqual(['language 7'])
    }
    await device.context.close()
  })

  it('stands beside what another tab wrote into the same field since it was looked at, and replaces what was seen', async () => {
    const device = await world.newDevice()
    await signIn(device.page, 'caseworker-1')
    await settled(device.page)
    const stream = await openCase(device.page, 'Sopheap')
    const other = await world.pageOf(device.context)
    await other.evaluate((text) => desk.unlock(text), passphrase)
    const saysIn = (page: Page, place: string, language: string, isHeldOpen: boolean) =>
      page.evaluate(
        async ([id, opened, held]) => {
          const before = held ? Reflect.get(window, 'heldOpen') : undefined
          const drafts = support.describeCase(id, { opened }, desk.moment())
          return drafts.ok ? desk.write(drafts.value, before) : drafts
        },
        [stream, { place, language }, isHeldOpen] as const,
      )
    const standing = async (page: Page) => {
      const { fields } = await caseOn(page, stream)
      return (['place', 'language'] as const).map((field) => fields[field]?.map(({ value }) => value).sort())
    }
    await expect.poll(() => other.evaluate(() => desk.snapshot().caseload.length)).toBeGreaterThan(0)
    await other.evaluate(() => Object.assign(window, { heldOpen: desk.seen() }))
    expect(await saysIn(device.page, 'Kampot', 'Khmer', false)).toEqual({ ok: true })
    await expect.poll(() => standing(other)).toEqual([['Kampot'], ['Khmer']])
    // Two entries in one writing: what the first says of the same case, the second builds on.
    const both = await other.evaluate(async (id) => {
      const drafts = (['Takeo', 'Kep'] as const).map((place) =>
        support.describeCase(id, { opened: { place } }, desk.moment()),
      )
      return desk.write(
        drafts.flatMap((each) => (each.ok ? each.value : [])),
        Reflect.get(window, 'heldOpen'),
      )
    }, stream)
    expect(both).toEqual({ ok: true })
    await expect.poll(() => standing(device.page)).toEqual([['Kampot', 'Kep'], ['Khmer']])
    await settled(device.page)
    await settled(other)
    // Whoever has both before her eyes settles them.
    await other.evaluate(() => Object.assign(window, { heldOpen: desk.seen() }))
    expect(await saysIn(other, 'Kep', 'Khmer', true)).toEqual({ ok: true })
    for (const page of [device.page, other]) {
      await expect.poll(() => standing(page)).toEqual([['Kep'], ['Khmer']])
      expect((await caseOn(page, stream)).file.conflicts).toEqual([])
    }
    await device.context.close()
  })

  it('is kept while it is typed for all tabs of a device: each field as it was typed last, and forgotten in all', async () => {
    const device = await world.newDevice()
    await signIn(device.page, 'caseworker-1')
    await settled(device.page)
    const other = await world.pageOf(device.context)
    await other.evaluate((text) => desk.unlock(text), passphrase)
    const both = [device.page, other] as const
    for (const page of both)
      await page.evaluate(() => {
        const heard: unknown[] = []
        Object.assign(window, { heard })
        desk.hearForm('a form', () => void desk.keptForm('a form').then((kept) => heard.push(kept ?? 'nothing')))
        desk.hearForm('another form', () => heard.push('of another form'))
      })
    const keep = (page: Page, fields: Readonly<Record<string, string>> | undefined) =>
      page.evaluate((said) => desk.keepForm('a form', said), fields)
    const heardIn = (page: Page): Promise<unknown[]> => page.evaluate(() => Reflect.get(window, 'heard'))
    await Promise.all([keep(device.page, { one: '1' }), keep(other, { two: '2' })])
    for (const page of both) expect(await page.evaluate(() => desk.keptForm('a form'))).toEqual({ one: '1', two: '2' })
    await keep(other, { one: '3' })
    await expect.poll(async () => (await heardIn(device.page)).at(-1)).toEqual({ one: '3', two: '2' })
    await keep(device.page, undefined)
    await expect.poll(async () => (await heardIn(other)).at(-1)).toBe('nothing')
    expect(await other.evaluate(() => desk.keptForm('a form'))).toBeUndefined()
    await device.context.close()
  })

  it('is wiped only after the unsent number was said', async () => {
    const device = await world.newDevice()
    await signIn(device.page, 'caseworker-1')
    await settled(device.page)
    await device.context.setOffline(true)
    await openCase(device.page, 'Unsent')
    const asked = await device.page.evaluate(() => desk.wipe({ losingUnsent: false }))
    expect(asked).toMatchObject({ ok: false, refusal: { code: 'desk.unsent-would-be-lost', values: { count: 2 } } })
    expect(await device.page.evaluate(() => desk.wipe({ losingUnsent: true }))).toEqual({ ok: true })
    const left = await device.page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name))
    expect(left.filter((name) => name !== 'lentera')).toEqual([])
    await device.context.close()
  })
})

describe('a server at fault', () => {
  it('cannot leave an entry out, or change one, unseen; and what it lost is fetched once it has it again', async () => {
    const device = await world.newDevice()
    const writer = await world.newDevice()
    await signIn(device.page, 'caseworker-1')
    await signIn(writer.page, 'caseworker-2')
    await settled(device.page)
    await settled(writer.page)
    const stream = await openCase(writer.page, 'Left out')
    await settled(writer.page)

    type Pulled = { entries: { text: string; signature: string }[] }
    await device.page.route('**/api/log/pull', async (route) => {
      const response = await route.fetch()
      // As the server answers (`server/http/log-answers.ts`).
      const page = (await response.json()) as Pulled
      const entries = page.entries
        .filter(({ text }) => !text.includes('"kind":"log.key-granted"') || !text.includes(stream))
        .map(({ text, signature }) => ({ text: text.replace('"sex":"female"', '"sex":"male"'), signature }))
      await route.fulfill({ response, json: { ...page, entries } })
    })
    await settled(device.page)
    expect(await device.page.evaluate(() => desk.snapshot().incomplete)).toBe(true)
    const held = await device.page.evaluate(() => desk.snapshot().caseload.map(({ file }) => file.sex))
    expect(held).not.toContain('male')

    await device.page.unroute('**/api/log/pull')
    await lock(device.page)
    await device.page.evaluate((text) => desk.unlock(text), passphrase)
    await settled(device.page)
    expect(await device.page.evaluate(() => desk.snapshot().incomplete)).toBe(false)
    expect((await caseOn(device.page, stream)).fields.name?.[0]?.value).toBe('Left out')
    await device.context.close()
    await writer.context.close()
  })

  it('that asks a device to begin again loses nothing of it, the unsent least of all', async () => {
    const device = await world.newDevice()
    await signIn(device.page, 'caseworker-1')
    await settled(device.page)
    const stream = await openCase(device.page, 'Begin again')
    await settled(device.page)
    const before = await device.page.evaluate(() => desk.snapshot().caseload.length)
    const asked = { restart: false }
    await device.page.route('**/api/log/pull', async (route) => {
      const body = route.request().postDataJSON()
      const again = { ...body, epoch: asked.restart ? body.epoch : 'of another time' }
      asked.restart = true
      await route.continue({ postData: JSON.stringify(again) })
    })
    await describeCase(device.page, stream, { opened: { place: 'Siem Reap' } })
    await settled(device.page)
    expect(asked.restart).toBe(true)
    expect(await device.page.evaluate(() => desk.snapshot().caseload.length)).toBe(before)
    expect((await caseOn(device.page, stream)).fields.place?.[0]?.value).toBe('Siem Reap')
    expect(await device.page.evaluate(() => desk.snapshot().incomplete)).toBe(false)
    await device.context.close()
  })
})

describe('a server that names another root', () => {
  it('gets nothing from the device, which says so', async () => {
    const device = await world.newDevice()
    await signIn(device.page, 'caseworker-1')
    await settled(device.page)
    await device.page.route('**/api/me', async (route) => {
      const response = await route.fetch()
      // As the server answers (`Me`).
      const me = (await response.json()) as Record<string, unknown>
      await route.fulfill({ response, json: { ...me, rootRecovery: 'A'.repeat(43) } })
    })
    const sent: string[] = []
    device.page.on('request', (request) => sent.push(new URL(request.url()).pathname))
    await openCase(device.page, 'Not for this server')
    await device.page.evaluate(() => desk.exchange())
    expect(await device.page.evaluate(() => desk.snapshot().stopped?.code)).toBe('desk.root-changed')
    expect(sent).toContain('/api/me')
    expect(sent).not.toContain('/api/log/append')
    await device.page.unroute('**/api/me')
    await settled(device.page)
    await device.context.close()
  })
})

describe('the keys of a case', () => {
  it('are given to who joins the team, and begin anew for those who stay when she leaves', async () => {
    const [one, two] = [await world.newDevice(), await world.newDevice()]
    await signIn(one.page, 'caseworker-1')
    await settled(one.page)
    const stream = await openCase(one.page, 'Before she came')
    await settled(one.page)
    const administrator = await world.newDevice()
    await signIn(administrator.page, 'admin')
    await settled(administrator.page)
    const admitted = await administrator.page.evaluate((text) => {
      const team = desk.snapshot().teams[0] ?? null
      return desk.admit({
        present: text,
        label: 'Caseworker 3',
        roles: ['caseworker'],
        team,
        login: 'third',
        passphrase: text,
      })
    }, passphrase)
    expect(admitted).toMatchObject({ ok: true })
    await settled(one.page)
    await settled(one.page)
    const third = await world.newDevice()
    await signIn(third.page, 'third')
    await settled(third.page)
    expect((await caseOn(third.page, stream)).fields.name?.[0]?.value).toBe('Before she came')

    await administrator.page.evaluate(() => {
      const colleague = desk.snapshot().members.find(({ label }) => label === 'Caseworker 3')
      return colleague && desk.remove(colleague.member, 'lanterns over the river at dusk')
    })
    await settled(administrator.page)
    await settled(one.page)
    await settled(one.page)
    await describeCase(one.page, stream, { opened: { place: 'After she left' } })
    await settled(one.page)
    await signIn(two.page, 'caseworker-2')
    await settled(two.page)
    const seen = await caseOn(two.page, stream)
    expect([seen.fields.name?.[0]?.value, seen.fields.place?.[0]?.value]).toEqual(['Before she came', 'After she left'])
    const history = await two.page.evaluate((id) => desk.history(id), stream)
    const epochs = history.flatMap(({ entry }) =>
      ['name', 'place'].flatMap((field) => {
        const envelope = entry.sealed[field]
        const header = envelope === undefined ? undefined : readEnvelopeHeader(envelope)
        return header?.ok ? [header.value.epoch] : []
      }),
    )
    expect(epochs).toEqual([1, 2])
    for (const { context } of [one, two, third, administrator]) await context.close()
  })

  it('follow the team also where who gives them has an emptied device, and are written once', async () => {
    const before = await world.newDevice()
    await signIn(before.page, 'caseworker-1')
    await settled(before.page)
    const stream = await openCase(before.page, 'On a lost device')
    await settled(before.page)
    await before.context.close()

    const administrator = await world.newDevice()
    await signIn(administrator.page, 'admin')
    await settled(administrator.page)
    const admitted = await administrator.page.evaluate((text) => {
      const team = desk.snapshot().teams[0] ?? null
      return desk.admit({
        present: text,
        label: 'Caseworker 6',
        roles: ['caseworker'],
        team,
        login: 'sixth',
        passphrase: text,
      })
    }, passphrase)
    expect(admitted).toMatchObject({ ok: true })

    const giver = await world.newDevice()
    await signIn(giver.page, 'caseworker-1')
    await settled(giver.page)
    const sixth = await world.newDevice()
    await signIn(sixth.page, 'sixth')
    await settled(sixth.page)
    expect((await caseOn(sixth.page, stream)).fields.name?.[0]?.value).toBe('On a lost device')
    await giver.context.close()

    await administrator.page.evaluate(() => {
      const colleague = desk.snapshot().members.find(({ label }) => label === 'Caseworker 6')
      return colleague && desk.remove(colleague.member, 'lanterns over the river at dusk')
    })
    await settled(administrator.page)
    const again = await world.newDevice()
    await signIn(again.page, 'caseworker-1')
    await settled(again.page)
    const begun = await grantsOf(again.page, stream)
    expect(begun.map(({ epoch }) => epoch)).toEqual([1, 1, 2])
    expect(begun[2]?.recipients).toHaveLength(3)
    await settled(again.page)
    expect(await grantsOf(again.page, stream)).toEqual(begun)
    for (const { context } of [sixth, again, administrator]) await context.close()
  })

  it('begin anew once where an older entry does not say to whom they were given', async () => {
    const device = await world.newDevice()
    await signIn(device.page, 'caseworker-1')
    await settled(device.page)
    const stream = await openCase(device.page, 'Of an older program')
    await settled(device.page)
    await device.page.evaluate(async (id) => {
      const granted = (await desk.history(id)).find(({ entry }) => entry.kind === 'log.key-granted')?.entry
      if (!granted) throw new Error('no key was granted')
      const { recipients: _, ...coded } = granted.coded
      await desk.write([{ kind: granted.kind, version: 1, stream: id, on: granted.on, coded, opened: {} }])
    }, stream)
    await settled(device.page)
    await settled(device.page)
    const begun = await grantsOf(device.page, stream)
    expect(begun.map(({ epoch, recipients }) => [epoch, recipients?.length])).toEqual([
      [1, 3],
      [1, undefined],
      [2, 3],
    ])
    await device.context.close()
  })
})

describe('two devices that begin an epoch of a case at once', () => {
  it('harm nothing: all who stay read what either writes, and who comes after them too', async () => {
    const [one, two] = [await world.newDevice(), await world.newDevice()]
    for (const { page } of [one, two]) {
      await signIn(page, 'caseworker-1')
      await settled(page)
    }
    const stream = await openCase(one.page, 'Of two devices')
    await settled(one.page)
    await settled(two.page)
    const administrator = await world.newDevice()
    await signIn(administrator.page, 'admin')
    await settled(administrator.page)
    const admit = (label: string) =>
      administrator.page.evaluate(
        async ([post, text]) => {
          const team = desk.snapshot().teams[0] ?? null
          return desk.admit({ present: text, label: post, roles: ['caseworker'], team, login: post, passphrase: text })
        },
        [label, passphrase] as const,
      )
    expect(await admit('Caseworker 7')).toMatchObject({ ok: true })
    await settled(one.page)
    await settled(two.page)
    await administrator.page.evaluate(() => {
      const colleague = desk.snapshot().members.find(({ label }) => label === 'Caseworker 7')
      return colleague && desk.remove(colleague.member, 'lanterns over the river at dusk')
    })
    await settled(administrator.page)
    // Each hears of it and begins an epoch before it hears of the other's.
    for (const { page } of [one, two]) await page.route('**/api/log/append', (route) => route.abort())
    for (const { page } of [one, two]) await page.evaluate(() => desk.exchange())
    for (const { page } of [one, two]) await page.unroute('**/api/log/append')
    await describeCase(one.page, stream, { opened: { place: 'Kampot' } })
    await describeCase(two.page, stream, { opened: { language: 'Khmer' } })
    for (const { page } of [one, two, one, two]) await settled(page)
    const begun = await grantsOf(one.page, stream)
    expect(begun.filter(({ epoch }) => epoch === 2).length).toBeGreaterThan(1)
    await settled(two.page)
    expect(await grantsOf(two.page, stream)).toEqual(begun)

    expect(await admit('Caseworker 8')).toMatchObject({ ok: true })
    for (const { page } of [one, two, one]) await settled(page)
    const [colleague, later] = [await world.newDevice(), await world.newDevice()]
    await signIn(colleague.page, 'caseworker-2')
    await signIn(later.page, 'caseworker 8')
    for (const { page } of [one, two, colleague, later]) {
      await settled(page)
      const { fields } = await caseOn(page, stream)
      const read = [fields.name, fields.place, fields.language].map((heads) => heads?.[0]?.value)
      expect(read).toEqual(['Of two devices', 'Kampot', 'Khmer'])
    }
    const removed = await administrator.page.evaluate(() => {
      const gone = desk.snapshot().members.find(({ label }) => label === 'Caseworker 8')
      return gone && desk.remove(gone.member, 'lanterns over the river at dusk')
    })
    expect(removed).toEqual({ ok: true })
    await settled(administrator.page)
    for (const { context } of [one, two, colleague, later, administrator]) await context.close()
  })
})

describe('an administrator who admits a colleague a second time, with keys of her own', () => {
  it('is refused by the server, and by every device where the server lets her', async () => {
    const [device, colleague, administrator] = [
      await world.newDevice(),
      await world.newDevice(),
      await world.newDevice(),
    ]
    await signIn(device.page, 'caseworker-1')
    await signIn(colleague.page, 'caseworker-2')
    await signIn(administrator.page, 'admin')
    for (const { page } of [device, colleague, administrator]) await settled(page)
    const victim = await colleague.page.evaluate(() => desk.snapshot().me?.member ?? '')

    const sent: { text: string; signature: string }[] = []
    administrator.page.on('request', (request) => {
      if (request.url().endsWith('/api/log/append')) sent.push(...request.postDataJSON().entries)
    })
    const replaced = await administrator.page.evaluate(
      ([member, text]) => {
        // A program of hers that does not make the id at random.
        const real = crypto.getRandomValues.bind(crypto)
        const bytes = (member.replaceAll('-', '').match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16))
        // The first few: what is drawn before it, or the salt after it, may be this too.
        let given = 0
        crypto.getRandomValues = (array) => {
          if (given >= 3 || !(array instanceof Uint8Array) || array.length !== 16) return real(array)
          given += 1
          array.set(bytes)
          return array
        }
        const team = desk.snapshot().teams[0] ?? null
        return desk.admit({
          present: text,
          label: 'Caseworker 2',
          roles: ['caseworker'],
          team,
          login: 'false',
          passphrase: text,
        })
      },
      [victim, passphrase] as const,
    )
    expect(replaced).toMatchObject({ ok: false, refusal: { code: 'access.other-keys' } })
    const refused = await administrator.page.evaluate(() => desk.snapshot().refused)
    expect(refused).toMatchObject([{ kind: 'log.member-admitted', refusal: { code: 'access.other-keys' } }])
    const false_ = sent.find(({ text }) => text.includes(victim) && text.includes('log.member-admitted'))
    if (!false_) throw new Error('nothing was sent')

    await device.page.route('**/api/log/pull', async (route) => {
      const response = await route.fetch()
      // As the server answers (`server/http/log-answers.ts`).
      const page = (await response.json()) as { entries: unknown[] }
      await route.fulfill({ response, json: { ...page, entries: [...page.entries, false_] } })
    })
    await settled(device.page)
    const members = await device.page.evaluate(() => desk.snapshot().members)
    expect(members.filter(({ disputed }) => disputed)).toMatchObject([{ member: victim, removed: false }])
    const stream = await openCase(device.page, 'Sealed to her own keys')
    await settled(device.page)
    await settled(colleague.page)
    expect((await caseOn(colleague.page, stream)).fields.name?.[0]?.value).toBe('Sealed to her own keys')
    for (const { context } of [device, colleague, administrator]) await context.close()
  })
})

/** What the log says of the keys of a case, in the order of its epochs. */
async function grantsOf(page: Page, stream: StreamId): Promise<{ epoch: number; recipients?: unknown[] }[]> {
  const history = await page.evaluate((id) => desk.history(id), stream)
  const granted = history.filter(({ entry }) => entry.kind === 'log.key-granted').map(({ entry }) => entry.coded)
  // As the kind declares them.
  return granted as { epoch: number; recipients?: unknown[] }[]
}

describe('a member who is removed', () => {
  it('has her unsent work laid aside for a person, and her device forgets the cases, keys first', async () => {
    const device = await world.newDevice()
    await signIn(device.page, 'caseworker-2')
    await settled(device.page)
    const stream = await openCase(device.page, 'After removal')
    await settled(device.page)
    await device.context.setOffline(true)
    await describeCase(device.page, stream, { opened: { place: 'Kampot' } })

    const administrator = await world.newDevice()
    await signIn(administrator.page, 'admin')
    await settled(administrator.page)
    const removed = await administrator.page.evaluate(() => {
      const colleague = desk.snapshot().members.find(({ label }) => label === 'Caseworker 2')
      return colleague && desk.remove(colleague.member, 'lanterns over the river at dusk')
    })
    expect(removed).toEqual({ ok: true })
    await settled(administrator.page)

    await device.context.setOffline(false)
    await device.page.evaluate(() => desk.exchange())
    await device.page.evaluate(() => desk.exchange())
    const after = await device.page.evaluate(() => desk.snapshot())
    expect(after.stopped?.code).toBe('access.member-removed')
    expect(after.caseload).toEqual([])
    expect(after.refused).toMatchObject([{ quarantined: true, stream }])
    expect(after.unsent).toBe(0)
    const history = await device.page.evaluate((id) => desk.history(id), stream)
    expect(history.flatMap(({ opened }) => Object.values(opened)).filter((value) => value !== undefined)).toEqual([])

    // She opened the case and gave its keys; who stays does it now, from a device that has never seen her there.
    const heir = await world.newDevice()
    await signIn(heir.page, 'caseworker-1')
    await settled(heir.page)
    expect((await grantsOf(heir.page, stream)).map(({ epoch, recipients }) => [epoch, recipients?.length])).toEqual([
      [1, 3],
      [2, 2],
    ])
    for (const { context } of [device, administrator, heir]) await context.close()
  })
})
