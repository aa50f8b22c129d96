import type { CivilDate } from '@lentera/core/shared/dates'
import type {
  Action,
  Officer,
  OfficerGroup,
  PlanProblem,
  PlanRules,
  PlanYear,
  Post,
  PostKey,
  Who,
} from '../plan/words.ts'

/** One officer, or `count` who are alike. `holds`: the last year at whose end a certificate of hers does; 0: of none. */
export type People = { readonly serves: Officer | OfficerGroup; readonly count: number; readonly holds: PlanYear }

/** What the rules look up. */
export type Reading = {
  readonly problem: PlanProblem
  readonly posts: ReadonlyMap<PostKey, Post>
  /** By `nameOf`. */
  readonly people: ReadonlyMap<string, People>
}

export function readProblem(problem: PlanProblem): Reading {
  const people = new Map<string, People>()
  const add = (kind: 'officer' | 'group', serves: Officer | OfficerGroup, count: number): void => {
    const { training } = serves
    const holds = training.isTrained
      ? yearsFrom(problem, 1).filter((year) => isValidAtEndOf(problem, year, training.until)).length
      : 0
    people.set(nameOf(kind, serves.key), { serves, count, holds })
  }
  for (const serves of problem.officers) add('officer', serves, 1)
  for (const serves of problem.groups) add('group', serves, serves.count)
  return { problem, posts: new Map(problem.posts.map((post) => [post.key, post])), people }
}

/** An officer and a group may have one key. */
const nameOf = (kind: 'officer' | 'group', key: string): string => `${kind} ${key}`

export type Taken = { readonly name: string; readonly key: string; readonly count: number }

export function takenBy(who: Who): readonly Taken[] {
  return [
    ...who.officers.map((key) => ({ name: nameOf('officer', key), key, count: 1 })),
    ...who.groups.map(({ group, count }) => ({ name: nameOf('group', group), key: group, count })),
  ]
}

/** An action with its place in the plan. */
export type Placed<Some extends Action = Action> = { readonly action: Some; readonly at: number }

type OfKind<Kind extends Action['kind']> = Extract<Action, { readonly kind: Kind }>

export function kindOf<Kind extends Action['kind']>(actions: readonly Action[], kind: Kind): readonly OfKind<Kind>[] {
  return actions.filter((action): action is OfKind<Kind> => action.kind === kind)
}

export function placedOf<Kind extends Action['kind']>(
  actions: readonly Action[],
  kind: Kind,
): readonly Placed<OfKind<Kind>>[] {
  const isOf = (action: Action): action is OfKind<Kind> => action.kind === kind
  const placed: Placed<OfKind<Kind>>[] = []
  for (const [at, action] of actions.entries()) if (isOf(action)) placed.push({ action, at })
  return placed
}

/** Training and moves name who they are about. */
export function isAbout(action: Action): action is OfKind<'train' | 'move'> {
  return action.kind === 'train' || action.kind === 'move'
}

// ---------------------------------------------------------------------------------------------------------------------
// Time

/** The year at whose end an action counts: one of 12 months or less at the end of its own. */
export function countsIn({ year }: { readonly year: PlanYear }, leadMonths: number): PlanYear {
  return year + Math.max(0, Math.ceil(leadMonths / 12) - 1)
}

/** Each year from `from` to the last. */
export function yearsFrom({ years }: PlanProblem, from: PlanYear): readonly PlanYear[] {
  return Array.from({ length: Math.max(0, years - from + 1) }, (_, index) => from + index)
}

/**
 * Whether a certificate still holds when the year has ended, on the anniversary of the day the plan starts on: one that
 * ends with the year's last day opens its gap that night. `until` is its last day.
 */
export function isValidAtEndOf({ startsOn }: PlanProblem, year: PlanYear, until: CivilDate | null): boolean {
  if (until === null) return true
  const [startYear, ...monthAndDay] = startsOn.split('-')
  return until >= [Number(startYear) + year, ...monthAndDay].join('-')
}

// ---------------------------------------------------------------------------------------------------------------------
// Ways

type Place = { readonly latitude: number | null; readonly longitude: number | null }

/** As the crow flies, on a sphere of 6,371 km (haversine); Infinity where nobody has said where one of them is. */
export function kilometres(from: Place, to: Place): number {
  if (from.latitude === null || from.longitude === null || to.latitude === null || to.longitude === null)
    return Infinity
  const radians = (degrees: number): number => (degrees * Math.PI) / 180
  const up = Math.sin(radians(to.latitude - from.latitude) / 2) ** 2
  const along = Math.sin(radians(to.longitude - from.longitude) / 2) ** 2
  const both = up + Math.cos(radians(from.latitude)) * Math.cos(radians(to.latitude)) * along
  return 2 * 6371 * Math.asin(Math.min(1, Math.sqrt(both)))
}

/** Minutes from one post to the other: as known, either way round, or at the speed the rules give. */
export function minutesBetween({ travel }: PlanRules, from: Post, to: Post): number {
  const known = travel.known.filter(
    (way) => (way.from === from.key && way.to === to.key) || (way.from === to.key && way.to === from.key),
  )
  if (known.length > 0) return Math.min(...known.map(({ minutes }) => minutes))
  return (kilometres(from, to) / travel.kmPerHour) * 60
}
