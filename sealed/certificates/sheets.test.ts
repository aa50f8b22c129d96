import fc from 'fast-check'
import { split } from 'shamir-secret-sharing'
import { describe, expect, it } from 'vitest'
import { newRecoveryCodeKey, printRecoveryCode } from '../accounts/recovery-code.ts'
import { accepted, organisation, refusalOf } from '../testing/cast.ts'
import { newOrganisationRoot } from './organisation-root.ts'
import { joinSheets, readSheet, splitRoot } from './sheets.ts'

const root = await newOrganisationRoot()
const sheets = await splitRoot(root, organisation, { needed: 2, of: 3 })
const codes = sheets.map(({ code }) => code)
const [first = '', second = '', third = ''] = codes

describe('the printed sheets of a root', () => {
  it('restore it from any two, in any order', async () => {
    for (const two of [
      [first, second],
      [second, first],
      [first, third],
      [third, second],
      [first, second, third],
    ]) {
      const joined = accepted(await joinSheets(two))
      expect([joined.root.sign.public, joined.root.recovery.public, joined.organisation]).toEqual([
        root.sign.public,
        root.recovery.public,
        organisation,
      ])
    }
  })

  it('restore it from any three of five where three are needed, and from no two', async () => {
    const five = (await splitRoot(root, organisation, { needed: 3, of: 5 })).map(({ code }) => code)
    expect(accepted(await joinSheets([five[4] ?? '', five[1] ?? '', five[2] ?? ''])).root.sign.public).toBe(
      root.sign.public,
    )
    expect(refusalOf(await joinSheets([five[0] ?? '', five[1] ?? '']))).toBe('sealed.sheets-too-few')
  })

  it('say nothing of the root one by one', async () => {
    expect(await joinSheets([second])).toEqual({
      ok: false,
      refusal: { code: 'sealed.sheets-too-few', values: { given: 1, needed: 2 } },
    })
    expect(refusalOf(await joinSheets([]))).toBe('sealed.sheets-too-few')
    // Shamir over bytes: one share of a fixed secret is spread evenly over all values. 4,000 splits, first byte of a share:
    // chi squared with 255 degrees of freedom stays below 347 but for one time in ten thousand.
    const counts = new Array<number>(256).fill(0)
    const secret = new Uint8Array(1).fill(0x5a)
    for (let i = 0; i < 4000; i++) {
      const [share] = await split(secret, 2, 2)
      const value = share?.[0] ?? 0
      counts[value] = (counts[value] ?? 0) + 1
    }
    const expected = 4000 / 256
    expect(counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)).toBeLessThan(347)
  })

  it('read their own number, and what they are a sheet of', () => {
    expect(accepted(readSheet(third))).toMatchObject({ number: 3, of: 3, needed: 2, organisation })
  })

  it('are typed as people type: small letters, spaces, no hyphens, O for 0, I and L for 1', async () => {
    const typed = second.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l')
    expect(
      accepted(await joinSheets([`  ${first.replaceAll('\n', ' ').replaceAll('-', '')}`, typed])).root.sign.public,
    ).toBe(root.sign.public)
    const dashes = second.replaceAll('-', '\u2013')
    expect(accepted(await joinSheets([first, dashes])).root.sign.public).toBe(root.sign.public)
    const fullWidth = first.replace(/[0-9A-Z]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0))
    expect(accepted(await joinSheets([fullWidth, second])).root.sign.public).toBe(root.sign.public)
  })

  it('name the sheet and the line of a slip', async () => {
    const lines = second.split('\n')
    const slip = (lines[3] ?? '').replace(/^./, (digit) => (digit === '7' ? '8' : '7'))
    const typed = [...lines.slice(0, 3), slip, ...lines.slice(4)].join('\n')
    expect(await joinSheets([first, typed])).toEqual({
      ok: false,
      refusal: { code: 'sealed.sheet-mistyped', values: { sheet: 2, line: 4 } },
    })
    const exchanged = [lines[1], lines[0], ...lines.slice(2)].join('\n')
    expect(refusalOf(await joinSheets([first, exchanged]))).toBe('sealed.sheet-mistyped')
    expect(refusalOf(await joinSheets([first, lines.slice(1).join('\n')]))).toBe('sealed.sheet-length')
    expect(refusalOf(await joinSheets([first, printRecoveryCode(newRecoveryCodeKey())]))).toBe('sealed.sheet-length')
  })

  it('are refused by name: the same twice, of two roots, of two splits of one root', async () => {
    expect(await joinSheets([first, first])).toEqual({
      ok: false,
      refusal: { code: 'sealed.sheets-the-same', values: { number: 1 } },
    })
    const others = await splitRoot(await newOrganisationRoot(), organisation, { needed: 2, of: 3 })
    expect(refusalOf(await joinSheets([first, others[1]?.code ?? '']))).toBe('sealed.sheets-of-two-roots')
    const again = await splitRoot(root, organisation, { needed: 2, of: 3 })
    expect(refusalOf(await joinSheets([first, again[1]?.code ?? '']))).toBe('sealed.sheets-of-two-roots')
  })

  it('with any one character mistyped never give a wrong root', async () => {
    const property = fc.asyncProperty(
      fc.nat(),
      fc.constantFrom(...'0123456789ABCDEFGHJKMNPQRSTVWXYZU*'),
      async (at, digit) => {
        const place = at % second.length
        fc.pre(/[0-9A-Z]/.test(second[place] ?? '') && second[place] !== digit)
        const answer = await joinSheets([first, second.slice(0, place) + digit + second.slice(place + 1)])
        expect(refusalOf(answer)).toBe('sealed.sheet-mistyped')
      },
    )
    await fc.assert(property, { numRuns: 500, seed: 23 })
  })

  it('are two at least and sixteen at most', async () => {
    for (const numbers of [
      { needed: 1, of: 3 },
      { needed: 3, of: 2 },
      { needed: 2, of: 17 },
    ]) {
      await expect(splitRoot(root, organisation, numbers)).rejects.toThrow(RangeError)
    }
  })
})
