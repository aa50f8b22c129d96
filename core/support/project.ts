import { agreedValue, type Head, isInConflict, type RecordState, type StreamState, streamRecord } from '../log/fold.ts'
import type { CivilDate } from '../shared/dates.ts'
import { EntryId, KeyId, type MemberId, OrganisationId, PersonKey, TeamId } from '../shared/ids.ts'
import { Country } from '../shared/places.ts'
import { needRecorded, serviceDelivered } from './entries.ts'
import { AgeGroup, ClosingReason, ConsentState, Form, Service, Sex } from './words.ts'

/** A field that entries disagree on: every head is kept and shown until a person settles it. */
export type Conflict = { readonly record: string; readonly field: string; readonly heads: readonly Head[] }

export type SupportRecord = {
  readonly record: EntryId
  readonly on: CivilDate | null
  readonly author: MemberId | null
  /** Undefined where two answers stand beside each other. */
  readonly service: Service | undefined
  readonly need: EntryId | undefined
  readonly enteredInError: boolean
  /** Envelopes by field, all heads: what a device of the team can open. */
  readonly sealed: Readonly<Record<string, readonly string[]>>
}

/** A case as its coded fields tell it: what the server can know, and the frame into which a device opens the rest. */
export type CaseFile = {
  readonly person: PersonKey
  readonly organisation: OrganisationId
  readonly team: TeamId
  readonly country: Country
  readonly caseKey: KeyId
  readonly personKey: KeyId
  readonly openedOn: CivilDate
  readonly sex: Sex | undefined
  readonly age: AgeGroup | undefined
  readonly form: Form | undefined
  readonly status: 'open' | 'closed' | undefined
  readonly closingReason: ClosingReason | undefined
  readonly consentServices: ConsentState | undefined
  readonly consentCounting: ConsentState | undefined
  readonly needs: readonly SupportRecord[]
  readonly services: readonly SupportRecord[]
  readonly sealed: Readonly<Record<string, readonly string[]>>
  readonly conflicts: readonly Conflict[]
  readonly flags: readonly Flag[]
}

/** What entries honestly made offline can add up to. A flag is shown and stops nothing. */
export type Flag = 'closed-twice' | 'services-without-consent' | 'needs-update' | 'entries-missing'

/** The state of a case stream as a case; undefined while the entry that opens it has not arrived. */
export function projectCase(state: StreamState): CaseFile | undefined {
  const root = state.records[streamRecord]
  if (!root?.on) return undefined
  const [person, organisation, team, country, caseKey, personKey] = [
    PersonKey.safeParse(agreedValue(root, 'person')).data,
    OrganisationId.safeParse(agreedValue(root, 'organisation')).data,
    TeamId.safeParse(agreedValue(root, 'team')).data,
    Country.safeParse(agreedValue(root, 'country')).data,
    KeyId.safeParse(agreedValue(root, 'caseKey')).data,
    KeyId.safeParse(agreedValue(root, 'personKey')).data,
  ]
  if (!person || !organisation || !team || !country || !caseKey || !personKey) return undefined
  const status = agreedValue(root, 'status')
  const services = recordsOf(state, serviceDelivered.kind)
  const file: Omit<CaseFile, 'flags'> = {
    person,
    organisation,
    team,
    country,
    caseKey,
    personKey,
    openedOn: root.on,
    sex: Sex.safeParse(agreedValue(root, 'sex')).data,
    age: AgeGroup.safeParse(agreedValue(root, 'age')).data,
    form: Form.safeParse(agreedValue(root, 'form')).data,
    status: status === 'open' || status === 'closed' ? status : undefined,
    closingReason: ClosingReason.safeParse(agreedValue(root, 'closingReason')).data,
    consentServices: ConsentState.safeParse(agreedValue(root, 'consentServices')).data,
    consentCounting: ConsentState.safeParse(agreedValue(root, 'consentCounting')).data,
    needs: recordsOf(state, needRecorded.kind),
    services,
    sealed: envelopesOf(root),
    conflicts: conflictsOf(state),
  }
  return { ...file, flags: flagsOf(state, file) }
}

function recordsOf(state: StreamState, kind: string): SupportRecord[] {
  return Object.entries(state.records)
    .filter(([, record]) => record.kind === kind)
    .map(([name, record]) => ({
      record: EntryId.parse(name),
      on: record.on,
      author: record.author,
      service: Service.safeParse(agreedValue(record, 'service')).data,
      need: EntryId.safeParse(agreedValue(record, 'need')).data,
      enteredInError: agreedValue(record, 'enteredInError') === true,
      sealed: envelopesOf(record),
    }))
    .sort((a, b) => (a.record < b.record ? -1 : 1))
}

function envelopesOf(record: RecordState): Record<string, string[]> {
  const envelopes: Record<string, string[]> = {}
  for (const [field, heads] of Object.entries(record.fields)) {
    const sealed = heads.flatMap((head) => ('envelope' in head ? [head.envelope] : []))
    if (sealed.length > 0) envelopes[field] = sealed
  }
  return envelopes
}

function conflictsOf(state: StreamState): Conflict[] {
  return Object.entries(state.records).flatMap(([name, record]) =>
    Object.keys(record.fields)
      // The moment of saying is no answer that could be settled.
      .filter((field) => !field.endsWith('At') && field !== 'at' && isInConflict(record, field))
      .map((field) => ({ record: name, field, heads: record.fields[field] ?? [] })),
  )
}

function flagsOf(state: StreamState, file: Omit<CaseFile, 'flags'>): Flag[] {
  const flags: Flag[] = []
  if (file.status === 'closed' && (state.records[streamRecord]?.fields.status?.length ?? 0) > 1)
    flags.push('closed-twice')
  const counted = file.services.some((service) => !service.enteredInError)
  if (counted && file.consentServices !== 'given') flags.push('services-without-consent')
  if (state.needsUpdate.length > 0) flags.push('needs-update')
  if (state.missing.length > 0) flags.push('entries-missing')
  return flags
}
