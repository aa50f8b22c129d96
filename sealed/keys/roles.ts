import type { Hash, KeyId, PersonKey, ProgrammeId, StreamId } from '@lentera/core/shared/ids'
import type {
  DevicePublicKey,
  MemberSealPublicKey,
  MemberSignPublicKey,
  RecoveryPublicKey,
  RootPublicKey,
} from './public-keys.ts'
import type { Secret } from './secret.ts'

/**
 * Every key of the house by its role. The tree (SECURITY.md has the picture):
 * passphrase -> unlock key -> user key -> member keys and local store key;
 * member keys or recovery key -> case key of an epoch -> person key -> content key of one field version.
 */

/** From the passphrase, on the device only. Wraps the user key. */
export type UnlockKey = Secret<'unlock'>
/** From the member's printed recovery code. Wraps the user key. */
export type RecoveryCodeKey = Secret<'recovery-code'>
/** Random; wraps keys only. What signing in opens. */
export type UserKey = Secret<'user'>
/** Random, one a device; what rests on the device rests under it. */
export type LocalStoreKey = Secret<'local-store'>

/** What a key of a case belongs to: fixed at its making and authenticated with every wrap. */
export type CaseScope = { readonly programme: ProgrammeId; readonly stream: StreamId }

/**
 * A case with the hashes of wrapped keys that verified entries `log.key-granted` of its team name. Anyone can seal a key to a
 * public key, the server too: only the log says which grants are a colleague's.
 */
export type CaseInLog = CaseScope & { readonly granted: ReadonlySet<Hash> }

/** The key of a case in one epoch. Wraps person keys only. */
export type CaseKey = CaseScope & { readonly id: KeyId; readonly epoch: number; readonly secret: Secret<'case'> }
/** The key of one person in one case, made in `epoch`. Wraps content keys only; destroying it erases her sealed fields. */
export type PersonKeySecret = CaseScope & {
  readonly id: KeyId
  readonly epoch: number
  readonly person: PersonKey
  readonly secret: Secret<'person'>
}

/** Ed25519 of a device, private half as its seed. */
export type DeviceKey = { readonly public: DevicePublicKey; readonly secret: Secret<'device-sign'> }
/** Ed25519 and X25519 of a member, private halves as their seeds. */
export type MemberKeys = {
  readonly sign: { readonly public: MemberSignPublicKey; readonly secret: Secret<'member-sign'> }
  readonly seal: { readonly public: MemberSealPublicKey; readonly secret: Secret<'member-seal'> }
}
/** The organisation's root and recovery, both from one seed: exists only while it is made or joined from its sheets. */
export type OrganisationRoot = {
  readonly seed: Secret<'root-seed'>
  readonly sign: { readonly public: RootPublicKey; readonly secret: Secret<'root-sign'> }
  readonly recovery: { readonly public: RecoveryPublicKey; readonly secret: Secret<'recovery-seal'> }
}
