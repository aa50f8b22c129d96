import type { WrappedKey } from '@lentera/core/log/batch'
import { accept, type Decision } from '@lentera/core/shared/refusals'
import { type Randomness, randomBytes } from '../bytes/randomness.ts'
import { newCaseKey, newPersonKey } from './case-keys.ts'
import { type Grantee, grantCaseKey, wrapPersonKey } from './grants.ts'
import type { CaseKey, PersonKeySecret } from './roles.ts'

/**
 * The next epoch of a case, begun when someone leaves its team: a fresh case key granted to those who stay, a fresh key a
 * person for what is written from now on, and her earlier keys re-wrapped, so that what was written stays readable.
 * Nothing is encrypted again, and what the one who left has already read is not undone.
 *
 * `persons` are all opened person keys of the case, of any epoch. Gives the keys and what goes with the batch; older
 * wraps of this case may be deleted once the batch is stored. Refused: `sealed.public-key-unusable`.
 */
export async function beginEpoch(
  current: CaseKey,
  persons: readonly PersonKeySecret[],
  grantees: readonly Grantee[],
  random: Randomness = randomBytes,
): Promise<Decision<{ caseKey: CaseKey; personKeys: readonly PersonKeySecret[]; wrapped: readonly WrappedKey[] }>> {
  const caseKey = newCaseKey(current, current.epoch + 1, random)
  const fresh = [...new Set(persons.map(({ person }) => person))].map((person) => newPersonKey(caseKey, person, random))
  const wrapped: WrappedKey[] = []
  for (const grantee of grantees) {
    const grant = await grantCaseKey(caseKey, grantee)
    if (!grant.ok) return grant
    wrapped.push(grant.value)
  }
  for (const person of [...persons, ...fresh]) wrapped.push(await wrapPersonKey(person, caseKey, random))
  return accept({ caseKey, personKeys: [...persons, ...fresh], wrapped })
}
