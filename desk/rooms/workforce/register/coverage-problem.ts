import { CivilDate } from '@lentera/core/shared/dates'
import type { StreamId } from '@lentera/core/shared/ids'
import type { Module } from '@lentera/core/shared/modules'
import type { OfficerAt } from '@lentera/core/workforce/officer/capture'
import { type CertificateAt, lastDaySaid, servesOn, standingOf } from '@lentera/core/workforce/officer/project'
import { modulesForTrained } from '@lentera/core/workforce/officer/words'
import type { PostAt } from '@lentera/core/workforce/post/capture'
import { isKeptOn } from '@lentera/core/workforce/post/project'
import { Facility, namesOfShifts, type Opening, type Risk, shiftsOf } from '@lentera/core/workforce/post/words'
import type { MayMove, Officer, OpenShift, PlanProblem, Post, Training } from '@lentera/planner/plan'
import { twiceIn } from './twice.ts'

/** What of the register goes into a plan, and what cannot: told, so that nobody takes a plan for the whole agency's. */
export type CoverageProblem = {
  readonly problem: Pick<PlanProblem, 'startsOn' | 'posts' | 'officers'> & {
    readonly travel: PlanProblem['rules']['travel']['known']
  }
  readonly leftOut: readonly LeftOut[]
}

export type LeftOut = {
  readonly stream: StreamId
  readonly why:
    | 'no-hours'
    /** Two posts stand beside each other, or two sexes: until a person settles it she covers nothing. */
    | 'two-answers'
    | 'post-left-out'
    /** Stands twice under one number or code: covers once at the most, until a person settles it. */
    | 'twice'
}

/**
 * The register of a day as a problem of the planner: keys are the streams' random ids, and no name, number or home goes along. Posts
 * that are not kept on that day and officers who do not serve are no part of it.
 *
 * @param asked the modules that make an officer trained
 */
export function coverageProblem(
  posts: readonly PostAt[],
  officers: readonly OfficerAt[],
  day: CivilDate,
  asked: readonly Module[] = modulesForTrained,
): CoverageProblem {
  const leftOut: LeftOut[] = []
  const serving = officers.filter((each) => servesOn(each, day))
  const open = posts.filter(({ post, said }) => !post.enteredInError && isKeptOn(said, day))
  const twice = twiceIn(open, serving, (each) => trainedUntil(each, day, asked))
  for (const { stream } of [...open, ...serving])
    if (twice.uncounted.has(stream)) leftOut.push({ stream, why: 'twice' })
  const kept = open.filter(({ stream }) => !twice.uncounted.has(stream))
  const planned = kept.flatMap((each): Post[] => {
    const { opening } = each.said
    if (opening) return [postOf(each, opening)]
    leftOut.push({ stream: each.stream, why: 'no-hours' })
    return []
  })
  const keys = new Set<string>(planned.map(({ key }) => key))
  const people = serving.flatMap((each): Officer[] => {
    if (twice.uncounted.has(each.stream)) return []
    const { sex } = each.officer
    const post = each.officer.post && twice.countedPost(each.officer.post)
    if (!post || !sex) leftOut.push({ stream: each.stream, why: 'two-answers' })
    else if (!keys.has(post)) leftOut.push({ stream: each.stream, why: 'post-left-out' })
    else return [officerOf(each, post, sex === 'female', day, asked)]
    return []
  })
  return { problem: { startsOn: day, posts: planned, officers: people, travel: waysBetween(kept, keys) }, leftOut }
}

/** Posts of which nobody has said where they are: planned, and near no other. */
export const unplacedIn = ({ posts }: Pick<PlanProblem, 'posts'>): readonly string[] =>
  posts.filter(({ latitude }) => latitude === null).map(({ key }) => key)

// ---------------------------------------------------------------- posts

/** How much one uncovered shift weighs. That a post is graded high says twice as much, and low half: a figure of ours, to be agreed. */
const weightOf: Readonly<Record<Risk, number>> = { low: 0.5, medium: 1, high: 2 }

function postOf({ stream, said }: PostAt, opening: Opening): Post {
  const opened = shiftsOf(opening)
  const names = namesOfShifts(opened)
  // Four weeks have each weekday four times: how many it is open on is all that cover is counted by.
  const shifts = opened.map(
    ({ starts, minutes, weekdays }, index): OpenShift => ({
      key: `${stream} ${names[index]}`,
      starts,
      minutes,
      daysAWeek: weekdays.length,
    }),
  )
  return {
    key: stream,
    latitude: said.position?.latitude ?? null,
    longitude: said.position?.longitude ?? null,
    shifts,
    dayShifts: dayShiftsOf(shifts),
    flow: said.flow ?? null,
    risk: weightOf[said.risk ?? 'medium'],
    facilities: Object.fromEntries(Facility.options.map((facility) => [facility, said[facility] ?? 'unknown'])),
    vacancies: said.vacancies ?? null,
    mustBeCovered: must(said),
  }
}

