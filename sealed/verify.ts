/**
 * The door for everyone, the server included: hashes, signatures, certificates, what an envelope says of itself, and signing
 * in. Nothing behind it can open what is sealed.
 */

export { KdfParameters } from './accounts/kdf-parameters.ts'
export {
  fakeKdfParameters,
  hashToken,
  hashVerifier,
  isVerifier,
  LoginVerifier,
  loginLookup,
  newToken,
  RecoveryVerifier,
  SessionToken,
  StoredVerifier,
} from './accounts/login.ts'
export { WrappedMemberKeys } from './accounts/wrapped-member-keys.ts'
export { WrappedUserKey } from './accounts/wrapped-user-key.ts'
export { type Bytes, fromBase64Url, toBase64Url } from './bytes/base64url.ts'
export { type Randomness, randomBytes } from './bytes/randomness.ts'
export { sameBytes } from './bytes/same-bytes.ts'
export {
  DeviceCertificate,
  MemberCertificate,
  OrganisationCertificate,
  SignedCertificate,
} from './certificates/certificate.ts'
export {
  type CertificateContext,
  certificateHash,
  type Verified,
  verifyDeviceCertificate,
  verifyMemberCertificate,
  verifyOrganisationCertificate,
} from './certificates/verify-certificates.ts'
export { addToDigest, Digest, digestOf, emptyDigest, removeFromDigest } from './entries/digest.ts'
export {
  batchText,
  type VerifiedBatch,
  type VerifiedEntry,
  verifyBatch,
  verifyEntries,
  verifyEntry,
} from './entries/verify-entry.ts'
export { verifySignature } from './entries/verify-signature.ts'
export { type EnvelopeHeader, readEnvelopeHeader } from './envelopes/header.ts'
export { buckets, longestValue } from './envelopes/padding.ts'
export { Sealed } from './envelopes/sealed.ts'
export {
  DevicePublicKey,
  IntakePublicKey,
  MemberSealPublicKey,
  MemberSignPublicKey,
  RecoveryPublicKey,
  RootPublicKey,
  type SealPublicKey,
  type SignPublicKey,
} from './keys/public-keys.ts'
export { hash, hashNow } from './primitives/hash.ts'
export { refusalCodes } from './refusal-codes.ts'
