import type { Figure, FigureValue } from '@lentera/core/results/figure'
import pg from 'pg'
import type { Request } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { patience } from '../browser/open-browser.ts'
import { walksThroughDemonstration } from './walks.ts'

/**
 * What an outsider can get of an agency's officers, asking every route there is: no post, no officer, no roster, and of officers counted
 * no cell under five and no zero (do no harm, "Officers").
 */
const { world } = walksThroughDemonstration()
/** Filled before all tests. */
const streams = {} as { sealed: ReadonlySet<string>; counted: ReadonlySet<string> }

/** She reads the headcounts of her own agency; who serves where she does not. */
const ofTheAgency = 'Front-line officer, Cambodia'

const outsiders = [
  'Regional manager',
  'Data steward, region',
  'Programme manager, Cambodia',
  'Caseworker, Cambodia',
  ofTheAgency,
  'Data protection officer, Cambodia',
  'Gender focal point of the border agency, Thailand',
]

beforeAll(async () => {
  streams.sealed = await streamsOfTheAgency([
    'workforce.post-registered',
    'workforce.officer-registered',
    'workforce.cover-planned',
    'workforce.roster-made',
  ])
  streams.counted = await streamsOfTheAgency(['workforce.headcount-taken', 'workforce.flow-written'])
})

/** What the Cambodian agency has opened: ids without meaning, which nobody outside should ever have seen. */
async function streamsOfTheAgency(kinds: readonly string[]): Promise<ReadonlySet<string>> {
  const client = new pg.Client(world.databaseUrl)
  await client.connect()
  const { rows } = await client.query<{ stream: string }>(
    `select distinct stream from lentera.entry
     where kind = any($1) and (text::jsonb -> 'coded' ->> 'country') = 'KH'`,
    [kinds],
  )
  await client.end()
  return new Set(rows.map(({ stream }) => stream))
}

/** Milliseconds without a request under way, after which no more is expected to come. */
const quiet = 2000

/** Her session, as her own browser holds it, and all that came to her device when she opened it. */
async function session(label: string): Promise<{ readonly token: string; readonly came: readonly string[] }> {
  const page = await (await world.browser.newContext()).newPage()
  page.setDefaultTimeout(patience)
  const came: Promise<string>[] = []
  let token = ''
  let [underWay, at] = [0, performance.now()]
  const count = (by: 1 | -1) => (request: Request) => {
    if (!request.url().includes('/api/')) return
    underWay += by
    at = performance.now()
  }
  page.on('request', (request) => {
    token = request.headers().authorization?.replace('Bearer ', '') ?? token
  })
  page.on('request', count(1))
  page.on('requestfinished', count(-1))
  page.on('requestfailed', count(-1))
  page.on('response', (response) => {
    if (response.url().includes('/api/')) came.push(response.text().catch(() => ''))
  })
  await page.goto(world.server.desk)
  await page
    .getByRole('button', { name: new RegExp(`^${label}`) })
    .first()
    .click()
  await page.getByText('Everything sent').first().waitFor()
  // That nothing is to be sent is said before everything has come.
  await expect.poll(() => underWay === 0 && performance.now() - at > quiet).toBe(true)
  const all = await Promise.all(came)
  await page.context().close()
  return { token, came: all }
}

