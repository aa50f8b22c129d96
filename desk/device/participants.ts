import { codeOf } from '@lentera/core/shared/codes'
import { projectParticipant } from '@lentera/core/support/livelihoods/project'
import { openRecords, type StreamToOpen } from './caseload.ts'
import type { OpenedParticipant } from './desk.ts'
import { folded } from './search.ts'

/**
 * A participant with her sealed fields opened, for memory only: no list of them is kept. Undefined while the entry that
 * registers her is not here.
 */
export async function openParticipantOf(of: StreamToOpen, unsent: boolean): Promise<OpenedParticipant | undefined> {
  const participant = projectParticipant(of.state)
  if (!participant) return undefined
  const { fields, records } = await openRecords(of)
  // Not as a case's: who reads it must not take her for one.
  const code = `${participant.country}-L-${codeOf(of.stream, 4)}`
  const said = ['name', 'safeContact'].flatMap((field) => (fields[field] ?? []).map(({ value }) => value ?? ''))
  const search = folded([code, ...said].join(' '))
  return { stream: of.stream, code, participant, fields, records, unsent, search }
}
