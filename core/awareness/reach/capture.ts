import { type Draft, draft } from '../../log/draft.ts'
import type { Qualifier } from '../../shared/counts.ts'
import { type CivilDate, firstDayOf } from '../../shared/dates.ts'
import type { EntryId, OrganisationId, StreamId } from '../../shared/ids.ts'
import type { Country } from '../../shared/places.ts'
import { accept, type Decision, refuse } from '../../shared/refusals.ts'
import { type Channel, mostReached, type ReachSource, type ReachUnit } from '../words.ts'
import { reachCorrected, reachInError, reachStated, workDescribed, workShown } from './entries.ts'
import type { Work } from './project.ts'

export type ShowWork = {
  readonly stream: StreamId
  readonly organisation: OrganisationId
  readonly country: Country
  readonly channel: Channel
  readonly title: string
  readonly shownOn: CivilDate
}

/** Refused: `awareness.not-happened-yet`, `awareness.no-title`. */
export function showWork(command: ShowWork, today: CivilDate): Decision<Draft[]> {
  const { stream, shownOn, organisation, country, channel } = command
  const title = command.title.trim()
  if (firstDayOf(shownOn) > today) return refuse('awareness.not-happened-yet')
  if (title === '' || title.length > 120) return refuse('awareness.no-title')
  return accept([draft(workShown, stream, shownOn, { organisation, country, channel, title })])
}

/** Only what was wrong. Refused: `awareness.nothing-changed`, `awareness.no-title`. */
export function describeWork(
  stream: StreamId,
  work: Work,
  change: { readonly channel?: Channel; readonly title?: string },
): Decision<Draft[]> {
  const title = change.title?.trim()
  if (change.channel === undefined && title === undefined) return refuse('awareness.nothing-changed')
  if (title === '' || (title && title.length > 120)) return refuse('awareness.no-title')
  return accept([draft(workDescribed, stream, work.shownOn, { channel: change.channel, title })])
}

/** How a source tells it: the number, how it was said, and who said it. */
export type Told = { readonly amount: number; readonly qualifier: Qualifier; readonly source: ReachSource }

/**
 * The whole reach up to a day, in one unit.
 * Refused: `awareness.work-in-error`, `awareness.not-happened-yet`, `awareness.before-shown`, `awareness.no-reach` {most},
 * `awareness.less-than-before` {before}.
 */
export function stateReach(
  stream: StreamId,
  work: Work,
  told: Told & { readonly unit: ReachUnit; readonly asOf: CivilDate },
  today: CivilDate,
): Decision<Draft[]> {
  const { unit, asOf, amount, qualifier, source } = told
  if (work.enteredInError) return refuse('awareness.work-in-error')
  if (firstDayOf(asOf) > today) return refuse('awareness.not-happened-yet')
  if (firstDayOf(asOf) < firstDayOf(work.shownOn)) return refuse('awareness.before-shown')
  if (!isReach(amount)) return refuse('awareness.no-reach', { most: mostReached })
  // A counter does not run backwards, unless what was said before was only about so many.
  const earlier = work.statements.find((each) => each.unit === unit && each.asOf <= asOf && !each.enteredInError)
  if (earlier && earlier.qualifier !== 'about' && amount < earlier.amount)
    return refuse('awareness.less-than-before', { before: earlier.amount })
  return accept([draft(reachStated, stream, asOf, { unit, amount, qualifier, source })])
}

const isReach = (amount: number): boolean => Number.isInteger(amount) && amount > 0 && amount <= mostReached

/** Refused: `awareness.no-such-row`, `awareness.no-reach` {most}, `awareness.nothing-changed`. */
export function correctReach(stream: StreamId, work: Work, record: EntryId, told: Told): Decision<Draft[]> {
  const row = work.statements.find((each) => each.record === record)
  if (!row) return refuse('awareness.no-such-row')
  const { amount, qualifier, source } = told
  if (!isReach(amount)) return refuse('awareness.no-reach', { most: mostReached })
  const isSame = amount === row.amount && qualifier === row.qualifier && source === row.source
  const isDisputed = work.conflicts.some((each) => each.record === record)
  if (isSame && !isDisputed) return refuse('awareness.nothing-changed')
  return accept([draft(reachCorrected, stream, row.asOf, { record, amount, qualifier, source })])
}

/** Marks a statement, or (`work.opening`) the whole work, as never having been; or takes that back. Refused: `awareness.no-such-row`. */
export function markReachInError(stream: StreamId, work: Work, record: EntryId, isInError: boolean): Decision<Draft[]> {
  if (record !== work.opening && !work.statements.some((each) => each.record === record))
    return refuse('awareness.no-such-row')
  return accept([draft(reachInError, stream, work.shownOn, { record, enteredInError: isInError })])
}
