import { holdEvent, markProductInError, publishProduct } from '@lentera/core/evidence/dissemination/capture'
import { projectProduct } from '@lentera/core/evidence/dissemination/project'
import {
  correctPhase,
  correctTarget,
  datePhase,
  markTargetInError,
  setBaseline,
  setTarget,
} from '@lentera/core/plan/capture'
import { projectPhase, projectTarget } from '@lentera/core/plan/project'
import { Phase, planStream } from '@lentera/core/plan/words'
import type { Figure } from '@lentera/core/results/figure'
import { indicators } from '@lentera/core/results/indicators'
import { CivilDate } from '@lentera/core/shared/dates'
import { type MemberId, StreamId } from '@lentera/core/shared/ids'
import type { AgeGroup, Sex } from '@lentera/core/shared/people'
import type { Role } from '@lentera/core/shared/roles'
import type { Form } from '@lentera/core/support/words'
import { randomBytes } from '@lentera/sealed/open'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Device } from '../../../tools/device/device.ts'
import { foundOrganisation, get, type Organisation, type Person, writeNewCase } from '../../../tools/device/found.ts'
import { doorOf, found, join, type Place, today, until, viewerOf, type Worker } from '../../../tools/device/world.ts'
import { foundOrganisation as foundOnServer } from '../../log/found.ts'
import { makeCutOff } from '../../projections/cut-off.ts'
import { makeDueCutOffs } from '../../publish/cut-offs.ts'
import { ask, type Running, runServer, signIn } from '../../testing/running.ts'
import type { Framework } from './framework.ts'
import type { Opened } from './opening.ts'

/** Bopha and her manager in one organisation, Dara in another: who sees which figure, and how far it opens. */
let running: Running
let shelter: Place
let clinic: Place
let bopha: Worker
const tokens: Record<string, string> = {}
const opened: string[] = []

beforeAll(async () => {
  running = await runServer()
  shelter = await found(running.database, 'Poipet shelter')
  clinic = await found(running.database, 'Poipet clinic', shelter.organisation)
  const roles: Record<string, readonly [Place, Role]> = {
    bopha: [shelter, 'caseworker'],
    manager: [shelter, 'manager'],
    protection: [shelter, 'protection-officer'],
    steward: [shelter, 'steward'],
    regional: [shelter, 'regional-manager'],
    dara: [clinic, 'caseworker'],
  }
  for (const [name, [place, role]] of Object.entries(roles)) {
    const worker = await join(running.database, place, [role], name)
    if (name === 'bopha') bopha = worker
    tokens[name] = await signIn(running, worker.viewer.programme, worker.viewer.member)
  }
  const { programme, member } = shelter.administrator.viewer
  tokens.administrator = await signIn(running, programme, member)
  for (let i = 0; i < 7; i++) await open('female', 'adult', 'forced-labour')
  await open('female', 'child', 'sexual-exploitation')
})

afterAll(async () => {
  await running.stop()
})

async function open(sex: Sex, age: AgeGroup, form: Form, consentCounting: 'given' | 'refused' = 'given') {
  const made = await writeNewCase(
    bopha.device,
    shelter.organisation,
    [bopha.person],
    { team: shelter.team, country: 'KH', sex, age, form, consentCounting, opened: { name: 'Invented' } },
    today,
    randomBytes,
  )
  expect(await bopha.device.push(bopha.door)).toEqual([])
  opened.push(made.stream)
}

async function figures(of: string, period = 'all'): Promise<Figure[]> {
  const { body } = await ask<{ figures: Figure[] }>(running.server.desk, `GET /api/figures?period=${period}`, {
    token: tokens[of],
  })
  return body.figures
}
const received = async (of: string, period?: string): Promise<Figure | undefined> =>
  (await figures(of, period)).find((figure) => figure.key === 'survivors-received')

const openFigure = (of: string, figure: Pick<Figure, 'key' | 'scope' | 'period'>, part: Record<string, string> = {}) =>
  ask<Opened & { refusal: { code: string } }>(running.server.desk, 'POST /api/figures/open', {
    token: tokens[of],
    body: { key: figure.key, scope: figure.scope, period: figure.period, part },
  })

const count = (low: number, high = low) => ({ kind: 'count', count: { low, high } })

