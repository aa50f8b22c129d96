import type { Figure } from '@lentera/core/results/figure'
import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type RunningDemonstration, startDemonstration } from './testing/running-demonstration.ts'

/** What seven invented agencies let out of their cover, as the command line prints it, beside plain SQL over their entries. */
let demonstration: RunningDemonstration
let client: pg.Client

beforeAll(async () => {
  demonstration = await startDemonstration()
  client = new pg.Client({ connectionString: demonstration.databaseUrl })
  await client.connect()
})

afterAll(async () => {
  await client?.end()
  await demonstration?.close()
})

async function printed(as: string): Promise<{ figures: readonly Figure[]; framework: unknown }> {
  const { out } = await demonstration.run('figures', '--json', '--as', as)
  return JSON.parse(out)
}

type Sum = {
  country: string
  band: string
  least: number
  most: number
  shortest: number
  longest: number
  low: number
  high: number
}

/** Of each country the bands of the last cut-off that they are of, and the tenths of a percent between which a share of them lies. */
const sums = async (): Promise<Sum[]> =>
  (
    await client.query<Sum>(
      `with released as (
         select distinct on (country, band.key) country, band.key as band, (band.value ->> 'low')::int as least,
           (band.value ->> 'high')::int as most, (said -> 'bands' -> 'shifts' ->> 'low')::int as shortest,
           (said -> 'bands' -> 'shifts' ->> 'high')::int as longest
         from (select country, text::jsonb -> 'coded' as said, text::jsonb ->> 'on' as cut_off from lentera.entry
               join lentera.programme using (programme) where kind = 'workforce.cover-released') as entry
         cross join lateral jsonb_each(case jsonb_typeof(said -> 'bands') when 'object' then said -> 'bands' else '{}' end) as band
         where band.key in ('present', 'onCall') order by country, band.key, said ->> 'made' desc, cut_off desc
       )
       select *, round(1000.0 * least / longest)::int as low,
         greatest(round(1000.0 * least(most, shortest) / shortest), round(1000.0 * most / longest))::int as high
       from released order by country`,
    )
  ).rows

const indicators = { present: 'shifts-with-a-trained-woman', onCall: 'shifts-with-a-trained-woman-on-call' } as const

it('each country has its two numbers and the share between which they leave it, the region the sum of them, and SQL says the same', async () => {
  const { figures, framework } = await printed('manager.region')
  expect(JSON.stringify(framework)).toContain('A trained woman on every shift at every crossing')
  const counted = await sums()
  expect(counted.map(({ country }) => country)).toEqual(['ID', 'KH', 'MM', 'PH', 'TH'].flatMap((each) => [each, each]))
  for (const [band, key] of Object.entries(indicators)) {
    const figure = figures.find((each) => each.key === key)
    const own = counted.filter((each) => each.band === band)
    const add = (of: keyof Omit<Sum, 'country' | 'band'>): number => own.reduce((sum, each) => sum + each[of], 0)
    expect(figure?.value).toMatchObject({
      kind: 'ratio',
      numerator: { low: add('least'), high: add('most') },
      denominator: { low: add('shortest'), high: add('longest') },
    })
    const byCountry = figure?.breakdowns.find(({ by }) => by.join() === 'country')?.parts
    expect(byCountry).toEqual(
      own.map(({ country, least, most, shortest, longest, low, high }) => ({
        key: { country },
        value: expect.objectContaining({
          numerator: { low: least, high: most },
          denominator: { low: shortest, high: longest },
          percentTenths: { low, high },
        }),
      })),
    )
  }
})

it('of seven agencies two are too small and say no more than that; every other let bands out at four cut-offs, one of which moved', async () => {
  const { rows } = await client.query<{ country: string; releases: number; told: number; made: number }>(
    `select country, count(*)::int as releases, count(*) filter (where said -> 'bands' <> 'null')::int as told,
       count(distinct said ->> 'made') filter (where said -> 'bands' <> 'null')::int as made
     from (select country, text::jsonb -> 'coded' as said from lentera.entry join lentera.programme using (programme)
           where kind = 'workforce.cover-released') as entry group by 1 order by 1`,
  )
  expect(rows.map(({ country, releases, told }) => [country, releases, told])).toEqual([
    ['ID', 4, 4],
    ['KH', 4, 4],
    ['LA', 4, 0],
    ['MM', 4, 4],
    ['MY', 4, 0],
    ['PH', 4, 4],
    ['TH', 4, 4],
  ])
  expect(Math.max(...rows.map(({ made }) => made))).toBeGreaterThan(1)
})

it('to a caseworker of the country they are bands as they are to all, and a front-line officer is told no post', async () => {
  for (const as of ['caseworker.kh', 'officer.kh']) {
    const { figures } = await printed(as)
    const text = JSON.stringify(figures.filter(({ key }) => Object.values(indicators).some((each) => each === key)))
    expect(text).toContain('"numerator"')
    expect(text).not.toMatch(/invented|"post"|night/)
  }
})
