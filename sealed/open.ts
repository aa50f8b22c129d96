/** The door of the desk and the command line only: everything that holds a key. */
export {
  type AccountRecord,
  changePassphrase,
  newAccount,
  newRecoveryCode,
  recoverAccount,
  type UnlockedAccount,
  unlockAccount,
} from './accounts/account.ts'
export { newMemberKeys, openMemberKeys, wrapMemberKeys } from './accounts/member-keys.ts'
export { deriveAccount, kdfCeiling, kdfFloor, newKdfParameters } from './accounts/passphrase.ts'
export {
  newRecoveryCodeKey,
  printRecoveryCode,
  readRecoveryCode,
  recoveryVerifierOf,
} from './accounts/recovery-code.ts'
export { type Stretch, stretch } from './accounts/stretch.ts'
export { newUserKey, openUserKey, wrapUserKey } from './accounts/user-key.ts'
export { DANGEROUS_seededRandomness, type Randomness, randomBytes } from './bytes/randomness.ts'
export {
  certifyDevice,
  certifyMember,
  certifyMemberByRoot,
  certifyOrganisation,
  type MemberToCertify,
  type Validity,
} from './certificates/issue.ts'
export { newOrganisationRoot, rootFromSeed, wipeRoot } from './certificates/organisation-root.ts'
export { joinSheets, readSheet, type Sheet, splitRoot } from './certificates/sheets.ts'
export { newDeviceKey } from './device/device-key.ts'
export { Keyring } from './device/keyring.ts'
export {
  type Box,
  type BoxPlace,
  newLocalStoreKey,
  openBox,
  openBoxBytes,
  openLocalStoreKey,
  sealBox,
  sealBoxBytes,
  WrappedLocalStoreKey,
  wrapLocalStoreKey,
} from './device/local-store.ts'
export { type BatchToSign, signBatch, signEntry } from './entries/sign-entry.ts'
export { type FieldPlace, type FieldToOpen, openField, openFields, sealField, sealFields } from './envelopes/field.ts'
export { type JsonValue, Opened } from './envelopes/opened.ts'
export { Sealed } from './envelopes/sealed.ts'
export { newCaseKey, newPersonKey } from './keys/case-keys.ts'
export { beginEpoch } from './keys/epochs.ts'
export {
  caseKeyOpener,
  type Grantee,
  grantCaseKey,
  type Holder,
  openCaseKey,
  openPersonKey,
  wrapPersonKey,
} from './keys/grants.ts'
export { knownAgain } from './keys/known-again.ts'
export type {
  CaseInLog,
  CaseKey,
  CaseScope,
  DeviceKey,
  LocalStoreKey,
  MemberKeys,
  OrganisationRoot,
  PersonKeySecret,
  RecoveryCodeKey,
  UnlockKey,
  UserKey,
} from './keys/roles.ts'
export { openSealed, type SealSecret } from './public-sealing/open-sealed.ts'