describe('before any cut-off', () => {
  it('an administrator, and a regional manager outside a regional office, see nothing of survivors', async () => {
    for (const name of ['administrator', 'regional']) expect(await received(name)).toBeUndefined()
  })

  it('the manager, the protection officer and the steward are told that there is none yet', async () => {
    for (const name of ['manager', 'protection', 'steward']) {
      expect(await received(name)).toMatchObject({
        scope: 'programme',
        value: { kind: 'none', why: 'no-cut-off-yet' },
        opensTo: 'none',
      })
    }
  })

  it('the case team sees its work live, in every period it lies in, and another team nothing of it', async () => {
    const own = await received('bopha')
    expect(own).toMatchObject({ scope: `team:${shelter.team}`, asOf: null, opensTo: 'records', value: count(8) })
    expect(own?.breakdowns.find(({ by }) => by[0] === 'age')?.parts).toEqual([
      { key: { age: 'adult' }, value: count(7) },
      { key: { age: 'child' }, value: count(1) },
    ])
    expect((await received('bopha', '2026-Q4'))?.value).toEqual(count(8))
    expect((await received('bopha', '2025'))?.value).toEqual({ kind: 'none', why: 'nothing-recorded' })
    expect((await received('dara'))?.value).toEqual({ kind: 'none', why: 'nothing-recorded' })
  })

  it('a survivor who refused to be counted is in no figure', async () => {
    await open('female', 'adult', 'other', 'refused')
    expect((await received('bopha'))?.value).toEqual(count(8))
  })
})

describe('opening a figure', () => {
  it('of another team is answered like one that is not', async () => {
    const own = await received('bopha')
    if (!own) throw new Error('the team has a figure')
    const hidden = await openFigure('dara', own)
    const absent = await openFigure('dara', { ...own, key: 'no-such-figure' })
    expect([hidden.status, hidden.text]).toEqual([404, absent.text])
    for (const name of ['manager', 'administrator', 'steward', 'regional']) {
      expect((await openFigure(name, own)).text).toBe(absent.text)
    }
  })

  it('of her own team leads the caseworker to the cases it counts, and to no other', async () => {
    const own = await received('bopha')
    if (!own) throw new Error('the team has a figure')
    const whole = await openFigure('bopha', own)
    const part = await openFigure('bopha', own, { age: 'child' })
    expect(whole.body.opening === 'records' && whole.body.streams.length).toBe(8)
    expect(part.body.opening === 'records' && part.body.streams.length).toBe(1)
    const none = await openFigure('bopha', { ...own, period: '2025' })
    expect(none.body).toEqual({ opening: 'records', streams: [] })
  })
})

describe('as of a cut-off', () => {
  it('the manager sees the total, protected where it is small, and it does not move when somebody comes', async () => {
    expect(await makeCutOff(running.database, shelter.organisation.programme, '2026-11-01')).toBe(true)
    const before = await received('manager')
    expect(before).toMatchObject({ value: count(8), asOf: '2026-11-01', opensTo: 'groups' })
    const children = before?.breakdowns.flatMap(({ parts }) => parts).filter(({ key }) => key.age === 'child')
    for (const { value } of children ?? []) expect(value.kind).toBe('protected')
    await open('female', 'adult', 'forced-labour')
    expect((await received('manager'))?.value).toEqual(count(8))
    expect((await received('bopha'))?.value).toEqual(count(9))
  })

  it('it opens for her to groups, with the day and the reason, and to no record', async () => {
    const figure = await received('manager')
    if (!figure) throw new Error('the programme has a figure')
    const { body, text } = await openFigure('manager', figure)
    expect(body).toMatchObject({ opening: 'groups', asOf: '2026-11-01', why: 'only-the-case-team-opens-records' })
    expect(opened.length).toBe(10)
    for (const stream of opened) expect(text).not.toContain(stream)
    const shown = body.opening === 'groups' ? body.groups : []
    for (const { value } of shown) {
      if (value.kind === 'count') expect(value.count.low === 0 || value.count.low >= 5).toBe(true)
    }
    expect(shown.length).toBeGreaterThan(0)
  })

  it('one is made each month by itself, once, and for a programme that counts nobody none', async () => {
    const { programme } = shelter.organisation
    const november = Date.UTC(2026, 10, 24)
    const december = Date.UTC(2026, 11, 2)
    for (let i = 0; i < 6; i++) await open('female', 'adult', 'forced-labour')
    expect(await makeDueCutOffs(running.database, november)).toEqual([])
    expect(await makeDueCutOffs(running.database, december)).toEqual([programme])
    expect(await makeDueCutOffs(running.database, december)).toEqual([])
    const figure = await received('manager')
    expect(figure).toMatchObject({ asOf: '2026-12-02', value: count(15) })
    if (!figure) throw new Error('the programme has a figure')
    // Both were shown to her; how many corrections lie between them is for the case team.
    const { body } = await openFigure('manager', figure)
    expect(body).toMatchObject({ since: { asOf: '2026-11-01', was: count(8), is: count(15), corrections: null } })
    const small = await openFigure('manager', figure, { age: 'child' })
    expect(small.body).toMatchObject({ since: { was: { kind: 'protected' }, is: { kind: 'protected' } } })
  })
})

