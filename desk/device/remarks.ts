import { projectRemark } from '@lentera/core/workforce/research/project'
import { openRecords, type StreamToOpen } from './caseload.ts'
import type { OpenedRemark } from './desk.ts'

/** Words an officer wrote, opened for memory only; undefined while they are not here, or no key of hers opens them. */
export async function openRemarkOf(of: StreamToOpen): Promise<OpenedRemark | undefined> {
  const remark = projectRemark(of.state)
  if (!remark) return undefined
  const text = (await openRecords(of)).fields.text?.[0]?.value
  return text === undefined ? undefined : { ...remark, stream: of.stream, text }
}
