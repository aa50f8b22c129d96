import { newestStocks } from '@lentera/core/results/latest'
import { CivilDate } from '@lentera/core/shared/dates'
import { EntryId, OrganisationId, StreamId } from '@lentera/core/shared/ids'
import { countedBySex } from '@lentera/core/workforce/tally'
import type { Trust, Counted as WhoCounted } from '@lentera/core/workforce/words'
import { expect, it } from 'vitest'
import { rowsOfNewest } from './newest-shares.tsx'

const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
const exactly = (n: number) => ({ low: n, high: n })

function headcount(n: number, on: string, who: WhoCounted, trust: Trust, women: number, men: number) {
  const row = { record: EntryId.parse(id(100 + n)), author: null, conflicts: [], enteredInError: false }
  const counts = { women: exactly(women), men: exactly(men), unrecorded: exactly(0) }
  const said = {
    opening: EntryId.parse(id(n)),
    organisation: OrganisationId.parse(id(2)),
    on: CivilDate.parse(on),
    enteredInError: false,
    conflicts: [],
    country: 'KH' as const,
    agency: 'police' as const,
    place: 'national' as const,
    unit: 'all' as const,
    source: `Source ${n} (invented)`,
    counted: who,
    trust,
    rows: [{ ...row, ...counts, rank: 'not-given' as const }],
  }
  const contributions = countedBySex('workforce.officers-counted', said, said.rows)
  return { stream: StreamId.parse(id(200 + n)), unsent: false, state: { headcount: said, contributions } }
}

it('what is better known, or counts others, stands beside a newer headcount for a year; what it takes the place of does not', () => {
  const counted = [
    headcount(1, '2026-11-15', 'all-staff', 'reported', 3200, 16_800),
    headcount(2, '2026-10-01', 'sworn', 'records', 140, 1860),
    headcount(3, '2026-09-01', 'all-staff', 'reported', 3100, 16_900),
    headcount(4, '2026-08-01', 'all-staff', 'official', 3000, 17_000),
    headcount(5, '2025-10-01', 'sworn', 'records', 130, 1870),
  ]
  const stocks = newestStocks(
    counted.flatMap(({ state }) => state.contributions),
    ['agency', 'place'],
    { sex: 'female' },
  )
  const rows = rowsOfNewest({ counted, stocks }).map(({ headcount: { on }, part, whole, isOlder }) => [
    on,
    part,
    whole,
    isOlder,
  ])
  expect(rows).toEqual([
    ['2026-11-15', 3200, 20_000, false],
    ['2026-10-01', 140, 2000, true],
    ['2026-08-01', 3000, 20_000, true],
  ])
})