async function asked(token: string, at: string, body?: unknown): Promise<string> {
  const [method = 'GET', path = '/'] = at.split(' ')
  const response = await fetch(`${world.server.desk}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return response.text()
}

/** What else a path asks for, so that it answers at all. */
const queries: Readonly<Record<string, readonly string[]>> = {
  '/api/figures': ['?period=all', '?period=2026', '?period=2026-Q4', '?period=2025-Q4'],
  '/api/training/sessions': ['?agency=police', '?agency=immigration'],
  '/api/brochure/pdf': ['?language=en'],
}

/** Every path that is read, as the server itself describes them. */
async function pathsOf(token: string): Promise<readonly string[]> {
  const { paths } = JSON.parse(await asked(token, 'GET /api/openapi.json')) as {
    paths: Readonly<Record<string, object>> // an OpenAPI document has them
  }
  return Object.entries(paths).flatMap(([path, methods]) => ('get' in methods ? [path] : []))
}

/** Every cell of the figures that count women officers or the shifts they cover. */
function officersIn(answer: string): readonly FigureValue[] {
  if (!answer.startsWith('{"figures"')) return []
  const { figures } = JSON.parse(answer) as { figures: readonly Figure[] } // as the server's own presenter writes it
  return figures
    .filter(({ key }) => key === 'women-share-by-place' || key === 'shifts-with-a-trained-woman')
    .flatMap(({ value, breakdowns }) => [value, ...breakdowns.flatMap(({ parts }) => parts.map((each) => each.value))])
}

it('its own focal point gets them, so that who gets none is seen to', async () => {
  const { came } = await session('Gender focal point, Cambodia')
  const seen = (of: ReadonlySet<string>) => [...of].filter((stream) => came.some((answer) => answer.includes(stream)))
  expect(seen(streams.sealed).length).toBeGreaterThan(100)
  expect(seen(streams.counted).length).toBeGreaterThan(0)
})

describe('an outsider', () => {
  it.each(outsiders)(
    '%s gets no post, officer, plan or roster of the agency from any path, nor a small count',
    async (label) => {
      expect(streams.sealed.size).toBeGreaterThan(100)
      const { token, came } = await session(label)
      const [one = ''] = streams.sealed
      const answers = [...came]
      const paths = await pathsOf(token)
      expect(paths.length).toBeGreaterThan(8)
      for (const path of paths)
        for (const query of queries[path] ?? [''])
          answers.push(await asked(token, `GET ${path.replace(/[{]\w+[}]|:\w+/g, one)}${query}`))
      // Asked outright: to open the figure, part by part, and to be given what she has not.
      for (const scope of ['programme', 'organisation', 'region', 'team'])
        for (const part of [{}, { sex: 'female' }, { place: 'border-crossings', sex: 'female' }, { agency: 'police' }])
          for (const key of ['women-share-by-place', 'shifts-with-a-trained-woman'])
            answers.push(await asked(token, 'POST /api/figures/open', { key, scope, period: 'all', part }))
      answers.push(await asked(token, 'POST /api/log/pull', { epoch: null, after: null }))
      answers.push(await asked(token, 'POST /api/log/states', { after: null }))
      for (const answer of answers)
        expect([...streams.sealed].filter((stream) => stream !== one && answer.includes(stream))).toEqual([])
      // Headcounts and flows stand in the clear in their entries: they are the agency's own, of which the front-line officer is.
      const counted = answers.flatMap((answer) => [...streams.counted].filter((stream) => answer.includes(stream)))
      if (label !== ofTheAgency) expect(counted).toEqual([])
      const cells = answers.flatMap(officersIn)
      for (const value of cells) {
        // A count of officers or shifts that stands alone is none that an agency lets out.
        if (value.kind !== 'ratio') expect(['none', 'protected']).toContain(value.kind)
        else isWideEnough(value)
      }
      console.log(`${label}: ${answers.length} answers of ${paths.length} paths, ${cells.length} cells of officers`)
      expect(cells.length).toBeGreaterThan(0)
    },
  )
})

/** A number stands only where five or more are counted, and as many besides; otherwise a band wider than that. */
function isWideEnough({ numerator, denominator }: Extract<FigureValue, { kind: 'ratio' }>): void {
  const besides = denominator.low - numerator.high
  const width = numerator.high - numerator.low
  const least = width > 0 ? width : Math.min(numerator.low, besides)
  expect(least, JSON.stringify({ numerator, denominator })).toBeGreaterThanOrEqual(5)
}
