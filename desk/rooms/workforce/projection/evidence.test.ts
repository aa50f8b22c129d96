import { exactly } from '@lentera/core/shared/counts'
import { CivilDate } from '@lentera/core/shared/dates'
import { EntryId, OrganisationId } from '@lentera/core/shared/ids'
import type { Flow, FlowRow } from '@lentera/core/workforce/flow/project'
import type { Headcount, RankCount } from '@lentera/core/workforce/project'
import { missingOf } from '@lentera/planner/projection'
import { describe, expect, it } from 'vitest'
import { gather, startingPoints } from './evidence.ts'

const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
const record = EntryId.parse(id(1))

const rank = (of: RankCount['rank'], women: number, men: number): RankCount => ({
  record,
  rank: of,
  women: exactly(women),
  men: exactly(men),
  unrecorded: exactly(0),
  enteredInError: false,
})
const row = (happening: FlowRow['happening'], of: RankCount, to: FlowRow['to'] = null): FlowRow => ({
  ...of,
  happening,
  to,
})

const head = {
  opening: record,
  organisation: OrganisationId.parse(id(2)),
  enteredInError: false,
  conflicts: [],
  country: 'KH',
  agency: 'police',
  place: 'national',
  counted: 'sworn',
  trust: 'records',
  source: 'Invented',
} as const
const headcount: Headcount = {
  ...head,
  on: CivilDate.parse('2026-09-30'),
  unit: 'all',
  rows: [rank('supervisory', 40, 960), rank('line', 500, 4500)],
}
const flow = (on: string, rows: readonly FlowRow[], change: Partial<Flow> = {}): Flow => ({
  ...head,
  on: CivilDate.parse(on),
  rows,
  ...change,
})
const left = (women: number): FlowRow => row('left', rank('line', women, 100))

describe('where a projection starts', () => {
  it('is a headcount of a whole agency that nobody disputes: the newest, and of one day the most trusted', () => {
    const at = (change: Partial<Headcount>) => ({ state: { ...headcount, ...change } })
    const [newest, reported, older] = [at({}), at({ trust: 'reported' }), at({ on: CivilDate.parse('2025') })]
    const others = [
      at({ place: 'border-crossing' }),
      at({ unit: 'patrol' }),
      at({ unit: undefined }),
      at({ enteredInError: true }),
      at({ conflicts: [{ record: 'stream', field: 'trust', heads: [] }] }),
      at({ rows: [{ ...rank('line', 5, 5), women: { low: 5, high: 6 } }] }),
    ]
    expect(startingPoints([older, ...others, reported, newest])).toEqual([newest, reported, older])
  })
})

describe('what a projection starts from', () => {
  it('is everybody rank by rank from below, and what happened in the periods written down', () => {
    const { evidence, firstYear, isOneRank } = gather(headcount, [
      flow('2024', [left(10), row('promoted', rank('line', 2, 20), 'supervisory')]),
      flow('2025-Q1', [left(4)]),
    ])
    expect([firstYear, isOneRank, evidence.ranks]).toEqual([2026, false, ['line', 'supervisory']])
    expect(evidence.stock.line).toEqual({ women: 500, men: 4500 })
    // A quarter is a quarter of a year; in it promotions were not counted, which is not that there were none.
    expect(evidence.exits).toMatchObject({ years: 1.25, of: { line: { women: 14, men: 200 } } })
    expect(evidence.promotions).toEqual({ years: 1, of: [{ from: 'line', to: 'supervisory', women: 2, men: 20 }] })
    expect(evidence.recruits).toBeNull()
    expect(missingOf(evidence)).toEqual(['intakeShare'])
  })

  it('counts each day once: of two sources of one time the more trusted, and no month of a year that is taken', () => {
    const { used } = gather(headcount, [
      flow('2025', [left(99)], { trust: 'reported' }),
      flow('2025', [left(10)]),
      flow('2025-03', [left(1)], { trust: 'official' }),
      flow('2024-12', [left(2)], { trust: 'reported' }),
    ])
    expect(used.map(({ on, trust }) => [on, trust])).toEqual([
      ['2024-12', 'reported'],
      ['2025', 'records'],
    ])
  })

  it('takes who came from one source and who left from another, of one year; neither hides what the other alone says', () => {
    const { evidence, used } = gather(headcount, [
      flow('2025', [row('recruited', rank('line', 60, 300))], { source: 'Intake' }),
      flow('2025', [left(10), row('recruited', rank('line', 61, 301))], { trust: 'official', source: 'Annual report' }),
      flow('2025-Q1', [left(3)], { trust: 'reported', source: 'A newspaper' }),
    ])
    expect(evidence.recruits).toMatchObject({ years: 1, of: { line: { women: 60, men: 300 } } })
    expect(evidence.exits).toMatchObject({ years: 1, of: { line: { women: 10, men: 100 } } })
    expect(used.map(({ source }) => source)).toEqual(['Intake', 'Annual report'])
    expect(missingOf(evidence)).toEqual(['promotion'])
  })

  it('leaves out what is of another agency, another way of counting, disputed, in error, older than five years or later', () => {
    const { used, evidence } = gather(headcount, [
      flow('2025', [left(1)], { agency: 'customs' }),
      flow('2025', [left(1)], { counted: 'all-staff' }),
      flow('2025', [left(1)], { place: 'border-crossing' }),
      flow('2025', [left(1)], { enteredInError: true }),
      flow('2025', [{ ...left(1), women: { low: 1, high: 2 } }]),
      flow('2021', [left(1)]),
      flow('2027', [left(1)]),
    ])
    expect(used).toEqual([])
    expect(missingOf(evidence)).toEqual(['intakeShare', 'exit', 'promotion'])
  })

  it('tells no ranks apart where one source does not, and asks for no promotions then', () => {
    const { evidence, isOneRank } = gather(headcount, [flow('2025', [row('left', rank('not-given', 12, 90))])])
    expect(isOneRank).toBe(true)
    expect(evidence.ranks).toEqual(['all'])
    expect(evidence.stock).toEqual({ all: { women: 540, men: 5460 } })
    expect(evidence.exits?.of).toEqual({ all: { women: 12, men: 90 } })
    expect(missingOf(evidence)).toEqual(['intakeShare'])
  })

  it('says how many officers have no recorded sex, and what was marked as an error is nobody', () => {
    const { evidence, unrecorded } = gather(
      {
        ...headcount,
        rows: [
          { ...rank('line', 10, 90), unrecorded: exactly(7) },
          { ...rank('command', 1, 9), enteredInError: true },
        ],
      },
      [],
    )
    expect([unrecorded, evidence.ranks]).toEqual([7, ['line']])
  })
})
