import { describe, expect, test } from 'vitest'
import { EntryId, KeyId, MemberId } from '../shared/ids.ts'
import { fold } from './fold.ts'
import { decideKeys, type Grant, giverOf, grantsIn, type KeyTeam } from './grants.ts'
import { gatherKinds } from './kind.ts'
import { keyGranted, type Recipient } from './membership.ts'
import { entryOf } from './testing/generators.ts'

const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
const [bopha, dara, sokha] = [1, 2, 3].map((n) => MemberId.parse(id(n))) as [MemberId, MemberId, MemberId]
const [first, second, twin] = [11, 12, 13].map((n) => KeyId.parse(id(n))) as [KeyId, KeyId, KeyId]
const grant = (key: KeyId, epoch: number, recipients?: readonly Recipient[]): Grant => ({ key, epoch, recipients })
const team = (members: readonly MemberId[], grantable: readonly Recipient[] = [...members, 'recovery']): KeyTeam => ({
  members: new Set(members),
  grantable,
})

describe('the keys of a case', () => {
  const both = grant(first, 1, [bopha, dara, 'recovery'])

  test('need nothing where the log says that the whole team was granted them', () => {
    expect(decideKeys([both], 1, team([bopha, dara]))).toEqual({ step: 'none' })
  })

  test('are granted to who has joined, and then nothing more is to do', () => {
    const joined = team([bopha, dara, sokha])
    expect(decideKeys([both], 1, joined)).toEqual({ step: 'grant', to: [sokha] })
    expect(decideKeys([both, grant(first, 1, [sokha])], 1, joined)).toEqual({ step: 'none' })
  })

  test('are granted later to a colleague whose certificate does not hold today, who is not taken for one who left', () => {
    const today = team([bopha, dara, sokha], [bopha, dara, 'recovery'])
    expect(decideKeys([both], 1, today)).toEqual({ step: 'none' })
    expect(decideKeys([both], 1, team([bopha, dara], [bopha, 'recovery']))).toEqual({ step: 'none' })
    expect(decideKeys([both], 1, team([bopha, dara, sokha]))).toEqual({ step: 'grant', to: [sokha] })
  })

  test('begin anew where somebody who has left is among those of this epoch, once', () => {
    const stay = team([bopha])
    expect(decideKeys([both], 1, stay)).toEqual({ step: 'begin-epoch' })
    expect(decideKeys([both, grant(second, 2, [bopha, 'recovery'])], 2, stay)).toEqual({ step: 'none' })
  })

  test('do not begin anew for one who left before this epoch', () => {
    const grants = [both, grant(second, 2, [bopha, 'recovery'])]
    expect(decideKeys(grants, 2, team([bopha, sokha]))).toEqual({ step: 'grant', to: [sokha] })
  })

  test('begin anew once where nobody knows to whom they were granted', () => {
    const unknown = [grant(first, 1), both]
    expect(decideKeys(unknown, 1, team([bopha, dara]))).toEqual({ step: 'begin-epoch' })
    const after = [...unknown, grant(second, 2, [bopha, dara, 'recovery'])]
    expect(decideKeys(after, 2, team([bopha, dara]))).toEqual({ step: 'none' })
  })

  test('that two devices began apart are left as they are, until somebody needs both', () => {
    const apart = [grant(second, 2, [bopha, 'recovery']), grant(twin, 2, [bopha, 'recovery'])]
    expect(decideKeys(apart, 2, team([bopha]))).toEqual({ step: 'none' })
    expect(decideKeys(apart, 2, team([bopha, dara]))).toEqual({ step: 'begin-epoch' })
    expect(decideKeys([apart[0] as Grant, grant(twin, 2, [bopha, dara])], 2, team([bopha]))).toEqual({
      step: 'begin-epoch',
    })
  })
})

describe('the one who gives the keys of a case', () => {
  const all = [grant(first, 1, [bopha, dara, 'recovery'])]
  const giver = (able: readonly MemberId[], grants: readonly Grant[] = all) =>
    giverOf(grants, 1, { opener: dara, able })

  test('is who opened it', () => expect(giver([bopha, dara])).toBe(dara))

  test('is the first of the others where she is gone, or her certificate does not hold today', () => {
    expect(giver([sokha, bopha])).toBe(bopha)
  })

  test('is never one whom the log leaves out of this epoch', () => {
    expect(giver([dara, sokha], [grant(first, 1, [sokha, 'recovery'])])).toBe(sokha)
    expect(giver([sokha])).toBeUndefined()
    expect(giver([sokha], [grant(first, 1)])).toBe(sokha)
    expect(giverOf(all, 2, { opener: dara, able: [bopha, dara] })).toBeUndefined()
  })
})

test('an entry of version 1 stays readable, and does not say to whom the key was granted', () => {
  const kinds = gatherKinds([keyGranted])
  const coded = { key: first, epoch: 1, hashes: ['A'.repeat(43)] }
  const granted = { id: EntryId.parse(id(21)), kind: keyGranted.kind, sealed: {} }
  const older = entryOf({ ...granted, version: 1, coded })
  const newer = entryOf({ ...granted, version: 2, coded: { ...coded, recipients: [bopha, 'recovery'] } })
  expect(fold(kinds, [older]).needsUpdate).toEqual([])
  expect(grantsIn(fold(kinds, [older]))).toEqual([grant(first, 1)])
  expect(grantsIn(fold(kinds, [newer]))).toEqual([grant(first, 1, [bopha, 'recovery'])])
})
