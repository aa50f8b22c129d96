import type { Draft } from '@lentera/core/log/draft'
import { streamRecord } from '@lentera/core/log/fold'
import type { Conflict } from '@lentera/core/log/records'
import { CivilDate } from '@lentera/core/shared/dates'
import { EntryId, type StreamId } from '@lentera/core/shared/ids'
import { AgeGroup, Sex } from '@lentera/core/shared/people'
import { type Decision, refuse } from '@lentera/core/shared/refusals'
import {
  closeCase,
  correctRecord,
  type DescribeCase,
  describeCase,
  type Moment,
  markEnteredInError,
  recordConsent,
  reopenCase,
  restoreRecord,
} from '@lentera/core/support/capture'
import type { CaseFile } from '@lentera/core/support/project'
import { ClosingReason, ConsentState, caseSealed, Form, Service } from '@lentera/core/support/words'

const settledByDescribing = ['sex', 'age', 'form']
const settledByCommand = [
  'consentServices',
  'consentCounting',
  'status',
  'closingReason',
  'closingNote',
  'reopeningNote',
  'service',
  'provider',
  'detail',
  'deliveredOn',
  'quarter',
  'enteredInError',
]

/** Who she is to the programme (person, team, keys) is set once: a second answer is shown, and no screen settles it. */
export const isSettled = (field: string): boolean =>
  caseSealed.some((sealed) => sealed === field) ||
  settledByDescribing.includes(field) ||
  settledByCommand.includes(field)

/** The command that sets the field once more: its entry stands on all versions and replaces them. */
export function settlement(
  { stream, file }: { readonly stream: StreamId; readonly file: CaseFile },
  { record, field }: Conflict,
  value: unknown,
  said: string,
  moment: Moment,
): Decision<readonly Draft[]> {
  // In an erased case no reason can be sealed, and none is asked.
  const reason = file.erased ? '' : said
  const text = String(value)
  if (field === 'enteredInError') {
    const command = { record: EntryId.parse(record), reason }
    return value === true
      ? markEnteredInError(stream, file, command, moment)
      : restoreRecord(stream, file, command, moment)
  }
  if (record !== streamRecord) {
    const command = { record: EntryId.parse(record), reason }
    switch (field) {
      case 'service':
        return correctRecord(stream, file, { ...command, service: Service.parse(text) }, moment)
      case 'quarter':
      case 'deliveredOn':
        return correctRecord(stream, file, { ...command, deliveredOn: CivilDate.parse(text) }, moment)
      default:
        return correctRecord(stream, file, { ...command, [field]: text }, moment)
    }
  }
  switch (field) {
    case 'consentServices':
      return recordConsent(stream, { consentServices: ConsentState.parse(text) }, moment)
    case 'consentCounting':
      return recordConsent(stream, { consentCounting: ConsentState.parse(text) }, moment)
    case 'status':
      return text === 'open'
        ? reopenCase(stream, file, '', moment)
        : file.closingReason
          ? closeCase(stream, file, { reason: file.closingReason }, moment)
          : refuse('support.closing-reason-first')
    case 'closingReason':
      return closeCase(stream, file, { reason: ClosingReason.parse(text) }, moment)
    case 'closingNote':
      return file.closingReason
        ? closeCase(stream, file, { reason: file.closingReason, note: text }, moment)
        : refuse('support.closing-reason-first')
    case 'reopeningNote':
      return reopenCase(stream, file, text, moment)
    default:
      return describeCase(stream, saying(field, text), moment)
  }
}

/** The command that says one field anew. */
export function saying(fact: string, value: string): DescribeCase {
  switch (fact) {
    case 'sex':
      return { sex: Sex.parse(value), opened: {} }
    case 'age':
      return { age: AgeGroup.parse(value), opened: {} }
    case 'form':
      return { form: Form.parse(value), opened: {} }
    default:
      return { opened: { [fact]: value } }
  }
}
