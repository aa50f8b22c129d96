import { type Draft, draft, isNothing } from '../../log/draft.ts'
import type { Agency } from '../../shared/agencies.ts'
import { type CivilDate, firstDayOf } from '../../shared/dates.ts'
import type { OrganisationId, StreamId } from '../../shared/ids.ts'
import type { Country } from '../../shared/places.ts'
import { accept, type Decision, type Refusal, refuse } from '../../shared/refusals.ts'
import { barrierDescribed, barrierFound, barrierInError } from './entries.ts'
import type { Barrier } from './project.ts'
import { type BarrierLevel, longestLine, longestText, type MowipArea } from './words.ts'

export type Found = {
  readonly agency: Agency
  readonly area: MowipArea
  readonly level: BarrierLevel
  readonly evidence: string
  readonly practice: string
  readonly recommendation: StreamId | null
  readonly owner: string
  readonly due: CivilDate | null
}

export type FindBarrier = Found & {
  readonly stream: StreamId
  readonly organisation: OrganisationId
  readonly country: Country
  readonly on: CivilDate
}

/** @param follows the recommendation it names, as it stands. Refused: `workforce.not-yet`, and as `wrongFound`. */
export function findBarrier(command: FindBarrier, follows: Led | undefined, today: CivilDate): Decision<Draft[]> {
  const { stream, on, ...said } = command
  if (firstDayOf(on) > today) return refuse('workforce.not-yet')
  const coded = trimmed(said)
  const wrong = wrongFound(coded, on, follows)
  if (wrong) return { ok: false, refusal: wrong }
  return accept([draft(barrierFound, stream, on, coded)])
}

/** Only what was wrong. Refused: `workforce.nothing-changed`, and as `wrongFound`. */
export function describeBarrier(
  stream: StreamId,
  { on }: Barrier,
  change: Partial<Found>,
  follows: Led | undefined,
): Decision<Draft[]> {
  if (isNothing(change)) return refuse('workforce.nothing-changed')
  const coded = trimmed(change)
  const wrong = wrongFound(coded, on, follows)
  if (wrong) return { ok: false, refusal: wrong }
  return accept([draft(barrierDescribed, stream, on, coded)])
}

/** Marks a barrier as never having been, or takes that back. */
export function markBarrierInError(stream: StreamId, barrier: Barrier, isInError: boolean): Decision<Draft[]> {
  return accept([draft(barrierInError, stream, barrier.on, { record: barrier.opening, enteredInError: isInError })])
}

/** What is asked of a recommendation that a barrier leads to. */
type Led = { readonly status: string | undefined; readonly enteredInError: boolean }

/**
 * Refused: `workforce.no-barrier-evidence`, `workforce.text-too-long` {most}, `workforce.due-before-found`,
 * `workforce.recommendation-rejected`.
 */
function wrongFound(
  { evidence, practice, owner, due, recommendation }: Partial<Found>,
  on: CivilDate,
  follows: Led | undefined,
): Refusal | undefined {
  if (evidence === '') return { code: 'workforce.no-barrier-evidence', values: {} }
  if ([evidence, practice].some((text) => text !== undefined && text.length > longestText))
    return { code: 'workforce.text-too-long', values: { most: longestText } }
  if (owner !== undefined && owner.length > longestLine)
    return { code: 'workforce.text-too-long', values: { most: longestLine } }
  if (due && firstDayOf(due) < firstDayOf(on)) return { code: 'workforce.due-before-found', values: {} }
  if (recommendation && (!follows || follows.enteredInError || follows.status === 'rejected'))
    return { code: 'workforce.recommendation-rejected', values: {} }
  return undefined
}

/** Texts as they are kept, without the spaces around them. */
const trimmed = <T extends object>(said: T): T =>
  // The same fields with the same kinds of values: trimming a text leaves a text.
  Object.fromEntries(
    Object.entries(said).map(([name, value]) => [name, typeof value === 'string' ? value.trim() : value]),
  ) as T
