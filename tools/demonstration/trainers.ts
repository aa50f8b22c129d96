import type { CivilDate } from '@lentera/core/shared/dates'
import { PersonKey, randomUuid, StreamId } from '@lentera/core/shared/ids'
import type { ProgrammeLanguage } from '@lentera/core/shared/languages'
import type { Country } from '@lentera/core/shared/places'
import { holdWebinar, requestSelfCare } from '@lentera/core/training/self-care/capture'
import { projectRequest } from '@lentera/core/training/self-care/project'
import { SelfCareTopic } from '@lentera/core/training/self-care/words'
import { certifyTrainer, registerTrainer, takeStep } from '@lentera/core/training/trainer/capture'
import { type NationalTrainer, projectTrainer } from '@lentera/core/training/trainer/project'
import { type Certifier, type Step, stepsNeeded, trainerStream } from '@lentera/core/training/trainer/words'
import { Module } from '@lentera/core/training/words'
import type { Randomness } from '@lentera/sealed/open'
import { get } from '../device/found.ts'
import { earlier } from './days.ts'
import type { Writer } from './found.ts'

type Where = { readonly country: Country; readonly today: CivilDate }

const languageOf: Partial<Record<Country, ProgrammeLanguage>> = {
  KH: 'km',
  MM: 'my',
  TH: 'th',
  LA: 'lo',
  PH: 'fil',
  MY: 'ms',
  ID: 'id',
}

/** National trainers of a country: one certified by those the programme began with, two by her, and one on her way. */
export async function writeTrainers(
  { device, organisation: { organisation } }: Writer,
  { country, today }: Where,
  random: Randomness,
): Promise<void> {
  const language = languageOf[country]
  if (!language) return
  const keys: PersonKey[] = []
  const known = (): NationalTrainer[] => keys.flatMap((key) => projectTrainer(device.state(trainerStream(key))) ?? [])
  const latest = (key: PersonKey): NationalTrainer => {
    const trainer = projectTrainer(device.state(trainerStream(key)))
    if (!trainer) throw new Error('a trainer who was registered is there')
    return trainer
  }
  for (let i = 0; i < 4; i++) {
    const key = PersonKey.parse(randomUuid(random(16)))
    const said = { country, agency: 'police', sex: i % 2 === 0 ? 'female' : 'male' } as const
    await device.write(get(registerTrainer(organisation, key, said, known(), today)))
    keys.push(key)
    // The last of them has not been observed yet.
    const isOnHerWay = i === 3
    const steps = Object.entries(stepsNeeded) as [Step, number][]
    for (const [n, [step, times]] of steps.entries())
      for (let time = 0; time < times; time++) {
        if (isOnHerWay && step === 'observed') continue
        const on = earlier(today, 790 - i * 40 - n * 12 - time * 5)
        await device.write(get(takeStep(latest(key), { step, on, session: null }, today)))
      }
    if (isOnHerWay) continue
    const by: Certifier = i === 0 ? 'founding-trainers' : (keys[0] ?? 'founding-trainers')
    // The founders' own certificates end within the quarter: that is what is due.
    const certifiedOn = earlier(today, i === 0 ? 660 : 380 - i * 30)
    for (const module of i === 2 ? Module.options.slice(0, 2) : Module.options) {
      const certificate = { module, moduleVersion: '1', language, by, certifiedOn }
      await device.write(get(certifyTrainer(latest(key), certificate, known(), today)))
    }
  }
}

/** A need that a unit spoke out, and the three webinars that answered it: counts, and no names. */
export async function writeSelfCare(
  { device, organisation: { organisation } }: Writer,
  { country, today }: Where,
  random: Randomness,
): Promise<void> {
  const request = StreamId.parse(randomUuid(random(16)))
  const need = {
    country,
    agency: 'police',
    unit: 'women-and-children-protection',
    topic: 'stress-and-secondary-trauma',
    people: 60,
    askedOn: earlier(today, 1010),
  } as const
  await device.write(get(requestSelfCare(request, organisation, need, today)))
  const asked = projectRequest(device.state(request))
  if (!asked) return
  for (const [i, topic] of SelfCareTopic.options.entries()) {
    const said = {
      topic,
      heldOn: earlier(today, 980 - i * 30),
      minutes: 60,
      attendance: { female: 41 - i * 4, male: 12 + i, another: 0, unknown: 0 },
      answers: [request],
    }
    const stream = StreamId.parse(randomUuid(random(16)))
    await device.write(get(holdWebinar(stream, organisation, said, new Map([[request, asked]]), today)))
  }
}
