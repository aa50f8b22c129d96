import { type CivilDate, quarterOf } from '@lentera/core/shared/dates'
import { Hash, randomUuid, StreamId } from '@lentera/core/shared/ids'
import { type Currency, ofUnits } from '@lentera/core/shared/money'
import type { Country } from '@lentera/core/shared/places'
import { attendCourse, followUp, giveGrant, registerParticipant } from '@lentera/core/support/livelihoods/capture'
import { type Participant, projectParticipant } from '@lentera/core/support/livelihoods/project'
import { importRates } from '@lentera/core/support/livelihoods/rates/capture'
import { readRates } from '@lentera/core/support/livelihoods/rates/read'
import { Course } from '@lentera/core/support/livelihoods/words'
import type { Randomness } from '@lentera/sealed/open'
import { hashNow } from '@lentera/sealed/verify'
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
  await importTable(device, currency, today, random)
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
    // Some were paid before the table of rates begins, or on a day nobody wrote down: their worth in dollars is not known.
    const day = i % 9 === 4 ? undefined : began
    const course = (n: number): Course | undefined => Course.options[n % Course.options.length]
    await device.write(get(attendCourse(stream, her(), { course: course(i), quarter }, moment)), key)
    if (i % 3 !== 2)
      await device.write(get(attendCourse(stream, her(), { course: course(i + 1), quarter }, moment)), key)
    tick()
    if (i >= supported) continue
    for (const grant of ['in-cash', 'in-kind'] as const) {
      const amount = ofUnits(currency, sum + (i % 8) * (sum / 8))
      const what = grant === 'in-kind' ? 'Invented: tools of her trade' : ''
      await device.write(get(giveGrant(stream, her(), { grant, amount, what, quarter, day }, moment)), key)
    }
    const running = (['yes', 'yes', 'no', 'not-known'] as const)[i % 4]
    await device.write(get(followUp(stream, her(), { running, quarter }, moment)), key)
  }
}

/** Rates of the last three years, one a month, wandering a little: every one of them is invented. */
async function importTable(
  device: Writer['device'],
  currency: Currency,
  today: CivilDate,
  random: Randomness,
): Promise<void> {
  const around = invented[currency]
  if (!around) return
  const rows = Array.from({ length: 37 }, (_, months) => {
    const day = `${earlier(today, months * 30).slice(0, 7)}-01`
    return [day, currency, String(around + ((months * 7) % 11) * (around / 400))]
  })
  // Thirty days are no month: a month met twice is one row.
  const months = [...new Map(rows.map((row) => [row[0], row])).values()]
  const lines = [['day', 'currency', 'units per USD'], ...months].map((cells, i) => ({ line: i + 1, cells }))
  const said = {
    stream: StreamId.parse(randomUuid(random(16))),
    read: get(readRates(lines, today)),
    hash: Hash.parse(hashNow(JSON.stringify(lines))),
    leaveOut: false,
    tables: [],
    source: 'A table of rates (invented)',
    edition: today.slice(0, 7),
    verifiedOn: today,
  }
  await device.write(get(importRates(said, today)))
}

/** Units for a dollar, about: round numbers that no bank published. */
const invented: Partial<Record<Currency, number>> = { KHR: 4000, MMK: 2000, THB: 36 }