describe('a phase', () => {
  const dates = { from: '2026-Q4', to: '2026-Q4', source: 'Grant agreement (invented)' }
  let planner: Worker

  beforeAll(async () => {
    planner = await join(running.database, shelter, ['manager'], 'manager of phases')
    tokens.planner = await signIn(running, planner.viewer.programme, planner.viewer.member)
  })

  const said = () => ({ organisation: shelter.organisation.organisation, today })
  const planned = () =>
    Phase.options.flatMap((phase) => projectPhase(planner.device.state(planStream('phase', phase))) ?? [])

  it('is dated by the manager of the programme, not by a caseworker, nor by a regional manager from outside an office', async () => {
    for (const role of ['caseworker', 'regional-manager'] as const) {
      const other = await join(running.database, shelter, [role], `${role} who plans`)
      await other.device.write(get(datePhase('japan-2', dates, [], said())))
      const [refused] = await other.device.push(other.door)
      expect(refused).toMatchObject({
        refusal: { code: role === 'caseworker' ? 'access.role' : 'access.other-country' },
      })
    }
    expect((await received('bopha', 'japan-2'))?.value).toEqual({ kind: 'none', why: 'phase-not-dated' })
  })

  it('counts for the case team what lies in its quarters, live, and opens to the same cases; a correction moves it', async () => {
    await planner.device.write(get(datePhase('japan-2', dates, planned(), said())))
    expect(await planner.device.push(planner.door)).toEqual([])
    const own = await received('bopha', 'japan-2')
    expect(own).toMatchObject({ period: 'japan-2', value: (await received('bopha', '2026-Q4'))?.value })
    if (!own) throw new Error('the team has a figure')
    const { body } = await openFigure('bopha', own)
    expect(body.opening === 'records' && body.streams.length).toBe(15)

    const [phase] = planned()
    if (!phase) throw new Error('a phase was dated')
    await planner.device.write(get(correctPhase(phase, { ...dates, from: '2025-Q1', to: '2026-Q3' }, planned(), today)))
    expect(await planner.device.push(planner.door)).toEqual([])
    expect((await received('bopha', 'japan-2'))?.value).toEqual({ kind: 'none', why: 'nothing-recorded' })
    expect((await received('bopha'))?.value).toEqual(count(15))
  })

  it('is released of survivors to nobody, beside years or alone, not even at a cut-off', async () => {
    const [phase] = planned()
    if (!phase) throw new Error('a phase was dated')
    await planner.device.write(get(correctPhase(phase, dates, planned(), today)))
    expect(await planner.device.push(planner.door)).toEqual([])
    await makeCutOff(running.database, shelter.organisation.programme, '2026-12-03')
    for (const name of ['manager', 'protection', 'steward']) {
      const figure = await received(name, 'japan-2')
      expect(figure).toMatchObject({ value: { kind: 'none', why: 'not-by-phase' } })
      expect(figure?.breakdowns.flatMap(({ parts }) => parts)).toEqual([])
      if (!figure) throw new Error('the programme has a figure')
      expect((await openFigure(name, figure)).body).toMatchObject({ opening: 'groups', groups: [] })
    }
    const kept = await running.database.asOwner((transaction) =>
      transaction.query<{ tables: string }>('releases', 'select tables::text from lentera.release'),
    )
    expect(kept.length).toBeGreaterThan(0)
    for (const { tables } of kept) expect(tables).not.toContain('japan-2')
  })

  it('counts what is about nobody who could be harmed for the whole programme, down to its rows', async () => {
    const { device, door } = planner
    await publish(device, shelter.organisation, 2)
    expect(await device.push(door)).toEqual([])
    expect(await products('planner', 'japan-2')).toMatchObject({ value: { kind: 'none' } })
    const [phase] = planned()
    if (!phase) throw new Error('a phase was dated')
    await device.write(get(correctPhase(phase, { ...dates, from: '2026-Q1' }, planned(), today)))
    expect(await device.push(door)).toEqual([])
    const figure = await products('planner', 'japan-2')
    expect(figure).toMatchObject({ value: count(2) })
    if (!figure) throw new Error('the programme has a figure')
    const { body } = await openFigure('planner', figure)
    expect(body.opening === 'entries' && body.entries.length).toBe(2)
    for (const { stream } of body.opening === 'entries' ? body.entries : []) {
      const product = projectProduct(device.state(stream))
      if (product) await device.write(get(markProductInError(stream, product, product.opening, true)))
    }
    expect(await device.push(door)).toEqual([])
    expect(await products('planner', 'japan-2')).toMatchObject({ value: count(0) })
  })
})

