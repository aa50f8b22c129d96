import type { DevicePage } from '@lentera/desk/testing/page'
import { openPool } from '@lentera/server/database'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type DeskWorld, makeDeskWorld, passphrase, settled, signIn } from './desk-world.ts'

declare const desk: DevicePage['desk']

/** The keys of a participant follow her team as a case's do; a team beside it has none of them. */
let world: DeskWorld

beforeAll(async () => {
  world = await makeDeskWorld()
})

afterAll(() => world?.close())

async function deviceOf(login: string): Promise<Page> {
  const { page } = await world.newDevice()
  await signIn(page, login)
  await settled(page)
  return page
}

async function admit(administrator: Page, login: string): Promise<void> {
  const admitted = await administrator.evaluate(
    ([name, present]) => {
      const there = desk.snapshot().teams.find((each) => each.name === 'Livelihoods')
      return desk.admit({
        present,
        label: name,
        roles: ['livelihoods-officer'],
        team: there ? { team: there.team } : { name: 'Livelihoods' },
        login: name,
        passphrase: present,
      })
    },
    [login, passphrase] as const,
  )
  expect(admitted).toMatchObject({ ok: true })
  await settled(administrator)
}

const names = (page: Page): Promise<(string | undefined)[]> =>
  page.evaluate(() =>
    desk.snapshot().participants.flatMap(({ fields }) => (fields.name ?? []).map(({ value }) => value)),
  )

async function epochs(): Promise<number[]> {
  const database = openPool(world.database.ownerUrl, 1)
  try {
    const rows = await database.asOwner((transaction) =>
      transaction.query<{ epoch: number }>('epochs', 'select distinct epoch from lentera.wrapped_key order by epoch'),
    )
    return rows.map(({ epoch }) => Number(epoch))
  } finally {
    await database.close()
  }
}

it('a colleague who joins opens her name, one of another team never, and when the colleague leaves a new epoch begins', async () => {
  const administrator = await deviceOf('admin')
  await admit(administrator, 'officer-1')
  const officer = await deviceOf('officer-1')
  const registered = await officer.evaluate(() =>
    desk.registerParticipant({
      name: 'Amber (invented)',
      safeContact: '',
      sex: 'female',
      age: 'adult',
      consentCounting: 'given',
    }),
  )
  expect(registered).toMatchObject({ ok: true })
  await settled(officer)

  // A device gives keys at its own pace: this one not before the colleague has looked.
  await officer.context().setOffline(true)
  await admit(administrator, 'officer-2')
  const colleague = await deviceOf('officer-2')
  expect(await names(colleague)).toEqual([undefined])
  await officer.context().setOffline(false)
  await settled(officer)
  await settled(officer)
  await settled(colleague)
  expect(await names(colleague)).toEqual(['Amber (invented)'])
  const caseworker = await deviceOf('caseworker-1')
  expect(await names(caseworker)).toEqual([])
  expect(await epochs()).toEqual([1])

  const removed = await administrator.evaluate((present) => {
    const member = desk.snapshot().members.find(({ label }) => label === 'officer-2')?.member
    if (!member) throw new Error('nobody to remove')
    return desk.remove(member, present)
  }, passphrase)
  expect(removed).toMatchObject({ ok: true })
  await settled(administrator)
  await settled(officer)
  await settled(officer)
  expect(await epochs()).toEqual([1, 2])
  expect(await names(officer)).toEqual(['Amber (invented)'])
  await colleague.evaluate(() => desk.exchange())
  expect(await names(colleague)).toEqual([])
})
