import { expect, it } from 'vitest'
import { newMemberKeys } from '../accounts/member-keys.ts'
import { knownAgain } from './known-again.ts'

const hers = newMemberKeys()
const bytes = async (keys = hers, purpose = 'htcds', text = 'a row'): Promise<string> =>
  (await knownAgain(keys, purpose, text)).join()

it('gives a text the same sixteen bytes each time', async () => {
  expect(await bytes()).toBe(await bytes())
  expect(await knownAgain(hers, 'htcds', 'a row')).toHaveLength(16)
})

it('gives others under another member’s keys, for another purpose, for another text', async () => {
  const all = [
    await bytes(),
    await bytes(newMemberKeys()),
    await bytes(hers, 'other'),
    await bytes(hers, 'htcds', 'b row'),
  ]
  expect(new Set(all).size).toBe(4)
})