/** As soon as one of two answers says so: nobody loses cover by a dispute; what contradicts it is named, and a person settles it. */
const must = ({ mustBeCovered, disputed }: PostAt['said']): boolean =>
  mustBeCovered === 'yes' || disputed.includes('mustBeCovered')

/** Those between five in the morning and ten at night; null where that is all of them, or none. */
function dayShiftsOf(shifts: readonly OpenShift[]): Post['dayShifts'] {
  const byDay = shifts.filter(({ starts, minutes }) => starts >= 300 && starts + minutes <= 1320)
  return byDay.length === 0 || byDay.length === shifts.length ? null : byDay.map(({ key }) => key)
}

/** Each way once; where both posts say how long it takes, the longer: a colleague who is called must really be there. */
function waysBetween(posts: readonly PostAt[], keys: ReadonlySet<string>): CoverageProblem['problem']['travel'] {
  const ways = new Map<string, { readonly from: string; readonly to: string; readonly minutes: number }>()
  for (const { stream, said } of posts) {
    for (const { post, minutes } of said.neighbours ?? []) {
      if (!keys.has(stream) || !keys.has(post)) continue
      const [from, to] = stream < post ? [stream, post] : [post, stream]
      const known = ways.get(`${from} ${to}`)
      ways.set(`${from} ${to}`, { from, to, minutes: Math.max(minutes, known?.minutes ?? 0) })
    }
  }
  return [...ways.values()]
}

// ---------------------------------------------------------------- officers

/** Whoever has left serves to her last day: until then she is trained, and nothing more is planned for her. */
function officerOf(
  { stream, officer: { left }, said, certificates }: OfficerAt,
  post: StreamId,
  isWoman: boolean,
  day: CivilDate,
  asked: readonly Module[],
): Officer {
  return {
    key: stream,
    post,
    isWoman,
    training: trainingOf(certificates, day, asked, left ? said.leftOn : undefined),
    mayBeTrained: !left,
    mayMove: mayMove(left ? [] : (said.wishes?.volunteersFor ?? [])),
    isOnCall: said.reach !== undefined,
    // Where she lives is known in words alone, and they stay here.
    home: null,
  }
}

/** Who has offered nothing has said nothing: no word of hers says no. */
const mayMove = (to: readonly StreamId[]): MayMove =>
  to.length === 0
    ? { kind: 'no', mostKm: null, onlyTo: null, notTo: [] }
    : { kind: 'volunteer', mostKm: null, onlyTo: to, notTo: [] }

/** For `twiceIn`: of days as they are written the later one is the greater. */
export function trainedUntil(
  { certificates, officer: { left }, said }: OfficerAt,
  day: CivilDate,
  asked: readonly Module[] = modulesForTrained,
): string {
  const training = trainingOf(certificates, day, asked, left ? said.leftOn : undefined)
  return training.isTrained ? (training.until ?? '9999-12-31') : ''
}

/** Trained until the first of the modules asked for is held no more; of several certificates of one module the longest counts. */
function trainingOf(
  certificates: readonly CertificateAt[],
  day: CivilDate,
  asked: readonly Module[],
  leftOn: CivilDate | undefined,
): Training {
  const ends = asked.map((module) =>
    certificates
      .filter(
        ({ certificate, said }) => certificate.module === module && standingOf(certificate, said, day) === 'holds',
      )
      .map(lastDayOf)
      .toSorted()
      .at(-1),
  )
  const held = ends.filter((end) => end !== undefined)
  const first = [...held, ...(leftOn ? [leftOn] : [])].toSorted()[0]
  return held.length < asked.length ? { isTrained: false } : { isTrained: true, until: first ?? null }
}

/** Its last day; of one whose day is not known here the last day of its month. */
export function lastDayOf({ certificate: { expires }, said }: CertificateAt): CivilDate {
  const until = lastDaySaid({ expires, said })
  if (until) return until
  const [year = 0, month = 0] = (expires ?? '').split('-').map(Number)
  return CivilDate.parse(new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10))
}
