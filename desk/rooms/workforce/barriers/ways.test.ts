import { CivilDate } from '@lentera/core/shared/dates'
import { EntryId, OrganisationId, StreamId } from '@lentera/core/shared/ids'
import type { Recommendation, Reform } from '@lentera/core/workforce/project'
import { readCatalogue } from '@lentera/ui/catalogues/node'
import { textOf } from '@lentera/ui/catalogues/text'
import { expect, it } from 'vitest'
import { csvOfWays } from './changes-file.ts'
import { waysOf } from './ways.ts'

const idOf = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
const stream = (n: number) => StreamId.parse(idOf(n))
const day = (text: string): CivilDate => CivilDate.parse(text)

const standing = {
  opening: EntryId.parse(idOf(1)),
  organisation: OrganisationId.parse(idOf(2)),
  enteredInError: false,
  conflicts: [],
}
const recommendation = (number: number, more: Partial<Recommendation> = {}) => ({
  stream: stream(10 + number),
  unsent: false,
  state: {
    ...standing,
    on: day('2026-02-01'),
    number,
    text: `Invented recommendation, "quoted", ${number}`,
    origin: 'own' as const,
    source: 'An invented page',
    statuses: [],
    standing: [],
    status: 'proposed' as const,
    ...more,
  },
})
const status = (n: number, more: object) => ({
  record: EntryId.parse(idOf(n)),
  author: null,
  on: day('2026-03-01'),
  status: 'accepted' as const,
  evidence: undefined,
  enteredInError: false,
  ...more,
})
const reform = (n: number, follows: readonly number[], more: Partial<Reform> = {}) => ({
  stream: stream(n),
  unsent: false,
  state: {
    ...standing,
    on: day('2026-05'),
    country: 'KH' as const,
    what: '=1+1',
    concern: 'access' as const,
    sphere: 'law' as const,
    evidence: 'An invented order',
    recommendations: follows.map((number) => stream(10 + number)),
    ...more,
  },
})

it('a file has a row for each step that stands, by number and day, and what follows no recommendation last', () => {
  const ways = waysOf(
    [
      recommendation(2),
      recommendation(1, {
        statuses: [
          status(31, { on: day('2026-06-01'), status: 'adopted', evidence: 'Invented minutes' }),
          status(32, {}),
          status(33, { enteredInError: true }),
        ],
      }),
      recommendation(3, { enteredInError: true }),
    ],
    [reform(41, [1]), reform(42, []), reform(43, [2], { enteredInError: true })],
    [],
  )
  expect(ways.map(({ recommendation: of, steps }) => [of?.state.number, steps.map(({ on }) => on)])).toEqual([
    [1, ['2026-02-01', '2026-03-01', '2026-05', '2026-06-01']],
    [2, ['2026-02-01']],
    [undefined, ['2026-05']],
  ])
  const said = '"Invented recommendation, ""quoted"", 1",Our own words,An invented page'
  expect(csvOfWays(ways, 'STAMP', textOf(readCatalogue('en'))).split('\r\n')).toEqual([
    '\uFEFFNo.,Recommendation,Whose words,Source,Date,Step,What it is,Evidence',
    `1,${said},2026-02-01,proposed,,`,
    `1,${said},2026-03-01,accepted,,`,
    // What a spreadsheet would run is text.
    `1,${said},2026-05,law,'=1+1,An invented order`,
    `1,${said},2026-06-01,adopted,,Invented minutes`,
    `2,${said.replace(' 1"', ' 2"')},2026-02-01,proposed,,`,
    ",Changes that follow no recommendation,,,2026-05,law,'=1+1,An invented order",
    '',
    'STAMP',
    '',
  ])
})
