/** The door for who seals and never opens: to a public key, by HPKE. */

export {
  IntakePublicKey,
  MemberSealPublicKey,
  RecoveryPublicKey,
  type SealPublicKey,
} from './keys/public-keys.ts'
export { sealTo } from './public-sealing/seal-to.ts'
