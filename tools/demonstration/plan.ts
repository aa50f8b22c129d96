import { datePhase, setBaseline, setTarget } from '@lentera/core/plan/capture'
import { type PlannedPhase, projectPhase } from '@lentera/core/plan/project'
import { type Phase, planStream } from '@lentera/core/plan/words'
import { indicators } from '@lentera/core/results/indicators'
import type { CivilDate } from '@lentera/core/shared/dates'
import { get } from '../device/found.ts'
import type { Amounts } from './amounts.ts'
import { earlier } from './days.ts'
import type { Writer } from './found.ts'

/** Four years in three grants; how long each was is invented, since the brochure gives no years. Quarters before the one that runs. */
const grants: readonly { readonly phase: Phase; readonly from: number; readonly to: number }[] = [
  { phase: 'japan-1', from: 15, to: 12 },
  { phase: 'japan-2', from: 11, to: 8 },
  { phase: 'canada-3', from: 7, to: 0 },
]

/** When each phase is, where a few indicators stood before, and what they aim at: every number is invented, and says so. */
export async function writePlan(
  { device, organisation: { organisation } }: Writer,
  { amounts, today }: { readonly amounts: Amounts; readonly today: CivilDate },
): Promise<void> {
  const said = { organisation, today }
  const dated: PlannedPhase[] = []
  for (const { phase, from, to } of grants) {
    const dates = {
      from: quartersBefore(today, from),
      to: quartersBefore(today, to),
      source: 'Invented for the demonstration: the brochure gives no years',
    }
    await device.write(get(datePhase(phase, dates, dated, said)))
    const now = projectPhase(device.state(planStream('phase', phase)))
    if (now) dated.push(now)
  }
  for (const [key, value] of aims(amounts)) {
    const indicator = indicators.find((each) => each.key === key)
    if (!indicator || value === 0) continue
    const source = 'Work plan (invented)'
    const stood = { measured: { value: 0 }, qualifier: 'exact', day: earlier(today, 1450), source } as const
    await device.write(get(setBaseline(indicator, stood, undefined, said)))
    const aimed = { aimed: { value }, direction: 'at-least', source } as const
    await device.write(get(setTarget(indicator, 'all', aimed, undefined, said)))
  }
}

const aims = ({
  officers,
  events,
  women,
  participants,
  supported,
}: Amounts): readonly (readonly [string, number])[] => [
  ['officers-trained', roundUp(officers.women + officers.men, 20)],
  ['events-held', events],
  ['women-reached-persons', roundUp(women, 1000)],
  ['women-trained-in-livelihoods', roundUp(participants, 10)],
  ['women-given-livelihood-support', roundUp(supported, 10)],
]

const roundUp = (n: number, to: number): number => Math.ceil(n / to) * to

/** The quarter so many before the one that runs. */
export function quartersBefore(today: CivilDate, quarters: number): string {
  const running = Number(today.slice(0, 4)) * 4 + Math.floor((Number(today.slice(5, 7)) - 1) / 3) - quarters
  return `${Math.floor(running / 4)}-Q${(running % 4) + 1}`
}
