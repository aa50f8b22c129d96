import { openReport, writeNarrative } from '@lentera/core/donor-report/capture'
import { projectDonorReport } from '@lentera/core/donor-report/project'
import type { Part } from '@lentera/core/donor-report/words'
import { datesOf, projectPhase } from '@lentera/core/plan/project'
import { planStream } from '@lentera/core/plan/words'
import type { CivilDate } from '@lentera/core/shared/dates'
import { randomUuid, StreamId } from '@lentera/core/shared/ids'
import type { Randomness } from '@lentera/sealed/open'
import { get } from '../device/found.ts'
import type { Writer } from './found.ts'
import { quartersBefore } from './plan.ts'

/** What an invented manager tells the donor of the last quarter: her words, and slots in which the counted figures stand. */
const told: readonly (readonly [Part, string])[] = [
  [
    'summary',
    'Invented for the demonstration. In this quarter {officers-trained} officers were trained, and {women-reached-contacts} times a woman was told about her rights.',
  ],
  ['objective-1', 'Invented. Since the beginning {survivors-supported:all} survivors were supported.'],
  [
    'objective-3',
    'Invented. Of the officers trained since the beginning, {women-among-officers-trained:all} are women.',
  ],
]

/** A donor report of the last whole quarter, frozen at the cut-off that was made last. */
export async function writeReport(
  { device, organisation: { organisation } }: Writer,
  { cutOff, today }: { readonly cutOff: string; readonly today: CivilDate },
  random: Randomness,
): Promise<void> {
  const stream = StreamId.parse(randomUuid(random(16)))
  const phase = projectPhase(device.state(planStream('phase', 'canada-3')))
  const dates = phase && datesOf(phase)
  if (!dates) return
  const asked = { stream, organisation, phase: 'canada-3', quarter: quartersBefore(today, 1), cutOff } as const
  await device.write(get(openReport(asked, { dates: [dates], cutOffs: [cutOff] }, [], today)))
  for (const [part, text] of told) {
    const report = projectDonorReport(device.state(stream))
    if (report) await device.write(get(writeNarrative(stream, report, { part, language: 'en', text }, today)))
  }
}
