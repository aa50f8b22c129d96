import * as z from 'zod'
import { Base64Url, DeviceId, Hash, KeyId, MemberId, OrganisationId, TeamId } from '../shared/ids.ts'
import { Country } from '../shared/places.ts'
import { Role } from '../shared/roles.ts'
import type { Kind } from './kind.ts'

/**
 * Who belongs to a programme, as entries like any other: signed, chained, rebuilt from the log. `certificate` is opaque
 * here (`sealed/` checks it): an organisation's root certifies its members' keys, a member her devices'.
 */
const membership = { version: 1, time: 'clear', precisions: ['day'], sealed: [] } as const

export const programmeFounded: Kind = {
  ...membership,
  kind: 'log.programme-founded',
  stream: 'programme',
  opens: true,
  sets: 'stream',
  who: ['administrator'],
  coded: z.strictObject({
    name: z.string().min(1).max(120),
    /** Null for a regional office: it holds what belongs to no country. */
    country: Country.nullable(),
    zone: z.string().max(64),
    demonstration: z.boolean(),
  }),
}

export const organisationFounded: Kind = {
  ...membership,
  kind: 'log.organisation-founded',
  stream: 'organisation',
  opens: true,
  sets: 'stream',
  who: ['administrator'],
  coded: z.strictObject({
    organisation: OrganisationId,
    name: z.string().min(1).max(120),
    /** Public halves of the organisation's root: Ed25519 to certify, X25519 to recover. */
    rootSign: Base64Url.length(43),
    rootRecovery: Base64Url.length(43),
  }),
}

export const teamFormed: Kind = {
  ...membership,
  kind: 'log.team-formed',
  stream: 'organisation',
  opens: false,
  sets: 'itself',
  who: ['administrator'],
  coded: z.strictObject({ team: TeamId, organisation: OrganisationId, name: z.string().min(1).max(120) }),
}

export const memberAdmitted: Kind = {
  ...membership,
  kind: 'log.member-admitted',
  stream: 'organisation',
  opens: false,
  sets: 'itself',
  who: ['administrator'],
  coded: z.strictObject({
    member: MemberId,
    organisation: OrganisationId,
    team: TeamId.nullable(),
    roles: z.array(Role).min(1),
    /** What colleagues call this post on their screens, never a person's name ("Caseworker 2"). */
    label: z.string().min(1).max(60),
    certificate: z.json(),
  }),
}

export const memberRemoved: Kind = {
  ...membership,
  kind: 'log.member-removed',
  stream: 'organisation',
  opens: false,
  sets: 'itself',
  who: ['administrator'],
  coded: z.strictObject({ member: MemberId }),
}

export const deviceAdded: Kind = {
  ...membership,
  kind: 'log.device-added',
  stream: 'organisation',
  opens: false,
  sets: 'itself',
  who: Role.options,
  coded: z.strictObject({ device: DeviceId, member: MemberId, certificate: z.json() }),
}

/** Whom a case key is granted to: a member by her id, or the organisation's recovery. */
export const Recipient = z.union([MemberId, z.literal('recovery')])
export type Recipient = z.infer<typeof Recipient>

/** Binds wrapped keys, which live beside the log and can be destroyed, to the log by their hashes. */
export const keyGranted: Kind = {
  kind: 'log.key-granted',
  version: 2,
  stream: 'keyed',
  opens: false,
  sets: 'itself',
  who: ['caseworker', 'supervisor', 'livelihoods-officer', 'focal-point'],
  coded: z.strictObject({
    key: KeyId,
    epoch: z.int().min(1),
    hashes: z.array(Hash).min(1).max(256),
    /** So that any device sees whom a key was given to. Version 1 did not say: there it is absent, and nobody knows. */
    recipients: z.array(Recipient).min(1).max(128).optional(),
  }),
  sealed: [],
  precisions: ['quarter'],
  time: 'sealed',
  upcasts: { 2: (coded) => coded },
}

export const membershipKinds: readonly Kind[] = [
  programmeFounded,
  organisationFounded,
  teamFormed,
  memberAdmitted,
  memberRemoved,
  deviceAdded,
  keyGranted,
]
