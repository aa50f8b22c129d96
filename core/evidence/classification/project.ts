import * as z from 'zod'
import { agreedValue, type StreamState, streamRecord } from '../../log/fold.ts'
import { answersIn } from '../../log/records.ts'
import { codeListBrought } from './entries.ts'
import { CodeList, ForeignCode, OurCode } from './words.ts'

export type BroughtList = CodeList & {
  /** What each of ours is; one that nobody has mapped, or that two people map differently, is not in it. */
  readonly mapping: ReadonlyMap<OurCode, readonly string[]>
  /** Ours that two people map differently. */
  readonly disputed: readonly OurCode[]
  readonly inError: boolean
}

/** The state of a stream as a code list; undefined while the entry that brings it has not arrived. */
export function projectCodeList({ records }: StreamState): BroughtList | undefined {
  const root = records[streamRecord]
  if (root?.kind !== codeListBrought.kind) return undefined
  const said = CodeList.safeParse(
    Object.fromEntries(CodeList.keyof().options.map((field) => [field, agreedValue(root, field)])),
  )
  if (!said.success) return undefined
  const ours = Object.keys(root.fields).flatMap((field) => OurCode.safeParse(field).data ?? [])
  const known = new Set(said.data.codes.map(({ code }) => code))
  const mapping = new Map<OurCode, readonly string[]>()
  for (const code of ours) {
    const theirs = z
      .array(ForeignCode)
      .safeParse(agreedValue(root, code))
      .data?.filter((each) => known.has(each))
    if (theirs && theirs.length > 0) mapping.set(code, theirs)
  }
  return {
    ...said.data,
    mapping,
    disputed: ours.filter((code) => agreedValue(root, code) === undefined),
    inError: answersIn(root, 'inError').includes(true),
  }
}

/** Which of ours one of theirs is: the same mapping from the other side. */
export const oursOf = ({ mapping }: BroughtList, theirs: string): readonly OurCode[] =>
  [...mapping].flatMap(([ours, codes]) => (codes.includes(theirs) ? [ours] : [])).toSorted()
