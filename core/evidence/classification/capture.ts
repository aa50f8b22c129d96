import { type Draft, draft } from '../../log/draft.ts'
import { type CivilDate, firstDayOf } from '../../shared/dates.ts'
import type { StreamId } from '../../shared/ids.ts'
import { accept, type Decision, refuse } from '../../shared/refusals.ts'
import { openFile } from '../../sheets/sheet.ts'
import type { Watch } from '../../sheets/words.ts'
import { findTable } from '../header.ts'
import { codeListBrought, codeListInError, codesMapped } from './entries.ts'
import type { BroughtList } from './project.ts'
import { CodeList, mostCodes, type OurCode } from './words.ts'

export type ForeignCodes = CodeList['codes']

/**
 * The codes of a list in a file (CSV or XLSX) with a column `code` and a column `label`, below any preamble. Refused: as `openFile`;
 * `evidence.not-a-code-list` {columns, missing}, `evidence.code-incomplete` {line}, `evidence.code-twice` {code, line},
 * `evidence.no-rows` {unreadable}, `evidence.code-list-too-long` {most, has}.
 */
export async function readCodes(bytes: Uint8Array, watch: Watch = () => true): Promise<Decision<ForeignCodes>> {
  const opened = await openFile(bytes, watch)
  if (!opened.ok) return opened
  const columns = { code: ['code'], label: ['label', 'title', 'description'] }
  const found = findTable(opened.value.sheets, columns, ['code', 'label'], 'evidence.not-a-code-list')
  if (!found.ok) return found
  const { at, body } = found.value
  const codes = new Map<string, string>()
  for (const { line, cells } of body) {
    if (cells.every((cell) => cell.trim() === '')) continue
    const [code, label] = [cells[at.code ?? -1]?.trim(), cells[at.label ?? -1]?.trim()]
    if (!code || !label || code.length > 40 || label.length > 200) return refuse('evidence.code-incomplete', { line })
    if (codes.has(code)) return refuse('evidence.code-twice', { code, line })
    codes.set(code, label)
  }
  if (codes.size === 0) return refuse('evidence.no-rows', { unreadable: 0 })
  if (codes.size > mostCodes) return refuse('evidence.code-list-too-long', { most: mostCodes, has: codes.size })
  return accept([...codes].map(([code, label]) => ({ code, label })))
}

export type BringCodeList = {
  readonly scheme: string
  readonly version: string
  readonly source: string
  readonly publishedOn: string
  readonly verifiedOn: string
  readonly codes: ForeignCodes
}

/**
 * Brings a code list as its custodians publish it. Nothing is mapped by that.
 *
 * @param here the lists that stand
 * Refused: `evidence.code-list-incomplete` {field} without version, source or either day; `evidence.published-in-the-future` {today},
 * `evidence.verified-in-the-future` {today}, `evidence.code-list-here` {version}.
 */
export function bringCodeList(
  stream: StreamId,
  said: BringCodeList,
  here: readonly BroughtList[],
  today: CivilDate,
): Decision<Draft[]> {
  const kept = CodeList.safeParse({ ...said, version: said.version.trim(), source: said.source.trim() })
  if (!kept.success)
    return refuse('evidence.code-list-incomplete', { field: String(kept.error.issues[0]?.path[0] ?? 'codes') })
  const { scheme, version, publishedOn, verifiedOn } = kept.data
  if (firstDayOf(publishedOn) > today) return refuse('evidence.published-in-the-future', { today })
  if (verifiedOn > today) return refuse('evidence.verified-in-the-future', { today })
  if (here.some((each) => !each.inError && each.scheme === scheme && each.version === version))
    return refuse('evidence.code-list-here', { version })
  return accept([
    draft(codeListBrought, stream, today, { ...kept.data, codes: kept.data.codes.map((each) => ({ ...each })) }),
  ])
}

/**
 * Says which of theirs one of ours is; none of them takes a mapping back. Refused: `evidence.code-list-in-error`,
 * `evidence.no-such-code` {code}, `evidence.nothing-changed`.
 */
export function mapCode(
  stream: StreamId,
  list: BroughtList,
  { ours, theirs }: { readonly ours: OurCode; readonly theirs: readonly string[] },
  today: CivilDate,
): Decision<Draft[]> {
  if (list.inError) return refuse('evidence.code-list-in-error')
  const stranger = theirs.find((code) => !list.codes.some((each) => each.code === code))
  if (stranger !== undefined) return refuse('evidence.no-such-code', { code: stranger })
  const sorted = [...new Set(theirs)].toSorted()
  const stood = [...(list.mapping.get(ours) ?? [])].toSorted()
  if (sorted.join('\n') === stood.join('\n') && !list.disputed.includes(ours)) return refuse('evidence.nothing-changed')
  return accept([draft(codesMapped, stream, today, { [ours]: sorted })])
}

/** Marks a list as brought in error, or takes that back. */
export const markCodeListInError = (stream: StreamId, inError: boolean, today: CivilDate): Decision<Draft[]> =>
  accept([draft(codeListInError, stream, today, { inError })])
