import { KeyId, type PersonKey, randomUuid } from '@lentera/core/shared/ids'
import { type Randomness, randomBytes } from '../bytes/randomness.ts'
import type { CaseKey, CaseScope, PersonKeySecret } from './roles.ts'
import { Secret } from './secret.ts'

/** A fresh key for one epoch of a case; the first epoch is 1. */
export function newCaseKey(scope: CaseScope, epoch: number, random: Randomness = randomBytes): CaseKey {
  if (!Number.isInteger(epoch) || epoch < 1) throw new RangeError('epochs are counted from 1')
  const { programme, stream } = scope
  return { programme, stream, id: newKeyId(random), epoch, secret: new Secret('case', random(32)) }
}

/** A fresh key for one person, in the epoch of the case key given. */
export function newPersonKey(caseKey: CaseKey, person: PersonKey, random: Randomness = randomBytes): PersonKeySecret {
  const { programme, stream, epoch } = caseKey
  return { programme, stream, id: newKeyId(random), epoch, person, secret: new Secret('person', random(32)) }
}

function newKeyId(random: Randomness): KeyId {
  return KeyId.parse(randomUuid(random(16)))
}