describe('the framework', () => {
  const source = 'Project document (invented)'
  const framework = async (of: string) =>
    (await ask<Framework>(running.server.desk, 'GET /api/framework', { token: tokens[of] })).body
  const indicatorsIn = ({ objectives }: Framework) =>
    objectives.flatMap(({ outcomes }) => outcomes.flatMap(({ outputs }) => outputs.flatMap((each) => each.indicators)))

  it('holds every indicator once, with its unit, how it is counted and by what it is told apart', async () => {
    const told = indicatorsIn(await framework('planner'))
    expect(told.map(({ key }) => key).sort()).toEqual(indicators.map(({ key }) => key).sort())
    expect(told.find(({ key }) => key === 'women-among-officers-trained')).toMatchObject({
      unit: 'officers',
      count: 'ratio',
    })
    expect(told.find(({ key }) => key === 'survivors-supported')).toMatchObject({ count: 'unique-persons' })
    expect(told.find(({ key }) => key === 'women-reached-contacts')).toMatchObject({ count: 'contacts' })
    expect(told.find(({ key }) => key === 'events-held')).toMatchObject({ count: 'sum' })
    for (const { baseline, targets } of told) expect([baseline, targets]).toEqual([null, []])
  })

  it('says baseline and target as they were said, beside what is counted, and corrections of them at once', async () => {
    const { organisation } = shelter.organisation
    const manager = await join(running.database, shelter, ['manager'], 'manager of targets')
    const events = { key: 'events-held' }
    const stood = { measured: { value: 2 }, qualifier: 'at-least', day: CivilDate.parse('2024'), source } as const
    const wanted = { aimed: { value: 20 }, direction: 'at-least', source } as const
    const by = { organisation, today }
    await manager.device.write(get(setBaseline(events, stood, undefined, by)))
    await manager.device.write(get(setTarget(events, 'japan-2', wanted, undefined, by)))
    await manager.device.write(get(setTarget(events, 'all', wanted, undefined, by)))
    const target = projectTarget(manager.device.state(planStream('target', 'events-held', 'all')))
    if (!target) throw new Error('a target was set')
    await manager.device.write(get(correctTarget(events, target, { ...wanted, aimed: { value: 25 } }, today)))
    expect(await manager.device.push(manager.door)).toEqual([])
    const told = indicatorsIn(await framework('planner')).find(({ key }) => key === 'events-held')
    expect(told?.baseline).toMatchObject({
      measured: { value: 2 },
      qualifier: 'at-least',
      day: '2024',
      source,
      organisation,
    })
    expect(told?.targets.map(({ period, aimed }) => [period, aimed]).sort()).toEqual([
      ['all', { value: 25 }],
      ['japan-2', { value: 20 }],
    ])
    expect(told?.actuals.find(({ period }) => period === 'all')?.value).toEqual({
      kind: 'none',
      why: 'nothing-recorded',
    })

    await manager.device.write(get(markTargetInError(target, true, today)))
    expect(await manager.device.push(manager.door)).toEqual([])
    const left = indicatorsIn(await framework('planner')).find(({ key }) => key === 'events-held')
    expect(left?.targets.map(({ period }) => period)).toEqual(['japan-2'])
  })

  it('gives each reader her own figures, by phase and year, and of survivors none by phase outside the case team', async () => {
    const of = async (name: string) =>
      indicatorsIn(await framework(name))
        .find(({ key }) => key === 'survivors-received')
        ?.actuals.map(({ period, value }) => [period, value.kind === 'count' ? value.count.low : value.kind])
    const live = await of('bopha')
    expect(live).toContainEqual(['japan-2', 15])
    expect(live).toContainEqual(['2026', 15])
    expect(await of('planner')).toContainEqual(['japan-2', 'none'])
    expect(await of('administrator')).toEqual([])
  })

  it('says when each phase is, and that nobody has said it of the others', async () => {
    const { phases } = await framework('planner')
    expect(phases).toEqual([
      { key: 'japan-1', donor: 'JP', from: null, to: null, source: null },
      { key: 'japan-2', donor: 'JP', from: '2026-Q1', to: '2026-Q4', source: 'Grant agreement (invented)' },
      { key: 'canada-3', donor: 'CA', from: null, to: null, source: null },
    ])
  })
})

