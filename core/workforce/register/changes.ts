import type { Draft } from '../../log/draft.ts'
import { streamRecord } from '../../log/fold.ts'
import type { CivilDate } from '../../shared/dates.ts'
import { Module } from '../../shared/modules.ts'
import type { OfficerAt } from '../officer/capture.ts'
import { officerCertified } from '../officer/entries.ts'
import { type OfficerField, sealedOfOfficer } from '../officer/words.ts'
import type { PostAt } from '../post/capture.ts'
import { type PostField, sealedOfPost } from '../post/words.ts'
import { answersOf, sayingsIn, textOf } from '../sealed-texts.ts'

/**
 * One thing that a row says otherwise than it is written down: read from what would be written, so that nothing is written that is not
 * shown. `before`, `after`: the texts of the record (a code, a day, JSON of its schema); null where nothing stands. Two posts that stand
 * beside each other have a blank between them. `apart`: two people said two things of it, and these are they, `null` where one said that nothing is to
 * stand there: whoever takes the row answers both.
 */
export type Change<Field extends string> = {
  readonly field: Field
  readonly before: string | null
  readonly after: string | null
  readonly apart?: readonly (string | null)[]
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
        : [
            {
              ...{ field: 'sex' as const, before: sex ?? null, after: String(coded.sex), isGrave: true },
              ...apartIn(sexesOf(known)),
            },
          ]),
      ...(coded.post === undefined
        ? []
        : [{ field: 'post' as const, before: posts.join(' ') || null, after: String(coded.post), isGrave: true }]),
    ]
    const texts = shown.flatMap((field): OfficerChange[] => {
      const text = opened[field]
      const [saying, beside] = text === undefined ? [] : sayingsIn(text)
      const after = beside ? undefined : saying?.text
      const before = textOf(known.said[field]) || null
      const apart = apartIn(answersOf(known.said, field))
      return after === undefined || (before === (after || null) && !apart.apart)
        ? []
        : [{ field, before, after: after || null, isGrave: false, ...apart }]
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
        : [
            {
              ...{ field, before: textOf(known.said[field]) || null, after: after || null, isGrave: false },
              ...apartIn(answersOf(known.said, field)),
            },
          ]
    }),
  )
}

const apartIn = (answers: readonly string[]): Pick<OfficerChange, 'apart'> =>
  answers.length > 1 ? { apart: answers.map((each) => each || null) } : {}

const sexesOf = ({ officer }: OfficerAt): readonly string[] =>
  officer.conflicts
    .filter(({ record, field }) => record === streamRecord && field === 'sex')
    .flatMap(({ heads }) => [...new Set(heads.flatMap((head) => ('value' in head ? [String(head.value)] : [])))])

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
