import type { WrappedKey } from '@lentera/core/log/batch'
import type { KeyId, MemberId, PersonKey } from '@lentera/core/shared/ids'
import { accept, type Decision, refuse } from '@lentera/core/shared/refusals'
import { type Bytes, fromBase64Url, toBase64Url } from '../bytes/base64url.ts'
import { concat, readUint32, uint32 } from '../bytes/compose.ts'
import { type Randomness, randomBytes } from '../bytes/randomness.ts'
import { hashNow } from '../primitives/hash.ts'
import { hpkeOpener } from '../primitives/x25519.ts'
import { sealTo } from '../public-sealing/seal-to.ts'
import type { MemberSealPublicKey, RecoveryPublicKey } from './public-keys.ts'
import type { CaseInLog, CaseKey, CaseScope, MemberKeys, OrganisationRoot, PersonKeySecret } from './roles.ts'
import { bytesOf, Secret } from './secret.ts'
import { type Binding, bindingBytes, unwrap, wrap } from './wrap.ts'

/** Whom a case key is granted to. Their public key must come from a verified certificate, never from the server's word. */
export type Grantee =
  | { readonly kind: 'member'; readonly member: MemberId; readonly key: MemberSealPublicKey }
  | { readonly kind: 'recovery'; readonly key: RecoveryPublicKey }

/** Who opens a granted case key. */
export type Holder =
  | { readonly kind: 'member'; readonly member: MemberId; readonly key: MemberKeys['seal'] }
  | { readonly kind: 'recovery'; readonly key: OrganisationRoot['recovery'] }

/** A case key sealed (HPKE) to one member or to the recovery key. Refused: `sealed.public-key-unusable`. */
export async function grantCaseKey(caseKey: CaseKey, grantee: Grantee): Promise<Decision<WrappedKey>> {
  const to = grantee.kind === 'member' ? { kind: grantee.kind, member: grantee.member } : { kind: grantee.kind }
  const binding = caseKeyBinding(caseKey, caseKey.id, caseKey.epoch, nameOf(to))
  const sealed = await sealTo(grantee.key, bytesOf(caseKey.secret), bindingBytes(binding))
  if (!sealed.ok) return sealed
  return accept(wrappedKey(caseKey.id, caseKey.epoch, to, sealed.value))
}

/**
 * Opens case keys granted to one holder; make it once and use it for all her cases.
 * Refused: `sealed.wrong-recipient`, `sealed.grant-not-in-log`, `sealed.wrap-altered` (also where the server gave it for another
 * case or epoch).
 */
export async function caseKeyOpener(
  holder: Holder,
): Promise<(wrapped: WrappedKey, inLog: CaseInLog) => Promise<Decision<CaseKey>>> {
  const open = await hpkeOpener(bytesOf(holder.key.secret))
  return async (wrapped, inLog) => {
    const { to, key: id, epoch } = wrapped
    const isHers =
      to.kind === holder.kind && (to.kind !== 'member' || (holder.kind === 'member' && to.member === holder.member))
    if (!isHers) return refuse('sealed.wrong-recipient')
    if (!inLog.granted.has(wrapped.hash)) return refuse('sealed.grant-not-in-log')
    const sealed = fromBase64Url(wrapped.wrapped)
    if (sealed === undefined || hashNow(sealed) !== wrapped.hash) return refuse('sealed.wrap-altered')
    const bytes = await open(sealed, bindingBytes(caseKeyBinding(inLog, id, epoch, nameOf(to))), new Uint8Array(0))
    if (bytes?.length !== 32) return refuse('sealed.wrap-altered')
    return accept({ programme: inLog.programme, stream: inLog.stream, id, epoch, secret: new Secret('case', bytes) })
  }
}

/** One granted case key opened; for many, `caseKeyOpener`. */
export async function openCaseKey(wrapped: WrappedKey, inLog: CaseInLog, holder: Holder): Promise<Decision<CaseKey>> {
  return (await caseKeyOpener(holder))(wrapped, inLog)
}

/** A person's key wrapped under a key of her case: under its own epoch's at first, under a later one's at a re-wrap. */
export async function wrapPersonKey(
  person: PersonKeySecret,
  under: CaseKey,
  random: Randomness = randomBytes,
): Promise<WrappedKey> {
  if (person.stream !== under.stream || person.programme !== under.programme)
    throw new Error('a person key stays in its case')
  const binding = personKeyBinding(under, person.id, person.person)
  // The epoch of its making travels inside, so that an old person key is not taken for one to write with.
  const wrapped = await wrap(under.secret, concat(uint32(person.epoch), bytesOf(person.secret)), binding, random)
  return wrappedKey(person.id, under.epoch, { kind: 'key', key: under.id }, fromBase64Url(wrapped) ?? new Uint8Array(0))
}

/** A person's key by the key of her case. Refused: `sealed.wrong-key`, `sealed.wrap-altered`. */
export async function openPersonKey(
  wrapped: WrappedKey,
  under: CaseKey,
  person: PersonKey,
): Promise<Decision<PersonKeySecret>> {
  const { to, key: id, epoch } = wrapped
  if (to.kind !== 'key' || to.key !== under.id || epoch !== under.epoch) return refuse('sealed.wrong-key')
  const bytes = await unwrap(under.secret, wrapped.wrapped, personKeyBinding(under, id, person))
  if (bytes?.length !== 36) return refuse('sealed.wrap-altered')
  const { programme, stream } = under
  return accept({
    programme,
    stream,
    id,
    epoch: readUint32(bytes, 0),
    person,
    secret: new Secret('person', bytes.slice(4)),
  })
}

function wrappedKey(key: KeyId, epoch: number, to: WrappedKey['to'], bytes: Bytes): WrappedKey {
  return { key, epoch, to, wrapped: toBase64Url(bytes), hash: hashNow(bytes) }
}

function nameOf(to: WrappedKey['to']): string {
  return to.kind === 'member' ? `member/${to.member}` : to.kind
}

function caseKeyBinding(scope: CaseScope, key: KeyId, epoch: number, to: string): Binding {
  return { purpose: 'lentera/case-key/v1', programme: scope.programme, stream: scope.stream, key, epoch, to }
}

function personKeyBinding(under: CaseKey, key: KeyId, person: PersonKey): Binding {
  const { programme, stream, id, epoch } = under
  return { purpose: 'lentera/person-key/v1', programme, stream, key, person, epoch, under: id }
}
