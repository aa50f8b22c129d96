import { CivilDate, daysAfter } from '@lentera/core/shared/dates'
import type { Module } from '@lentera/core/shared/modules'
import type { OfficerAt } from '@lentera/core/workforce/officer/capture'
import { type CertificateAt, firstDaySaid, longAbsences, standingOf } from '@lentera/core/workforce/officer/project'
import { type Absence, modulesForTrained } from '@lentera/core/workforce/officer/words'
import type { PostAt } from '@lentera/core/workforce/post/capture'
import type { Served } from '@lentera/planner/plan'
import { lastDayOf } from '../register/coverage-problem.ts'

/**
 * Where a woman served as a trained one, and when: from her stays, moves and leaving, and the days of her certificates. What has no date
 * is not taken for always: of such days it is only said that she may have been there.
 *
 * @param asked the modules that make an officer trained
 */
export function servedBy(at: OfficerAt, asked: readonly Module[] = modulesForTrained): readonly Served[] {
  const { officer, certificates } = at
  if (officer.enteredInError || officer.sex === 'male') return []
  const away = longAbsences(at.said)
  const days = partsOf(certificates, away)
  return staysOf(at).flatMap((stay) =>
    days.flatMap(({ from, before }): Served[] => {
      const mayHave = common(stay, { from, before })
      const day = from ?? earliest
      if (!mayHave || !holds(certificates, asked, day, 'may-have')) return []
      if (away.some((each) => each.from <= day && day <= each.to)) return []
      const isSure = officer.sex === 'female' && stay.isSure && holds(certificates, asked, day, 'surely')
      // Who is there with no day on which she came, is there for sure on no day that is over.
      const surely = isSure && stay.from !== null ? span(mayHave) : null
      return [{ post: stay.post, mayHave: span(mayHave), surely }]
    }),
  )
}

/** The day on which each post was written down, where this device could open it: before, nothing undated is known of it. */
export function writtenDown(posts: readonly (PostAt & Partial<Opened>)[]): ReadonlyMap<string, CivilDate> {
  return new Map(
    posts.flatMap(({ stream, fields }) => {
      const day = CivilDate.safeParse(fields?.at?.[0]?.value?.slice(0, 10)).data
      return day ? [[stream, day] as const] : []
    }),
  )
}

/** What a device opened of a post besides: `at` is when it was written down. */
type Opened = { readonly fields: Readonly<Record<string, readonly { readonly value: string | undefined }[]>> }

/** From a day, or from nobody knows when, and before another; null: to this day. */
type Part = { readonly from: CivilDate | null; readonly before: CivilDate | null }
type StayAt = Part & { readonly post: string; readonly isSure: boolean }

/** Her posts: those she left, and the one she is at. Of whom two posts are said may be at either. */
function staysOf({ officer, said }: OfficerAt): readonly StayAt[] {
  const before = (said.stays ?? []).map(
    ({ post, from, until }): StayAt => ({ post, from, before: until, isSure: true }),
  )
  const posts = officer.post ? [officer.post] : officer.posts
  const isSure = officer.post !== undefined && (!officer.left || said.leftOn !== undefined)
  const now = posts.map(
    (post): StayAt => ({
      post,
      from: said.postedOn ?? null,
      before: officer.left && said.leftOn ? daysAfter(said.leftOn, 1) : null,
      isSure,
    }),
  )
  return [...before, ...now]
}

/** The days of her life with these certificates, cut where one begins or ends, or a long absence. */
function partsOf(certificates: readonly CertificateAt[], away: readonly Absence[]): readonly Part[] {
  const cuts = certificates.flatMap((each) => {
    const first = firstDaySaid(each.said)
    return [...(first ? [first] : []), ...(each.certificate.expires ? [daysAfter(lastDayOf(each), 1)] : [])]
  })
  const days = [...new Set([...cuts, ...away.flatMap(({ from, to }) => [from, daysAfter(to, 1)])])].sort()
  return [null, ...days].map((from, at) => ({ from, before: days[at] ?? null }))
}

/** One that was withdrawn may have held until then, and one without its first day may have begun on any. */
const holds = (
  certificates: readonly CertificateAt[],
  asked: readonly Module[],
  day: CivilDate,
  how: 'may-have' | 'surely',
): boolean =>
  asked.every((module) =>
    certificates.some(({ certificate, said }) => {
      if (certificate.module !== module) return false
      if (how === 'surely') return said?.issued !== undefined && standingOf(certificate, said, day) === 'holds'
      return standingOf({ ...certificate, withdrawn: false }, said, day) === 'holds'
    }),
  )

function common(a: Part, b: Part): Part | undefined {
  const from = a.from !== null && b.from !== null ? (a.from > b.from ? a.from : b.from) : (a.from ?? b.from)
  const before =
    a.before !== null && b.before !== null ? (a.before < b.before ? a.before : b.before) : (a.before ?? b.before)
  return from !== null && before !== null && from >= before ? undefined : { from, before }
}

const span = ({ from, before }: Part): Served['mayHave'] => ({ from, to: before && daysAfter(before, -1) })

/** Before any register. */
const earliest = CivilDate.parse('1900-01-01')
