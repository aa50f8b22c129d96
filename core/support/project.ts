import { type Erasure, erasureOf } from '../log/erasure.ts'
import { agreedValue, type RecordState, type StreamState, streamRecord } from '../log/fold.ts'
import { type Conflict, conflictsOf, isEnteredInError, recordsOfKind, setOnce } from '../log/records.ts'
import type { CivilDate } from '../shared/dates.ts'
import { EntryId, KeyId, type MemberId, OrganisationId, PersonKey, TeamId } from '../shared/ids.ts'
import { AgeGroup, Sex } from '../shared/people.ts'
import { Country } from '../shared/places.ts'
import { needRecorded, serviceDelivered } from './entries.ts'
import { type Recorded, recorded } from './recorded.ts'
import { ClosingReason, ConsentState, Form, Service } from './words.ts'

export type SupportRecord = Recorded & {
  readonly author: MemberId | null
  /** Undefined where two answers stand beside each other. */
  readonly service: Service | undefined
  readonly need: EntryId | undefined
  /** Envelopes by field, all heads: what a device of the team can open. */
  readonly sealed: Readonly<Record<string, readonly string[]>>
}

/** A case as its coded fields tell it: what the server can know, and the frame into which a device opens the rest. */
export type CaseFile = {
  /** The entry that opened it: the name by which the whole case can be marked as entered in error. */
  readonly opening: EntryId
  readonly enteredInError: boolean
  /** Her identity: no key of this case is left anywhere, what is sealed in it opens no more. */
  readonly erased: Erasure | undefined
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

/**
 * What entries honestly made offline can add up to. A flag is shown and stops nothing. `services-without-consent`: a
 * service in or after the quarter in which consent to services was refused or withdrawn, or while that is disputed; the
 * exact days, which a device of the team can open, tell.
 */
export type Flag = 'closed-twice' | 'services-without-consent' | 'needs-update' | 'entries-missing'

/** The state of a case stream as a case; undefined while the entry that opens it has not arrived. */
export function projectCase(state: StreamState): CaseFile | undefined {
  const root = state.records[streamRecord]
  const opening = root?.fields.person?.[0]?.entry
  if (!root?.on || !opening) return undefined
  const set = (field: string): unknown => setOnce(root, field)
  const [person, organisation, team, country, caseKey, personKey] = [
    PersonKey.safeParse(set('person')).data,
    OrganisationId.safeParse(set('organisation')).data,
    TeamId.safeParse(set('team')).data,
    Country.safeParse(set('country')).data,
    KeyId.safeParse(set('caseKey')).data,
    KeyId.safeParse(set('personKey')).data,
  ]
  if (!person || !organisation || !team || !country || !caseKey || !personKey) return undefined
  const status = agreedValue(root, 'status')
  const erased = erasureOf(state)
  const services = recordsOf(state, serviceDelivered.kind)
  const file: Omit<CaseFile, 'flags'> = {
    opening,
    enteredInError: isEnteredInError(state.records[opening]),
    erased,
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
    // Nobody can compare or settle what nobody can open.
    conflicts: conflictsOf(state).filter(({ heads }) => !erased || heads.every((head) => 'value' in head)),
  }
  return { ...file, flags: flagsOf(state, file) }
}

function recordsOf(state: StreamState, kind: string): SupportRecord[] {
  return recordsOfKind(state, kind).map(({ record, state: said }) => ({
    ...recorded(record, said),
    author: said.author,
    service: Service.safeParse(agreedValue(said, 'service')).data,
    need: EntryId.safeParse(agreedValue(said, 'need')).data,
    sealed: envelopesOf(said),
  }))
}

function envelopesOf(record: RecordState): Record<string, string[]> {
  const envelopes: Record<string, string[]> = {}
  for (const [field, heads] of Object.entries(record.fields)) {
    const sealed = heads.flatMap((head) => ('envelope' in head ? [head.envelope] : []))
    if (sealed.length > 0) envelopes[field] = sealed
  }
  return envelopes
}

function flagsOf(state: StreamState, file: Omit<CaseFile, 'flags'>): Flag[] {
  const flags: Flag[] = []
  if (file.status === 'closed' && (state.records[streamRecord]?.fields.status?.length ?? 0) > 1)
    flags.push('closed-twice')
  const refused = (state.records[streamRecord]?.fields.consentServices ?? []).filter(
    (head) => 'value' in head && head.value !== 'given',
  )
  const isWithout = ({ on, enteredInError }: SupportRecord): boolean =>
    !enteredInError && refused.some((head) => on !== null && on >= head.on)
  if (file.services.some(isWithout)) flags.push('services-without-consent')
  if (state.needsUpdate.length > 0) flags.push('needs-update')
  if (state.missing.length > 0) flags.push('entries-missing')
  return flags
}
