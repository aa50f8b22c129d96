import { type Draft, draft } from '../../log/draft.ts'
import type { Moment, NewStream } from '../../log/sealed-kinds.ts'
import type { CivilDate } from '../../shared/dates.ts'
import type { StreamId } from '../../shared/ids.ts'
import { thisQuarter } from '../../shared/quarters.ts'
import { accept, type Decision, refuse } from '../../shared/refusals.ts'
import { textOf } from '../sealed-texts.ts'
import { coverPlanInError, coverPlanned, coverReplanned, rosterChanged, rosterInError, rosterMade } from './entries.ts'
import type { Kept, PlanOpened, RosterOpened } from './project.ts'
import { Duties, longest, mostBroken, type RosterSaid, sealedOfPlan, textsOfPlan } from './words.ts'

/** All three are sealed: what the agency calls it, its steps, and the page as it was signed. */
type SayPlan = { readonly title: string; readonly drawn: string; readonly page: string }
export type KeepPlan = NewStream & SayPlan

/** Refused: `cover.no-title` {longest}, `cover.plan-too-long`. */
export function keepPlan({ stream, title, drawn, page, ...ids }: KeepPlan, moment: Moment): Decision<Draft[]> {
  const said = allowed({ title, drawn, page })
  if (!said.ok) return said
  return accept([draft(coverPlanned, stream, thisQuarter(moment), ids, { ...said.value, at: moment.at })])
}

/** The plan drawn again. Refused: as `keepPlan`, `workforce.in-error`, `workforce.nothing-changed`. */
export function redrawPlan(
  stream: StreamId,
  { kept, said }: { readonly kept: Kept; readonly said: PlanOpened },
  change: SayPlan,
  moment: Moment,
): Decision<Draft[]> {
  if (kept.enteredInError) return refuse('workforce.in-error')
  const now = allowed(change)
  if (!now.ok) return now
  const isSame = said.disputed.length === 0 && sealedOfPlan.every((field) => said[field] === now.value[field])
  if (isSame) return refuse('workforce.nothing-changed')
  return accept([draft(coverReplanned, stream, thisQuarter(moment), {}, { ...now.value, replannedAt: moment.at })])
}

export type KeepRoster = NewStream & {
  readonly post: StreamId
  /** The neighbour whose officers are on it too. */
  readonly partner: StreamId | undefined
  readonly from: CivilDate
} & WhoWorks

/**
 * Who works when, the shifts that were kept though somebody is alone on them, the other rules that were kept broken (each said so by
 * whoever keeps the roster), and the days that a hand has set.
 */
type WhoWorks = Pick<RosterSaid, 'duties' | 'alone' | 'byHand' | 'broken'>

/** Refused: `roster.empty`, `roster.too-broken` {most}. Rules are the checker's: what a hand has set may break one, is kept, and says so. */
export function keepRoster(
  { stream, post, partner, from, duties, alone, byHand, broken, ...ids }: KeepRoster,
  moment: Moment,
): Decision<Draft[]> {
  if (!isRoster(duties)) return refuse('roster.empty')
  if (broken.length > mostBroken) return refuse('roster.too-broken', { most: mostBroken })
  const opened = { post, partner, from, ...textsOf({ duties, alone, byHand, broken }), at: moment.at }
  return accept([draft(rosterMade, stream, thisQuarter(moment), ids, opened)])
}

/** Refused: `roster.empty`, `roster.too-broken` {most}, `workforce.in-error`, `workforce.nothing-changed`. */
export function changeRoster(
  stream: StreamId,
  { kept, said }: { readonly kept: Kept; readonly said: RosterOpened },
  works: WhoWorks,
  moment: Moment,
): Decision<Draft[]> {
  if (kept.enteredInError) return refuse('workforce.in-error')
  if (!isRoster(works.duties)) return refuse('roster.empty')
  if (works.broken.length > mostBroken) return refuse('roster.too-broken', { most: mostBroken })
  const now = textsOf(works)
  const { duties = {}, alone = [], byHand = {}, broken = [] } = said
  if (said.disputed.length === 0 && textOf(now) === textOf(textsOf({ duties, alone, byHand, broken })))
    return refuse('workforce.nothing-changed')
  return accept([draft(rosterChanged, stream, thisQuarter(moment), {}, { ...now, changedAt: moment.at })])
}

const textsOf = ({ duties, alone, byHand, broken }: WhoWorks) => ({
  duties: textOf(duties),
  alone: textOf(alone),
  byHand: textOf(byHand),
  broken: textOf(broken),
})

export const markPlanInError = (stream: StreamId, kept: Kept, is: boolean, moment: Moment): Decision<Draft[]> =>
  accept([draft(coverPlanInError, stream, thisQuarter(moment), marked(kept, is), { markedAt: moment.at })])

export const markRosterInError = (stream: StreamId, kept: Kept, is: boolean, moment: Moment): Decision<Draft[]> =>
  accept([draft(rosterInError, stream, thisQuarter(moment), marked(kept, is), { markedAt: moment.at })])

const marked = ({ opening }: Kept, is: boolean) => ({ record: opening, enteredInError: is })

function allowed({ title, drawn, page }: SayPlan): Decision<SayPlan> {
  const name = textsOfPlan.title.safeParse(title).data
  if (name === undefined) return refuse('cover.no-title', { longest: longest.title })
  const isShort = textsOfPlan.drawn.safeParse(drawn).success && textsOfPlan.page.safeParse(page).success
  return isShort ? accept({ title: name, drawn, page }) : refuse('cover.plan-too-long')
}

const isRoster = (duties: Duties): boolean =>
  Object.values(duties).some((days) => days.replaceAll(',', '') !== '') && Duties.safeParse(duties).success
