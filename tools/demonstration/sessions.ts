import { Agency } from '@lentera/core/shared/agencies'
import type { CivilDate } from '@lentera/core/shared/dates'
import { PersonKey, randomUuid, StreamId } from '@lentera/core/shared/ids'
import type { Country } from '@lentera/core/shared/places'
import { holdSession, recordAttendance } from '@lentera/core/training/capture'
import { projectSession } from '@lentera/core/training/project'
import { Module } from '@lentera/core/training/words'
import type { Randomness } from '@lentera/sealed/open'
import { get } from '../device/found.ts'
import type { Amounts } from './amounts.ts'
import { earlier } from './days.ts'
import type { Writer } from './found.ts'

export type Training = Pick<Amounts, 'officers'> & { readonly country: Country; readonly today: CivilDate }

/** Sessions of an invented trainer, eighteen new officers at each; a few of those who came before come again. */
export async function writeSessions(
  { device, organisation }: Writer,
  { country, officers, today }: Training,
  random: Randomness,
): Promise<void> {
  const roll = (n: number): number => (random(1)[0] ?? 0) % n
  const all = Array.from({ length: officers.women + officers.men }, (_, n) => ({
    officer: PersonKey.parse(randomUuid(random(16))),
    // Women and men in turn, as long as there are both.
    sex: isOfFirst(n, officers.women, officers.men) ? ('female' as const) : ('male' as const),
    agency: Agency.options[roll(4)] ?? 'police',
  }))
  const count = Math.max(3, Math.ceil(all.length / perSession))
  for (let i = 0; i < count; i++) {
    const stream = StreamId.parse(randomUuid(random(16)))
    const heldOn = earlier(today, 20 + Math.floor(((count - 1 - i) * 1350) / count))
    const modules = Module.options.slice(i % 3, (i % 3) + 1 + (i % 2))
    const { organisation: id } = organisation
    await device.write(get(holdSession({ stream, organisation: id, country, modules, heldOn }, today)))
    const begin = Math.floor((i * all.length) / count)
    const fresh = all.slice(begin, Math.floor(((i + 1) * all.length) / count))
    const again = begin === 0 ? [] : [0, 1, 2, 3].flatMap(() => all[roll(Math.min(begin, 250))] ?? [])
    const sheet = [...new Set([...fresh, ...again])]
    const session = projectSession(device.state(stream))
    if (session && sheet.length > 0) await device.write(get(recordAttendance(stream, session, sheet, 'paper')))
  }
}

const perSession = 18

/** Of two groups, spread evenly: whether the n-th of all is of the first. */
function isOfFirst(n: number, first: number, second: number): boolean {
  const share = (upTo: number): number => Math.floor((upTo * first) / (first + second))
  return share(n + 1) > share(n)
}
