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

/** One officer, or `count` who are alike. */
export type People = { readonly serves: Officer | OfficerGroup; readonly count: number }

/** What the rules look up. */
export type Reading = {
  readonly problem: PlanProblem
  readonly posts: ReadonlyMap<PostKey, Post>
  /** By `nameOf`. */
  readonly people: ReadonlyMap<string, People>
}

export function readProblem(problem: PlanProblem): Reading {
  const people = new Map<string, People>()
  for (const serves of problem.officers) people.set(nameOf('officer', serves.key), { serves, count: 1 })
  for (const serves of problem.groups) people.set(nameOf('group', serves.key), { serves, count: serves.count })
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
  return placedOf(actions, kind).map(({ action }) => action)
}

export function placedOf<Kind extends Action['kind']>(
  actions: readonly Action[],
  kind: Kind,
): readonly Placed<OfKind<Kind>>[] {
  const isOf = (action: Action): action is OfKind<Kind> => action.kind === kind
  return actions.flatMap((action, at) => (isOf(action) ? [{ action, at }] : []))
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
  const [startYear, ...monthAndDay] = startsOn.split('-')
  return until === null || until >= [Number(startYear) + year, ...monthAndDay].join('-')
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