describe('a regional office', () => {
  it('sees each country mean its own quarters by a phase, and counts the union of them as of their cut-offs', async () => {
    const region = await foundRegion()
    tokens.region = await signIn(running, region.programme, region.member)
    const { body } = await ask<Framework>(running.server.desk, 'GET /api/framework', { token: tokens.region })
    expect(body.phases.find(({ key }) => key === 'japan-2')).toEqual({
      key: 'japan-2',
      donor: 'JP',
      from: null,
      to: null,
      source: null,
      programmes: [{ country: 'KH', from: '2026-Q1', to: '2026-Q4' }],
    })
    expect(await received('region', 'japan-2')).toMatchObject({ value: { kind: 'none', why: 'not-by-phase' } })
  })

  it('sees the countries as of their cut-offs, never an entry of theirs', async () => {
    const region = await foundRegion()
    const token = await signIn(running, region.programme, region.member)
    tokens.region = token
    const figure = await received('region')
    expect(figure).toMatchObject({ scope: 'region', asOf: '2026-12-02', opensTo: 'groups' })
    expect(figure?.value.kind).not.toBe('none')
    expect(figure?.breakdowns.find(({ by }) => by.join() === 'country')?.parts.map(({ key }) => key)).toEqual([
      { country: 'KH' },
    ])
    const pulled = await ask<{ entries: { text: string }[] }>(running.server.desk, 'POST /api/log/pull', {
      token,
      body: { epoch: null, after: null },
    })
    for (const { text } of pulled.body.entries) expect(text).not.toContain(shelter.organisation.programme)
  })

  it('of what is about nobody who could be harmed, counts its own live, and the countries as of their cut-offs', async () => {
    const region = await foundRegion()
    tokens.region = await signIn(running, region.programme, region.member)
    expect(await products('region')).toMatchObject({ value: { kind: 'none', why: 'no-cut-off-yet' }, opensTo: 'none' })

    const manager = await join(running.database, shelter, ['manager'], 'manager of products')
    await publish(manager.device, shelter.organisation, 2)
    expect(await manager.device.push(manager.door)).toEqual([])
    await publish(region.device, region.organisation, 1)
    const office: Person = { ...region.organisation.administrator, roles: ['regional-manager'] }
    const door = doorOf(running.database, viewerOf(region.organisation, office))
    expect(await region.device.push(door)).toEqual([])

    // The country has not fixed what it published since: the office sees its own alone, live.
    expect(await products('region')).toMatchObject({ value: count(1), asOf: null, opensTo: 'entries' })
    await makeCutOff(running.database, shelter.organisation.programme, '2026-12-31')
    await makeCutOff(running.database, region.programme, '2026-12-31')
    const whole = await products('region')
    expect(whole).toMatchObject({ value: count(3), asOf: '2026-12-31', opensTo: 'entries' })
    // The office has not said when the phase is: what it counts itself lies in none; Cambodia's own quarters hold its two.
    expect(await products('region', 'japan-2')).toMatchObject({ value: count(2), asOf: '2026-12-31' })
    expect(whole?.breakdowns.find(({ by }) => by.join() === 'country')?.parts).toEqual([
      { key: { country: 'KH' }, value: count(2) },
      { key: { country: 'region' }, value: count(1) },
    ])

    if (!whole) throw new Error('the region has a figure')
    const rows = async (part: Record<string, string>) => {
      const { body } = await openFigure('region', whole, part)
      return body.opening === 'entries' ? [body.entries.length, body.elsewhere] : body.refusal
    }
    expect(await rows({})).toEqual([1, 2])
    expect(await rows({ country: 'region' })).toEqual([1, 0])
    expect(await rows({ country: 'KH' })).toEqual([0, 2])
    expect(await rows({ product: 'study' })).toEqual([1, 2])

    await publish(region.device, region.organisation, 1)
    expect(await region.device.push(door)).toEqual([])
    expect((await products('region'))?.value).toEqual(count(4))
  })

  it('a share of people whose sex nobody counted is an interval, and both its numbers stay', async () => {
    const manager = await join(running.database, shelter, ['manager'], 'manager of events')
    const said = { level: 'country', country: 'KH', audiences: ['academia'], products: [], heldOn: today } as const
    for (const participants of [{ total: 30, female: 20, male: 10 }, { total: 10 }]) {
      const stream = StreamId.parse(crypto.randomUUID())
      const { organisation } = shelter.organisation
      await manager.device.write(get(holdEvent(stream, organisation, { ...said, participants }, today)))
    }
    expect(await manager.device.push(manager.door)).toEqual([])
    const women = (await figures('manager')).find(({ key }) => key === 'women-among-event-participants')
    expect(women?.value).toEqual({
      kind: 'ratio',
      numerator: { low: 20, high: 30 },
      denominator: { low: 40, high: 40 },
      percentTenths: { low: 500, high: 750 },
    })
  })
})

