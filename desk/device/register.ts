import { codeOf } from '@lentera/core/shared/codes'
import { planSaid, projectKept, rosterSaid } from '@lentera/core/workforce/cover/project'
import { certificateSaid, officerSaid, projectOfficer } from '@lentera/core/workforce/officer/project'
import { postSaid, projectPost } from '@lentera/core/workforce/post/project'
import { sayingsIn, standingOf } from '@lentera/core/workforce/sealed-texts'
import { openRecords, type StreamToOpen } from './caseload.ts'
import type { OpenedCoverPlan, OpenedHead, OpenedOfficer, OpenedPost, OpenedRoster } from './desk.ts'
import { folded } from './search.ts'

/** A crossing post with its sealed fields opened, for memory only. Undefined while the entry that registers it is not here. */
export async function openPostOf(of: StreamToOpen, unsent: boolean): Promise<OpenedPost | undefined> {
  const post = projectPost(of.state)
  if (!post) return undefined
  const { fields, records } = await openRecords(of)
  const code = `${post.country}-P-${codeOf(of.stream, 4)}`
  const search = folded([code, ...said(fields, ['code', 'name'])].join(' '))
  const { heads } = of.state
  return { stream: of.stream, heads, code, post, said: postSaid(fields), fields, records, unsent, search }
}

/** An officer of her agency with her sealed fields opened, likewise. */
export async function openOfficerOf(of: StreamToOpen, unsent: boolean): Promise<OpenedOfficer | undefined> {
  const officer = projectOfficer(of.state)
  if (!officer) return undefined
  const { fields, records } = await openRecords(of)
  const code = `${officer.country}-O-${codeOf(of.stream, 4)}`
  const words = spoken(fields)
  const search = folded([code, ...said(words, ['number', 'name', 'rank', 'home'])].join(' '))
  const certificates = officer.certificates.map((certificate) => ({
    certificate,
    said: certificateSaid(records[certificate.record] ?? {}),
  }))
  return {
    ...{ stream: of.stream, heads: of.state.heads, code, officer, said: officerSaid(fields), certificates },
    ...{ fields: words, records, unsent, search },
  }
}

/** A plan for cover that the agency keeps, likewise. */
export async function openCoverPlanOf(of: StreamToOpen, unsent: boolean): Promise<OpenedCoverPlan | undefined> {
  const kept = projectKept(of.state)
  if (!kept) return undefined
  const { fields, records } = await openRecords(of)
  const code = `${kept.country}-C-${codeOf(of.stream, 4)}`
  return { stream: of.stream, code, kept, said: planSaid(fields), fields, records, unsent }
}

/** A roster, likewise. */
export async function openRosterOf(of: StreamToOpen, unsent: boolean): Promise<OpenedRoster | undefined> {
  const kept = projectKept(of.state)
  if (!kept) return undefined
  const { fields, records } = await openRecords(of)
  const code = `${kept.country}-R-${codeOf(of.stream, 4)}`
  return { stream: of.stream, code, kept, said: rosterSaid(fields), fields, records, unsent }
}

/** Heads in the words that were said, without their marks: of each what stands, and not what is carried beside it and was said over. */
const spoken = (
  fields: Readonly<Record<string, readonly OpenedHead[]>>,
): Readonly<Record<string, readonly OpenedHead[]>> =>
  Object.fromEntries(
    Object.entries(fields).map(([field, heads]) => {
      const sayings = heads.flatMap((head) =>
        head.value === undefined ? [] : sayingsIn(head.value).map((saying) => ({ ...saying, head })),
      )
      const said = standingOf(sayings).map(({ text, head }) => ({ ...head, value: text }))
      return [field, [...heads.filter(({ value }) => value === undefined), ...said]]
    }),
  )

const said = (fields: Readonly<Record<string, readonly OpenedHead[]>>, names: readonly string[]): string[] =>
  names.flatMap((name) => (fields[name] ?? []).flatMap(({ value }) => value ?? []))
