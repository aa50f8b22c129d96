import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { fakeKdfParameters } from '../verify.ts'
import { expectedOf, Golden, openGolden } from './open-golden.ts'

const golden = Golden.parse(JSON.parse(readFileSync(new URL('./version-1.json', import.meta.url), 'utf8')))

describe('what version 1 wrote', () => {
  it('opens for ever: account, sheets, certificates, batch, fields of two epochs, boxes, keyring and report', async () => {
    expect(Object.keys(golden.values)).toHaveLength(8)
    expect(await openGolden(golden)).toEqual(expectedOf(golden))
  })

  it('is answered for a name that nobody has as it was then, or the name would be known by the change', () => {
    expect(fakeKdfParameters(new Uint8Array(32).fill(1), 'nobody')).toEqual(golden.fakeKdf)
  })
})
