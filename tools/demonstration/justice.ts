import type { Draft } from '@lentera/core/log/draft'
import { type CivilDate, quarterOf } from '@lentera/core/shared/dates'
import type { EntryId } from '@lentera/core/shared/ids'
import type { Country } from '@lentera/core/shared/places'
import type { Decision } from '@lentera/core/shared/refusals'
import {
  giveVerdict,
  openCriminalCase,
  passSentence,
  reachStage,
  recordAccused,
} from '@lentera/core/support/justice/capture'
import { type CriminalCase, projectCriminalCase } from '@lentera/core/support/justice/project'
import type { Stage, Verdict } from '@lentera/core/support/justice/words'
import type { Randomness } from '@lentera/sealed/open'
import { get, type Person, writeNewKeyed } from '../device/found.ts'
import { earlier } from './days.ts'
import type { Writer } from './found.ts'

export type Prosecuting = {
  readonly country: Country
  readonly today: CivilDate
  /** Who of the caseworker's team may read it. */
  readonly team: readonly Person[]
  /** Perpetrators who are sentenced to ten years. */
  readonly convicted: number
}

/** One invented criminal case: where anybody was convicted it has ended, elsewhere it stands before a court. */
export async function writeCriminalCase(
  { device, organisation, person }: Writer,
  { country, today, team, convicted }: Prosecuting,
  random: Randomness,
): Promise<void> {
  if (person.team === null) return
  /** So many days after the complaint: when it was written down, and the quarter it happened in. */
  const after = (days: number) => {
    const day = earlier(today, 1180 - days)
    return { moment: { today: day, at: `${day}T03:00:00Z` }, quarter: quarterOf(day) }
  }
  const said = {
    organisation: organisation.organisation,
    team: person.team,
    country,
    stage: 'complaint',
    quarter: after(0).quarter,
    opened: {
      name: convicted > 0 ? 'The workshop by the river (invented)' : 'The false agency (invented)',
      court: 'A district court (invented)',
    },
  } as const
  const { stream, key } = await writeNewKeyed(
    device,
    organisation,
    team,
    (ids) => openCriminalCase({ ...said, ...ids }, after(0).moment),
    after(0).moment.today,
    random,
  )
  const decide = async (command: (of: CriminalCase) => Decision<Draft[]>): Promise<EntryId | undefined> => {
    const of = projectCriminalCase(device.state(stream))
    if (!of) throw new Error('a criminal case that was opened is there')
    const [made] = await device.write(get(command(of)), key)
    return made?.id
  }
  const reached: readonly [Stage, number][] = [
    ['investigation', 100],
    ['prosecution', 280],
    ['trial', 470],
  ]
  for (const [stage, days] of reached) {
    const { moment, quarter } = after(days)
    await decide((of) => reachStage(stream, of, { stage, quarter }, moment))
  }
  // Women are perpetrators too; and not everybody who is accused did it.
  const verdicts: readonly (Verdict | undefined)[] =
    convicted > 0 ? [...Array<Verdict>(convicted).fill('convicted'), 'acquitted'] : [undefined, undefined]
  const [charged, judged] = [after(280), after(640)]
  for (const [i, verdict] of verdicts.entries()) {
    const who = { sex: i % 4 === 1 ? 'female' : 'male', age: 'adult', name: '', role: '' } as const
    const { quarter } = charged
    const accused = await decide((of) => recordAccused(stream, of, { ...who, quarter }, charged.moment))
    if (!accused || !verdict) continue
    await decide((of) => giveVerdict(stream, of, { accused, verdict, quarter: judged.quarter }, judged.moment))
    if (verdict !== 'convicted') continue
    const sentence = { accused, sentence: 'imprisonment', years: 10, quarter: judged.quarter } as const
    await decide((of) => passSentence(stream, of, sentence, judged.moment))
  }
  if (convicted === 0) return
  const { moment, quarter } = after(760)
  await decide((of) => reachStage(stream, of, { stage: 'closed', quarter }, moment))
}
