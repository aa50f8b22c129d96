import { type CivilDate, quarterOf } from '@lentera/core/shared/dates'
import { type Currency, ofUnits } from '@lentera/core/shared/money'
import type { Country } from '@lentera/core/shared/places'
import { attendCourse, followUp, giveGrant, registerParticipant } from '@lentera/core/support/livelihoods/capture'
import { type Participant, projectParticipant } from '@lentera/core/support/livelihoods/project'
import { Course } from '@lentera/core/support/livelihoods/words'
import type { Randomness } from '@lentera/sealed/open'
import { get, writeNewKeyed } from '../device/found.ts'
import type { Amounts } from './amounts.ts'
import { earlier } from './days.ts'
import type { Writer } from './found.ts'

/** Stones, so that nobody takes one for a person; each says that it is invented. */
const names = ['Pearl', 'Amber', 'Jade', 'Coral', 'Opal', 'Topaz', 'Garnet', 'Ruby', 'Quartz', 'Agate', 'Beryl', 'Onyx']

/** The money of a country, and an invented sum of it. */
const paid: Partial<Record<Country, readonly [Currency, number]>> = {
  KH: ['KHR', 400_000],
  MM: ['MMK', 210_000],
  TH: ['THB', 3_600],
}

export type Livelihoods = Pick<Amounts, 'participants' | 'supported'> & {
  readonly country: Country
  readonly today: CivilDate
}

/**
 * Invented participants: all attend a course, most a second; the first `supported` are given money and things to begin with, and are
 * followed up. Beside them one in fifty who does not want to be counted.
 */
export async function writeParticipants(
  { device, person, organisation }: Writer,
  { country, participants, supported, today }: Livelihoods,
  random: Randomness,
  tick: () => void,
): Promise<void> {
  const { team } = person
  const [currency, sum] = paid[country] ?? []
  if (team === null || !currency || !sum) return
  const uncounted = Math.ceil(participants / 50)
  for (let i = 0; i < participants + uncounted; i++) {
    const began = earlier(today, 30 + ((i * 101) % 1350))
    const moment = { today: began, at: `${began}T03:00:00Z` }
    const said = {
      organisation: organisation.organisation,
      team,
      country,
      sex: 'female',
      age: 'adult',
      consentCounting: i < participants ? 'given' : 'refused',
      name: `${names[i % names.length]} ${i + 1} (invented)`,
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
    tick()
    if (i >= supported) continue
    for (const grant of ['in-cash', 'in-kind'] as const) {
      const amount = ofUnits(currency, sum + (i % 8) * (sum / 8))
      const what = grant === 'in-kind' ? 'Invented: tools of her trade' : ''
      await device.write(get(giveGrant(stream, her(), { grant, amount, what, quarter }, moment)), key)
    }
    const running = (['yes', 'yes', 'no', 'not-known'] as const)[i % 4]
    await device.write(get(followUp(stream, her(), { running, quarter }, moment)), key)
  }
}
