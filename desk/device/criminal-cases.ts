import { codeOf } from '@lentera/core/shared/codes'
import { projectCriminalCase } from '@lentera/core/support/justice/project'
import { readLinks } from '@lentera/core/support/justice/words'
import { openRecords, type StreamToOpen } from './caseload.ts'
import type { OpenedCriminalCase } from './desk.ts'
import { folded } from './search.ts'

/**
 * A criminal case with its sealed fields opened, for memory only: no list of them is kept. Undefined while the entry that
 * opens it is not here.
 */
export async function openCriminalCaseOf(of: StreamToOpen, unsent: boolean): Promise<OpenedCriminalCase | undefined> {
  const criminalCase = projectCriminalCase(of.state)
  if (!criminalCase) return undefined
  const { fields, records } = await openRecords(of)
  // Not as a survivor's case: who reads it must not take one for the other.
  const code = `${criminalCase.country}-J-${codeOf(of.stream, 4)}`
  const said = ['name', 'court'].flatMap((field) => (fields[field] ?? []).map(({ value }) => value ?? ''))
  const links = (fields.survivors ?? []).flatMap(({ value }) => readLinks(value ?? ''))
  return {
    stream: of.stream,
    code,
    criminalCase,
    survivors: [...new Set(links)],
    fields,
    records,
    unsent,
    search: folded([code, ...said].join(' ')),
  }
}
