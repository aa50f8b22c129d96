import * as fc from 'fast-check'
import type { Draft } from '../../log/draft.ts'
import type { Entry } from '../../log/entry.ts'
import { ErasureReason, personErased } from '../../log/erasure.ts'
import { fold, type StreamState } from '../../log/fold.ts'
import { gatherKinds } from '../../log/kind.ts'
import { entryOf, randomFrom, uuidFrom } from '../../log/testing/generators.ts'
import { CivilDate } from '../../shared/dates.ts'
import { DeviceId, EntryId, KeyId, MemberId, OrganisationId, PersonKey, StreamId, TeamId } from '../../shared/ids.ts'
import { AgeGroup, Sex } from '../../shared/people.ts'
import { accept, type Decision } from '../../shared/refusals.ts'
import {
  afterErasure,
  closeCase,
  correctRecord,
  deliverService,
  describeCase,
  eraseIdentity,
  type Moment,
  markEnteredInError,
  type OpenCase,
  openCase,
  recordConsent,
  recordNeed,
  reopenCase,
  restoreRecord,
} from '../capture.ts'
import { supportKinds } from '../entries.ts'
import { type CaseFile, projectCase } from '../project.ts'
import { ClosingReason, ConsentState, Form, Service } from '../words.ts'

/** Invented cases, made as a device makes them: a command is decided, its draft becomes an entry that knows its parents. */
export const kinds = gatherKinds(supportKinds, [personErased])
export const moment: Moment = { today: CivilDate.parse('2026-11-24'), at: '2026-11-24T03:15:00Z' }
const ids = randomFrom(2026)

export const organisation = OrganisationId.parse(uuidFrom(ids))
export const team = TeamId.parse(uuidFrom(ids))

export function opening(random: () => number = randomFrom(1)): OpenCase {
  return {
    stream: StreamId.parse(uuidFrom(random)),
    person: PersonKey.parse(uuidFrom(random)),
    caseKey: KeyId.parse(uuidFrom(random)),
    personKey: KeyId.parse(uuidFrom(random)),
    organisation,
    team,
    country: 'KH',
    sex: 'female',
    age: 'adult',
    form: 'forced-labour',
    consentServices: 'given',
    consentCounting: 'given',
    limitsExplained: true,
    opened: { name: 'Invented Name', safeContact: 'a friend', place: '' },
  }
}

/** The drafts of a command that must have been accepted. */
export function accepted(decision: Decision<Draft[]>): Draft[] {
  if (!decision.ok) throw new Error(`refused: ${decision.refusal.code}`)
  return decision.value
}

/** One device's copy of one case. `known` is what has reached it. */
export type Device = { readonly member: MemberId; readonly device: DeviceId; readonly known: Map<EntryId, Entry> }

export function device(n: number): Device {
  const random = randomFrom(1000 + n)
  return { member: MemberId.parse(uuidFrom(random)), device: DeviceId.parse(uuidFrom(random)), known: new Map() }
}

export const stateOn = (at: Device): StreamState => fold(kinds, at.known.values())

export function fileOn(at: Device): CaseFile {
  const file = projectCase(stateOn(at))
  if (!file) throw new Error('no case here')
  return file
}

/** What the device does with a decided command, but for the cryptography: ids, parents, one envelope a field. */
export function enter(at: Device, decision: Decision<Draft[]>, random: () => number): Entry {
  const [draft] = accepted(decision)
  if (!draft) throw new Error('a command decides at least one draft')
  const { opened, ...rest } = draft
  const envelope = (text: string): string => `${text.replaceAll(/[^A-Za-z0-9]/g, '')}${Math.floor(random() * 1e9)}`
  const entry = entryOf({
    ...rest,
    id: EntryId.parse(uuidFrom(random)),
    parents: [...stateOn(at).heads].slice(0, 32),
    sealed: Object.fromEntries(Object.entries(opened).map(([field, text]) => [field, envelope(text)])),
    author: at.member,
    device: at.device,
  })
  at.known.set(entry.id, entry)
  return entry
}

export function meet(one: Device, other: Device): void {
  for (const entry of one.known.values()) other.known.set(entry.id, entry)
  for (const entry of other.known.values()) one.known.set(entry.id, entry)
}

/** A case and its first device, just opened. */
export function openedCase(change: Partial<OpenCase> = {}): {
  stream: StreamId
  one: Device
  two: Device
  random: () => number
} {
  const random = randomFrom(7)
  const command = { ...opening(random), ...change }
  const [one, two] = [device(1), device(2)]
  enter(one, openCase(command, moment), random)
  meet(one, two)
  return { stream: command.stream, one, two, random }
}

// ---------------------------------------------------------------- generated cases

export const works = [
  'describe',
  'consent to counting',
  'consent to services',
  'need',
  'service',
  'correct',
  'wrong day',
  'error',
  'restore',
  'close',
  'reopen',
] as const
export type Work = (typeof works)[number]
export type CaseHistory = {
  readonly entries: readonly Entry[]
  readonly drafts: readonly Draft[]
  readonly did: Readonly<Record<string, number>>
}

