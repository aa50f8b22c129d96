import type { Draft } from '../../log/draft.ts'
import type { CivilDate } from '../../shared/dates.ts'
import { Module } from '../../shared/modules.ts'
import type { OfficerAt } from '../officer/capture.ts'
import { officerCertified } from '../officer/entries.ts'
import { type OfficerField, sealedOfOfficer } from '../officer/words.ts'
import type { PostAt } from '../post/capture.ts'
import { type PostField, sealedOfPost } from '../post/words.ts'
import { sayingsIn, textOf } from '../sealed-texts.ts'

/**
 * One thing that a row says otherwise than it is written down: read from what would be written, so that nothing is written that is not
 * shown. `before`, `after`: the texts of the record (a code, a day, JSON of its schema); null where nothing stands. Two posts that stand
 * beside each other have a blank between them.
 */
export type Change<Field extends string> = {
  readonly field: Field
  readonly before: string | null
  readonly after: string | null
  /** It takes a woman from a shift, or a certificate from her, if the list is wrong: her sex, her post, an end that is earlier or over. */
  readonly isGrave: boolean
}

export type OfficerChange = Change<Exclude<OfficerField, 'stays' | 'leftOn'> | 'sex' | 'post' | Module>
export type PostChange = Change<PostField>

/** @param today an end before it is over */
export function changesOfOfficer(known: OfficerAt, drafts: readonly Draft[], today: CivilDate): OfficerChange[] {
  const changes = drafts.flatMap(({ kind, coded, opened }): OfficerChange[] => {
    if (kind === officerCertified.kind) {
      const module = Module.parse(coded.module)
      const [before, after] = [lastDayOf(known, module), opened.until ?? null]
      const isEarlier = before !== null && after !== null && after < before
      return [{ field: module, before, after, isGrave: isEarlier || (after !== null && after < today) }]
    }
    const { sex, posts } = known.officer
    const coding: OfficerChange[] = [
      ...(coded.sex === undefined
        ? []
        : [{ field: 'sex' as const, before: sex ?? null, after: String(coded.sex), isGrave: true }]),
      ...(coded.post === undefined
        ? []
        : [{ field: 'post' as const, before: posts.join(' ') || null, after: String(coded.post), isGrave: true }]),
    ]
    const texts = shown.flatMap((field): OfficerChange[] => {
      const text = opened[field]
      const [saying, beside] = text === undefined ? [] : sayingsIn(text)
      const after = beside ? undefined : saying?.text
      const before = textOf(known.said[field]) || null
      return after === undefined || before === (after || null)
        ? []
        : [{ field, before, after: after || null, isGrave: false }]
    })
    return [...coding, ...texts]
  })
  // A move tells the day of it once more.
  return changes.filter(({ field }, at) => changes.findIndex((each) => each.field === field) === at)
}

export function changesOfPost(known: PostAt, drafts: readonly Draft[]): PostChange[] {
  return drafts.flatMap(({ opened }) =>
    sealedOfPost.flatMap((field): PostChange[] => {
      const after = opened[field]
      return after === undefined
        ? []
        : [{ field, before: textOf(known.said[field]) || null, after: after || null, isGrave: false }]
    }),
  )
}

const shown = sealedOfOfficer.filter((field) => field !== 'stays' && field !== 'leftOn')

/** Of the certificates of a module that stand, the latest last day; the month where no more is known. */
function lastDayOf({ certificates }: OfficerAt, module: Module): string | null {
  const ends = certificates.flatMap(({ certificate, said }) =>
    certificate.module === module && !certificate.withdrawn && !certificate.enteredInError
      ? (said?.until ?? certificate.expires ?? [])
      : [],
  )
  return ends.toSorted().at(-1) ?? null
}
