import { draft } from '@lentera/core/log/draft'
import { pairStream, personLinked } from '@lentera/core/log/persons'
import { type CivilDate, quarterOf } from '@lentera/core/shared/dates'
import type { PersonKey } from '@lentera/core/shared/ids'
import type { Country } from '@lentera/core/shared/places'
import { closeCase, deliverService, recordNeed } from '@lentera/core/support/capture'
import { projectCase } from '@lentera/core/support/project'
import { Service } from '@lentera/core/support/words'
import { get, type Person, type Randoms, writeNewCase } from '../device/found.ts'
import { earlier } from './days.ts'
import type { Writer } from './found.ts'

/** Flowers of the region, so that nobody takes one for a person; each in two spellings, and said to be invented. */
const names = [
  ['រំដួល', 'Rumduol'],
  ['ឈូក', 'Chhouk'],
  ['ចំប៉ា', 'Champei'],
  ['มะลิ', 'Mali'],
  ['บัว', 'Bua'],
  ['กล้วยไม้', 'Kluaimai'],
  ['ပိတောက်', 'Padauk'],
  ['နှင်းဆီ', 'Hninsi'],
  ['ကြာ', 'Kya'],
  ['Romdoul', 'Rumduol'],
  ['Champey', 'Champei'],
  ['Jasmin', 'Jasmine'],
] as const

export type Registering = {
  readonly country: Country
  readonly today: CivilDate
  /** Who opens the cases, and who of her team may read them. */
  readonly writer: Writer
  readonly team: readonly Person[]
  readonly randoms: Randoms
}

/** An invented woman of the programme: the same number is the same woman, wherever she is registered. */
type Woman = { readonly number: number; readonly spelling: 0 | 1 }

export type Course = 'served' | 'nothing-given' | 'not-counted'

/** One registration, and what followed. @returns the key she is registered under */
export async function writeCase(
  { country, today, writer, team, randoms }: Registering,
  { number, spelling }: Woman,
  course: Course,
): Promise<PersonKey> {
  const { organisation, person: author, device } = writer
  if (author.team === null) throw new Error('a caseworker has a team')
  const random = randoms(`${organisation.organisation}/${course} ${number}`)
  const roll = (n: number): number => (random(1)[0] ?? 0) % n
  const ago = 20 + ((number * 137) % 1390)
  const openedOn = earlier(today, ago)
  const name = names[number % names.length]?.[spelling] ?? ''
  const { stream, key, person } = await writeNewCase(
    device,
    organisation,
    team,
    {
      team: author.team,
      country,
      sex: course === 'served' || number % 3 > 0 ? 'female' : 'male',
      age: number % 5 ? 'adult' : 'child',
      form: (['sexual-exploitation', 'forced-labour', 'forced-labour', 'other'] as const)[number % 4] ?? 'unknown',
      consentCounting: course === 'not-counted' ? 'refused' : 'given',
      opened: {
        name: `${name} ${number + 1} (invented)`,
        safeContact: 'Invented: by the shelter only',
        language: country === 'KH' ? 'km' : country === 'TH' ? 'th' : 'my',
      },
    },
    openedOn,
    random,
  )
  const file = () => {
    const found = projectCase(device.state(stream))
    if (!found) throw new Error('a case that was opened is there')
    return found
  }
  const services = course === 'nothing-given' ? 1 : 1 + roll(3)
  for (let n = 0; n < services; n++) {
    const service = Service.options[(number + n) % Service.options.length] ?? 'other'
    const day = earlier(today, Math.max(1, ago - 5 - n * 9))
    const moment = { today: day, at: `${day}T03:00:00Z` }
    await device.write(get(recordNeed(stream, file(), { service, detail: 'Invented' }, moment)), key)
    // Of what she needs the last is still to come, now and then: that is what is due.
    if (course === 'nothing-given' || (n > 0 && number % 6 === 5)) continue
    const { needs, services: given } = file()
    const need = needs.find((each) => each.service === service && !given.some((done) => done.need === each.record))
    const delivered = { service, deliveredOn: day, provider: 'Invented provider', ...(need && { need: need.record }) }
    await device.write(get(deliverService(stream, file(), delivered, moment)), key)
  }
  const moment = { today, at: `${today}T03:00:00Z` }
  if (course === 'served' && ago > 400 && number % 3 === 1)
    await device.write(get(closeCase(stream, file(), { reason: 'goals-reached' }, moment)), key)
  return person
}

/** Says of pairs of registrations that each is one woman, who consented to it: whoever counts then counts her once. */
export async function joinRegistrations(
  { device }: Writer,
  pairs: readonly (readonly [PersonKey, PersonKey])[],
  today: CivilDate,
): Promise<void> {
  const quarter = quarterOf(today)
  if (!quarter) throw new RangeError('today is a day')
  for (const [one, other] of pairs) {
    const [a, b] = one < other ? [one, other] : [other, one]
    await device.write([draft(personLinked, pairStream(a, b), quarter, { a, b, relation: 'same', consented: true })])
  }
}