const step = fc.record({
  at: fc.nat(2),
  work: fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom(...works) },
    { weight: 3, arbitrary: fc.constantFrom('service', 'service', 'correct', 'wrong day', 'error') },
    { weight: 3, arbitrary: fc.constant('meet') },
  ),
  with: fc.nat(2),
  pick: fc.nat(1000),
})

/** By whom, after how many steps: a case in two is never erased. */
const erasures = fc.array(
  fc.record({ at: fc.nat(2), after: fc.nat(40), reason: fc.constantFrom(...ErasureReason.options) }),
  {
    maxLength: 2,
  },
)

/**
 * Cases as up to three devices of one team write them, often apart: every draft that a command accepts, and that a device
 * lets pass in a case whose erasure has reached it, is entered.
 */
export const caseHistories: fc.Arbitrary<CaseHistory> = fc
  .record({
    seed: fc.nat(2 ** 31),
    steps: fc.array(step, { maxLength: 40, size: 'max' }),
    erasing: fc.option(erasures),
  })
  .map(({ seed, steps, erasing }) => {
    const random = randomFrom(seed)
    const devices = [device(1), device(2), device(3)] as const
    const command: OpenCase = { ...opening(random), consentCounting: random() < 0.85 ? 'given' : 'refused' }
    const drafts: Draft[] = []
    const did: Record<string, number> = {}
    const count = (what: string): void => {
      did[what] = (did[what] ?? 0) + 1
    }
    const attempt = (at: Device, what: string, decision: Decision<Draft[]>): void => {
      count(decision.ok ? what : `refused ${decision.refusal.code}`)
      if (!decision.ok) return
      drafts.push(...decision.value)
      enter(at, decision, random)
    }
    attempt(devices[0], 'open', openCase(command, moment))
    meet(devices[0], devices[1])
    meet(devices[0], devices[2])
    for (const [i, { at: n, work, with: m, pick }] of steps.entries()) {
      for (const { at: by, reason } of erasing?.filter(({ after }) => after === i) ?? []) {
        const eraser = devices[by]
        if (eraser) attempt(eraser, 'erase', eraseIdentity(command.stream, fileOn(eraser), { reason }, moment))
      }
      const [at, other] = [devices[n], devices[m]]
      if (!at || !other) continue
      if (work === 'meet') meet(at, other)
      else attempt(at, work, letPass(fileOn(at), decide(work, command.stream, fileOn(at), pick)))
    }
    const all = new Map(devices.flatMap((each) => [...each.known]))
    const file = projectCase(fold(kinds, all.values()))
    for (const { field } of file?.conflicts ?? []) count(`conflict on ${field}`)
    for (const flag of file?.flags ?? []) count(`flag ${flag}`)
    return { entries: [...all.values()], drafts, did }
  })

/** What the device does with the drafts of a command: in an erased case only what is coded passes. */
export function letPass(file: CaseFile, decision: Decision<Draft[]>): Decision<Draft[]> {
  if (!decision.ok || !file.erased) return decision
  const passed: Draft[] = []
  for (const each of decision.value) {
    const after = afterErasure(each)
    if (!after.ok) return after
    passed.push(after.value)
  }
  return accept(passed)
}

function decide(work: Work, stream: StreamId, file: CaseFile, pick: number): Decision<Draft[]> {
  const choose = <T>(options: readonly T[]): T => options[pick % options.length] as T
  const records = [file.opening, ...file.needs.map((each) => each.record), ...file.services.map((each) => each.record)]
  const record = choose(pick % 5 ? [...records.slice(1), file.opening] : records)
  const reason = 'written in the wrong file'
  const deliveredOn = choose(
    ['2026-11-03', '2026-10', '2026-08-14', '2026-Q2', '2025-12-31'].map((day) => CivilDate.parse(day)),
  )
  switch (work) {
    case 'describe':
      return describeCase(
        stream,
        choose([
          { sex: choose(Sex.options), opened: {} },
          { age: choose(AgeGroup.options), opened: {} },
          { form: choose(Form.options), opened: { narrative: 'more was said' } },
          { opened: { safeContact: '' } },
        ]),
        moment,
      )
    case 'consent to counting':
      return recordConsent(stream, { consentCounting: choose(ConsentState.options) }, moment)
    case 'consent to services':
      return recordConsent(
        stream,
        { consentServices: choose(['given', ...ConsentState.options]), note: 'said so' },
        moment,
      )
    case 'need':
      return recordNeed(stream, file, { service: choose(Service.options), detail: 'as soon as can be' }, moment)
    case 'service': {
      const need = file.needs.at(-1)?.record
      return deliverService(
        stream,
        file,
        { service: choose(Service.options), deliveredOn, ...(need && { need }) },
        moment,
      )
    }
    case 'correct':
      return correctRecord(stream, file, { record, service: choose(Service.options), provider: '', reason }, moment)
    case 'wrong day':
      return correctRecord(stream, file, { record, deliveredOn, reason }, moment)
    case 'error':
      return markEnteredInError(stream, file, { record, reason }, moment)
    case 'restore':
      return restoreRecord(stream, file, { record, reason }, moment)
    case 'close':
      return closeCase(stream, file, { reason: choose(ClosingReason.options), note: 'closed' }, moment)
    case 'reopen':
      return reopenCase(stream, file, 'she came back', moment)
  }
}