describe('a figure that was corrected', () => {
  it('says what it was at the last cut-off, what it is now, and how many corrections were written meanwhile', async () => {
    const manager = await join(running.database, shelter, ['manager'], 'manager who corrects')
    tokens.corrector = await signIn(running, manager.viewer.programme, manager.viewer.member)
    const { device, door } = manager
    const had = (await products('corrector'))?.value
    const before = had?.kind === 'count' ? had.count.low : 0
    await publish(device, shelter.organisation, 3)
    expect(await device.push(door)).toEqual([])
    await makeCutOff(running.database, shelter.organisation.programme, '2027-01-01')
    const figure = await products('corrector')
    if (!figure) throw new Error('the programme has a figure')
    const behind = async (part: Record<string, string> = {}) => (await openFigure('corrector', figure, part)).body
    const whole = await behind()
    expect(whole).toMatchObject({
      since: { asOf: '2027-01-01', was: count(before + 3), is: count(before + 3), corrections: 0 },
    })
    let corrected = 0
    for (const { stream } of whole.opening === 'entries' ? whole.entries : []) {
      const product = projectProduct(device.state(stream))
      if (!product) continue
      await device.write(get(markProductInError(stream, product, product.opening, true)))
      expect(await device.push(door)).toEqual([])
      corrected += 1
      expect(await behind()).toMatchObject({
        since: { was: count(before + 3), is: count(before + 3 - corrected), corrections: corrected },
      })
      expect(await behind({ product: 'study' })).toMatchObject({
        since: { was: count(before + 3), is: count(before + 3 - corrected) },
      })
    }
    expect(corrected).toBe(3)
  })
})

const products = async (of: string, period?: string): Promise<Figure | undefined> =>
  (await figures(of, period)).find(({ key }) => key === 'knowledge-products-published')

async function publish(device: Device, { organisation }: Organisation, times: number): Promise<void> {
  const said = { title: 'Invented', kind: 'study', edition: '2026', languages: ['en'] } as const
  for (let i = 0; i < times; i++) {
    const stream = StreamId.parse(crypto.randomUUID())
    const publishedOn = CivilDate.parse('2026-03')
    await device.write(get(publishProduct(stream, organisation, { ...said, publishedOn }, today)))
  }
}

async function foundRegion() {
  const { organisation, device } = await foundOrganisation(
    {
      programme: { name: 'Regional office', country: null, zone: 'Asia/Bangkok', demonstration: true },
      country: null,
      name: 'Regional office',
      teams: [],
      today,
      until,
    },
    () => randomBytes,
    'region',
  )
  const batch = await device.nextBatch()
  if (!batch) throw new Error('a founding has entries')
  expect(device.placed(batch, await foundOnServer(running.database, batch))).toEqual([])
  const { programme, administrator } = organisation
  const member: MemberId = administrator.member
  await running.database.asOwner((transaction) =>
    transaction.query('give role', `update lentera.member set roles = '{regional-manager}' where member = $1`, [
      member,
    ]),
  )
  return { programme, member, organisation, device }
}
