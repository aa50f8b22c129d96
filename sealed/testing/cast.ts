import { CivilDate } from '@lentera/core/shared/dates'
import {
  DeviceId,
  EntryId,
  type Hash,
  MemberId,
  OrganisationId,
  PersonKey,
  ProgrammeId,
  randomUuid,
  StreamId,
} from '@lentera/core/shared/ids'
import { DANGEROUS_seededRandomness } from '../bytes/randomness.ts'

/** Invented people with fixed roles for the tests of this package, and ids that follow from a word. */
const idFor = (word: string) => randomUuid(DANGEROUS_seededRandomness('cast', word)(16))

export const programme = ProgrammeId.parse(idFor('programme'))
export const organisation = OrganisationId.parse(idFor('organisation'))
/** The administrator, who may certify. */
export const adaeze = MemberId.parse(idFor('adaeze'))
/** The caseworker. */
export const bopha = MemberId.parse(idFor('bopha'))
/** A colleague who leaves the team. */
export const chanthy = MemberId.parse(idFor('chanthy'))
export const device = DeviceId.parse(idFor('device'))
/** A case, another case, and two persons in them. */
export const firstCase = StreamId.parse(idFor('first case'))
export const secondCase = StreamId.parse(idFor('second case'))
export const survivor = PersonKey.parse(idFor('survivor'))
export const child = PersonKey.parse(idFor('child'))
export const entryId = (word: string) => EntryId.parse(idFor(`entry ${word}`))
export const day = (text: string) => CivilDate.parse(text)
export const validity = { from: day('2026-01-01'), until: day('2027-12-31') }

/** The value of a decision that must be an acceptance. */
export function accepted<T>(decision: { ok: true; value: T } | { ok: false; refusal: { code: string } }): T {
  if (!decision.ok) throw new Error(`refused: ${decision.refusal.code}`)
  return decision.value
}

/** The code of a decision that must be a refusal. */
export function refusalOf(decision: { ok: true } | { ok: false; refusal: { code: string } }): string {
  if (decision.ok) throw new Error('was accepted')
  return decision.refusal.code
}

/** A case whose log names these wrapped keys. */
export function inLog<Scope extends object>(scope: Scope, ...wrapped: readonly { readonly hash: Hash }[]) {
  return { ...scope, granted: new Set(wrapped.map(({ hash }) => hash)) }
}
