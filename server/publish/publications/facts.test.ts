import type { PublicationBoard, PublicationDraft } from '@lentera/core/evidence/publication/answers'
import { proposePublication } from '@lentera/core/evidence/publication/capture'
import { randomUuid, StreamId } from '@lentera/core/shared/ids'
import type { AgeGroup, Sex } from '@lentera/core/shared/people'
import type { Publication } from '@lentera/core/shared/publication'
import { recordConsent } from '@lentera/core/support/capture'
import type { Form } from '@lentera/core/support/words'
import { randomBytes } from '@lentera/sealed/open'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { get, writeNewCase } from '../../../tools/device/found.ts'
import { found, join, type Place, today, type Worker } from '../../../tools/device/world.ts'
import { makeCutOff } from '../../projections/cut-off.ts'
import { ask, type Running, runServer, signIn } from '../../testing/running.ts'
import { releasesOf } from '../releases.ts'

/** The programme's own figures, published at two cut-offs between which one woman came: an outsider lays them side by side. */
let running: Running
let place: Place
let steward: Worker
let bopha: Worker
let token: string
/** One of those who stand in the first cut-off. */
let counted: Awaited<ReturnType<typeof open>>

beforeAll(async () => {
  running = await runServer()
  place = await found(running.database, 'Poipet shelter')
  steward = await join(running.database, place, ['steward'], 'Steward')
  bopha = await join(running.database, place, ['caseworker'], 'Bopha')
  token = await signIn(running, steward.viewer.programme, steward.viewer.member)
  counted = await open('female', 'adult', 'forced-labour')
  for (let n = 0; n < 8; n++) await open('female', 'adult', 'forced-labour')
  for (let n = 0; n < 8; n++) await open('female', 'child', 'sexual-exploitation')
  for (let n = 0; n < 7; n++) await open('male', 'adult', 'other')
  await makeCutOff(running.database, place.organisation.programme, '2026-09-01')
})

afterAll(async () => {
  await running.stop()
})

async function open(sex: Sex, age: AgeGroup, form: Form) {
  const made = await writeNewCase(
    bopha.device,
    place.organisation,
    [bopha.person],
    { team: place.team, country: 'KH', sex, age, form, consentCounting: 'given', opened: { name: 'Invented' } },
    today,
    randomBytes,
  )
  expect(await bopha.device.push(bopha.door)).toEqual([])
  return made
}

/** She takes back that she may be counted: from then on no count has her. */
async function withdraw({ stream, key }: Awaited<ReturnType<typeof open>>): Promise<void> {
  const moment = { today, at: `${today}T09:00:00Z` }
  await bopha.device.write(get(recordConsent(stream, { consentCounting: 'withdrawn' }, moment)), key)
  expect(await bopha.device.push(bopha.door)).toEqual([])
}

async function publish(cutOff: string, indicators: readonly string[] = ['survivors-received']) {
  const stream = StreamId.parse(randomUuid(randomBytes(16)))
  const proposal = {
    address: `received-${cutOff}-${stream.slice(-4)}`,
    title: { en: 'Received' },
    about: { en: 'Women and men who were received' },
    publisher: 'Shelter (invented)',
    source: 'Records',
    licence: 'CC-BY-4.0',
    from: { kind: 'facts', indicators: [...indicators], cutOff },
    method: { name: 'cut-off-tables' },
  } as const
  const said = { ...proposal, from: { ...proposal.from, indicators: [...indicators] } }
  const known = { addresses: [], form: null }
  await steward.device.write(get(proposePublication(stream, steward.viewer.organisation, said, known, today)))
  expect(await steward.device.push(steward.door)).toEqual([])
  await ask(running.server.desk, `POST /api/publications/${stream}/prepare`, { token })
  for (;;) {
    const { body } = await ask<PublicationBoard>(running.server.desk, 'GET /api/publications', { token })
    const preparation = body.publications.find((each) => each.stream === stream)?.preparation
    if (preparation?.state === 'refused') return { refusal: preparation.refusal, content: undefined }
    if (preparation?.state === 'made') break
    await new Promise((resolve) => setImmediate(resolve))
  }
  const { body } = await ask<PublicationDraft>(running.server.desk, `GET /api/publications/${stream}`, { token })
  return { refusal: undefined, content: body.content }
}

