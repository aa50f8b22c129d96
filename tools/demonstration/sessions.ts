import { Agency } from '@lentera/core/shared/agencies'
import type { CivilDate } from '@lentera/core/shared/dates'
import { PersonKey, randomUuid, StreamId } from '@lentera/core/shared/ids'
import type { Country } from '@lentera/core/shared/places'
import { holdSession, recordAttendance } from '@lentera/core/training/capture'
import { projectSession } from '@lentera/core/training/project'
import { Module } from '@lentera/core/training/words'
import type { Randomness } from '@lentera/sealed/open'
import type { Device } from '../device/device.ts'
import { get, type Organisation } from '../device/found.ts'
import { earlier } from './days.ts'

/** Sessions of an invented trainer: every third officer of a sheet has been to one before. */
export async function writeSessions(
  device: Device,
  organisation: Organisation,
  { country, count, today }: { readonly country: Country; readonly count: number; readonly today: CivilDate },
  random: Randomness,
): Promise<void> {
  const roll = (n: number): number => (random(1)[0] ?? 0) % n
  const known: { officer: PersonKey; sex: 'female' | 'male'; agency: Agency }[] = []
  for (let i = 0; i < count; i++) {
    const stream = StreamId.parse(randomUuid(random(16)))
    const heldOn = earlier(today, 20 + (count - i) * 45)
    const modules = Module.options.slice(i % 3, (i % 3) + 1 + (i % 2))
    await device.write(
      get(holdSession({ stream, organisation: organisation.organisation, country, modules, heldOn }, today)),
    )
    const sheet = new Set<(typeof known)[number]>()
    for (let n = 0; n < 8 + roll(8); n++) {
      const again = n % 3 === 2 ? known[roll(Math.max(1, known.length))] : undefined
      const officer = again ?? {
        officer: PersonKey.parse(randomUuid(random(16))),
        sex: roll(2) === 0 ? ('female' as const) : ('male' as const),
        agency: Agency.options[roll(4)] ?? 'police',
      }
      sheet.add(officer)
      if (!again) known.push(officer)
    }
    const session = projectSession(device.state(stream))
    if (session) await device.write(get(recordAttendance(stream, session, [...sheet], 'paper')))
  }
}
