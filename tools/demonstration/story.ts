import { type CivilDate, quarterOf } from '@lentera/core/shared/dates'
import type { Country } from '@lentera/core/shared/places'
import { answerConsent, approveText, beginStory } from '@lentera/core/support/story/capture'
import { projectStory, type Story } from '@lentera/core/support/story/project'
import { Check } from '@lentera/core/support/story/words'
import type { Randomness } from '@lentera/sealed/open'
import { get, type Person, writeNewKeyed } from '../device/found.ts'
import { earlier } from './days.ts'
import type { Writer } from './found.ts'

export type Telling = {
  readonly country: Country
  readonly today: CivilDate
  readonly team: readonly Person[]
  /** Who reads the text a second time. */
  readonly reader: Writer
}

/**
 * Two places where a story would stand: one that a second person has read and that may be printed in a report, one that nobody has
 * read yet. The texts tell of nobody.
 */
export async function writeStories(
  { device, organisation, person, send }: Writer,
  { country, today, team, reader }: Telling,
  random: Randomness,
): Promise<void> {
  if (person.team === null) return
  for (const [i, name] of ['Dawn', 'River'].entries()) {
    const began = earlier(today, 130 - i * 90)
    const moment = { today: began, at: `${began}T03:00:00Z` }
    const said = {
      organisation: organisation.organisation,
      team: person.team,
      country,
      language: 'en',
      changedName: `${name} (invented)`,
      text: 'This text is invented and tells of nobody. It stands where a woman’s own words would stand, as she wants them printed, after a second person has taken out all that could lead to her.',
      photo: '',
      who: `Placeholder ${i + 1}`,
      contact: '',
      notes: '',
    } as const
    const { stream, key } = await writeNewKeyed(
      device,
      organisation,
      team,
      (ids) => beginStory({ ...said, ...ids }, moment),
      began,
      random,
    )
    if (i > 0) continue
    const story = (): Story => {
      const told = projectStory(device.state(stream))
      if (!told) throw new Error('a story that was begun is there')
      return told
    }
    const until = quarterOf(earlier(today, -300))
    const asked = { until, warningRead: true, askerControlsNoAid: true } as const
    const answers = { 'printed-report': 'given', 'donor-meeting': 'given', 'social-media': 'refused' } as const
    await device.write(get(answerConsent(stream, story(), { answers, ...asked }, moment)), key)
    await send()
    reader.device.learn(device.entries(stream))
    const read = { reader: reader.person.member, version: story().version?.entry, checked: Check.options }
    await reader.device.write(get(approveText(stream, story(), read, moment)), key)
    await reader.send()
  }
  await send()
}