type Shown = Pick<Publication, 'fields' | 'data'>

function cellsOf({ fields, data }: Shown): Map<string, number | null> {
  if (data.kind !== 'table') throw new Error('figures are a table')
  // A combination that stood twice would be two answers to one question.
  expect(new Set(data.cells.map(({ codes }) => codes.join())).size).toBe(data.cells.length)
  return new Map(
    data.cells.map(({ codes, value }) => [
      codes
        .map((code, at) => `${fields[at]?.name}=${fields[at]?.codes[code]?.code}`)
        .sort()
        .join(),
      value,
    ]),
  )
}

/** What subtracting two releases says of one to four persons. */
function movedByFew(a: Map<string, number | null>, b: Map<string, number | null>): readonly string[] {
  return [...a].flatMap(([key, value]) => {
    const other = b.get(key)
    const moved = typeof value === 'number' && typeof other === 'number' ? Math.abs(value - other) : 0
    return moved > 0 && moved < 5 ? [key] : []
  })
}

describe('what is refused', () => {
  it('a cut-off that never was, an indicator that is not released, and persons beside contacts', async () => {
    expect((await publish('2026-08-01')).refusal).toMatchObject({
      code: 'publication.no-such-cut-off',
      values: { newest: '2026-09-01' },
    })
    expect((await publish('2026-09-01', ['officers-trained'])).refusal?.code).toBe('publication.indicator-not-released')
    const mixed = ['survivors-received', 'services-delivered']
    expect((await publish('2026-09-01', mixed)).refusal?.code).toBe('publication.units-mixed')
  })
})

describe('two cut-offs between which one woman came', () => {
  it('are both published, and subtracted from one another they tell of nobody; until enough came', async () => {
    const first = await publish('2026-09-01')
    if (!first.content) throw new Error(first.refusal.code)
    const before = cellsOf(first.content)
    expect([...before.values()].filter((value) => value === 24).length).toBeGreaterThan(0)
    const she = await open('female', 'adult', 'forced-labour')
    await makeCutOff(running.database, place.organisation.programme, '2026-10-01')
    const second = await publish('2026-10-01')
    if (!second.content) throw new Error(second.refusal.code)
    expect(second.content.asOf).toBe('2026-10-01')
    const after = cellsOf(second.content)
    expect(movedByFew(before, after)).toEqual([])
    // Of those who stood in the first, one takes her consent back: the next is not blocked, and does not show it.
    await withdraw(she)
    await withdraw(counted)
    await makeCutOff(running.database, place.organisation.programme, '2026-10-15')
    const without = await publish('2026-10-15')
    if (!without.content) throw new Error(without.refusal.code)
    for (const earlier of [before, after]) expect(movedByFew(earlier, cellsOf(without.content))).toEqual([])
    for (let n = 0; n < 11; n++) await open('female', 'adult', 'forced-labour')
    await makeCutOff(running.database, place.organisation.programme, '2026-11-01')
    const third = await publish('2026-11-01')
    if (!third.content) throw new Error(third.refusal.code)
    const later = cellsOf(third.content)
    expect(movedByFew(before, later)).toEqual([])
    expect([...later.values()]).toContain(34)
  })

  it('would tell of her, were the second made as if there had been no first', async () => {
    // The same cut-offs in a chain that is cut before the second: what a release that remembers nothing shows.
    const { programme } = place.organisation
    await running.database.asOwner((transaction) =>
      transaction.query('forget', `delete from lentera.cut_off where label = '2026-09-01'`),
    )
    const remembersNothing = await releasesOf(running.database).at(
      { kind: 'programme', programme },
      'support.case-opened',
      '2026-10-01',
    )
    const total = remembersNothing?.tables.cells.find(
      ({ cell }) => cell.period === 'all' && Object.keys(cell.dimensions).length === 0,
    )
    expect(total?.persons).toMatchObject({ kind: 'count', low: 25 })
  })
})
