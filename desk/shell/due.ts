import { streamRecord } from '@lentera/core/log/fold'
import type { Conflict } from '@lentera/core/log/records'
import type { CivilDate } from '@lentera/core/shared/dates'
import type { Service } from '@lentera/core/support/words'
import type { OpenedCase, RefusedEntry, Snapshot } from '../device/desk.ts'

/** What of a caseload waits for its worker, built from nothing but the cases themselves. Names have no place in it. */
export type Due = {
  readonly refused: readonly RefusedEntry[]
  readonly conflicts: readonly { readonly of: OpenedCase; readonly answers: number }[]
  readonly unmet: readonly {
    readonly of: OpenedCase
    readonly services: readonly Service[]
    readonly since: CivilDate | null
  }[]
  readonly withoutService: readonly OpenedCase[]
  /** Cases and entries that wait: a case counts once. */
  readonly count: number
}

export function dueIn({ caseload, refused }: Pick<Snapshot, 'caseload' | 'refused'>): Due {
  const current = caseload.filter(({ file }) => !file.enteredInError)
  // In an erased case nothing more can be given.
  const open = current.filter(({ file }) => file.status !== 'closed' && !file.erased).sort(oldestFirst)
  const conflicts = current.flatMap((of) => {
    const answers = of.file.conflicts.filter((conflict) => !isSaidAlike(of, conflict)).length
    return answers > 0 ? [{ of, answers }] : []
  })
  const unmet = open.flatMap((of) => {
    const needs = unmetNeeds(of)
    const [first] = needs.flatMap(({ on }) => on ?? []).sort()
    const services = [...new Set(needs.flatMap(({ service }) => service ?? []))]
    return needs.length > 0 ? [{ of, services, since: first ?? null }] : []
  })
  const isUnmet = new Set(unmet.map(({ of }) => of.stream))
  const withoutService = open.filter(
    ({ stream, file }) => !isUnmet.has(stream) && !file.services.some(({ enteredInError }) => !enteredInError),
  )
  const cases = new Set([
    ...[...conflicts, ...unmet].map(({ of }) => of.stream),
    ...withoutService.map((of) => of.stream),
  ])
  return { refused, conflicts, unmet, withoutService, count: cases.size + refused.length }
}

/** Two envelopes always differ to the server; opened here they may say the same, and then there is nothing to settle. */
function isSaidAlike({ fields, records }: OpenedCase, { record, field, heads }: Conflict): boolean {
  const ofRecord = record === streamRecord ? fields : (Object.entries(records).find(([id]) => id === record) ?? [])[1]
  const values = heads.map((head) =>
    'value' in head ? head.value : ofRecord?.[field]?.find((each) => each.entry === head.entry)?.value,
  )
  return values.length > 0 && values.every((value) => value !== undefined && value === values[0])
}

/** A need is met by a service that names it. */
function unmetNeeds({ file }: OpenedCase) {
  const met = new Set(file.services.filter((each) => !each.enteredInError).map(({ need }) => need))
  return file.needs.filter((need) => !need.enteredInError && !met.has(need.record))
}

const oldestFirst = (a: OpenedCase, b: OpenedCase): number =>
  a.file.openedOn < b.file.openedOn ? -1 : a.file.openedOn > b.file.openedOn ? 1 : a.code < b.code ? -1 : 1
