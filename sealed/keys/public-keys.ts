import * as z from 'zod'

/** Public keys, 32 bytes as base64url, one brand a role: none can be passed for another. */
const publicKey = z.string().regex(/^[A-Za-z0-9_-]{43}$/)

/** Ed25519 of the organisation's root: what every certificate leads back to. */
export const RootPublicKey = publicKey.brand<'RootPublicKey'>()
export type RootPublicKey = z.infer<typeof RootPublicKey>
/** X25519 of the organisation's recovery, from the same seed as the root. */
export const RecoveryPublicKey = publicKey.brand<'RecoveryPublicKey'>()
export type RecoveryPublicKey = z.infer<typeof RecoveryPublicKey>
/** Ed25519 of a member: certifies her devices, and other members where she may. */
export const MemberSignPublicKey = publicKey.brand<'MemberSignPublicKey'>()
export type MemberSignPublicKey = z.infer<typeof MemberSignPublicKey>
/** X25519 of a member: case keys are sealed to it. */
export const MemberSealPublicKey = publicKey.brand<'MemberSealPublicKey'>()
export type MemberSealPublicKey = z.infer<typeof MemberSealPublicKey>
/** Ed25519 of a device: signs entries and batches. */
export const DevicePublicKey = publicKey.brand<'DevicePublicKey'>()
export type DevicePublicKey = z.infer<typeof DevicePublicKey>
/** X25519 of an organisation's intake: reports from outside are sealed to it. */
export const IntakePublicKey = publicKey.brand<'IntakePublicKey'>()
export type IntakePublicKey = z.infer<typeof IntakePublicKey>

export type SignPublicKey = RootPublicKey | MemberSignPublicKey | DevicePublicKey
export type SealPublicKey = RecoveryPublicKey | MemberSealPublicKey | IntakePublicKey
