import { type CivilDate, quarterOf } from '@lentera/core/shared/dates'
import { ofUnits } from '@lentera/core/shared/money'
import type { Country } from '@lentera/core/shared/places'
import { attendCourse, followUp, giveGrant, registerParticipant } from '@lentera/core/support/livelihoods/capture'
import { type Participant, projectParticipant } from '@lentera/core/support/livelihoods/project'
import { Course } from '@lentera/core/support/livelihoods/words'
import type { Randomness } from '@lentera/sealed/open'
import type { Device } from '../device/device.ts'
import { get, type Organisation, type Person, writeNewKeyed } from '../device/found.ts'
import { earlier } from './days.ts'

/** Stones and trades, so that nobody takes one for a person; each says that it is invented. */
const names = ['Pearl', 'Amber', 'Jade', 'Coral', 'Opal', 'Topaz', 'Garnet', 'Ruby', 'Quartz', 'Agate', 'Beryl', 'Onyx']

/** Twelve invented participants: all attend a course, most a second, half are given a grant and are followed up. */
export async function writeLivelihoods(
  { device, person }: { readonly device: Device; readonly person: Person },
  organisation: Organisation,
  { country, today }: { readonly country: Country; readonly today: CivilDate },
  random: Randomness,
): Promise<void> {
  const { team } = person
  if (team === null) return
  for (const [i, name] of names.entries()) {
    const began = earlier(today, 60 + i * 25)
    const moment = { today: began, at: `${began}T03:00:00Z` }
    const said = {
      organisation: organisation.organisation,
      team,
      country,
      sex: 'female',
      age: 'adult',
      consentCounting: i === 11 ? 'refused' : 'given',
      name: `${name} ${i + 1} (invented)`,
      safeContact: 'Invented: through the course',
    } as const
    const { stream, key } = await writeNewKeyed(
      device,
      organisation,
      [person],
      (ids) => registerParticipant({ ...said, ...ids }, moment),
      began,
      random,
    )
    const her = (): Participant => {
      const participant = projectParticipant(device.state(stream))
      if (!participant) throw new Error('a participant who was registered is there')
      return participant
    }
    const quarter = quarterOf(began)
    const course = (n: number): Course | undefined => Course.options[n % Course.options.length]
    await device.write(get(attendCourse(stream, her(), { course: course(i), quarter }, moment)), key)
    if (i % 3 !== 2)
      await device.write(get(attendCourse(stream, her(), { course: course(i + 1), quarter }, moment)), key)
    if (i % 2 === 1) continue
    const inKind = i % 4 === 0
    const grant = {
      grant: inKind ? 'in-kind' : 'in-cash',
      amount: ofUnits('KHR', 400_000 + i * 50_000),
      what: inKind ? 'Invented: tools of her trade' : '',
      quarter,
    } as const
    await device.write(get(giveGrant(stream, her(), grant, moment)), key)
    const running = (['yes', 'no', 'not-known'] as const)[i % 3]
    await device.write(get(followUp(stream, her(), { running, quarter }, moment)), key)
  }
}
