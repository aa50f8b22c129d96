import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonicalText, Entry, limits } from './entry.ts'
import { entryOf, randomFrom, shuffled, uuidFrom } from './testing/generators.ts'

const runs = { seed: 20261124, numRuns: 500 }
const backwards = (value: unknown): unknown => JSON.parse(JSON.stringify(value), (_, inner) => reordered(inner))
const reordered = (value: unknown) =>
  value && typeof value === 'object' && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).reverse())
    : value

/** JSON as an entry may hold it: whole numbers, well-formed NFC text. */
const text = fc.string({ unit: 'grapheme', maxLength: 12 }).map((value) => value.normalize('NFC'))
const { value: allowed } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', maxDepth: 5 },
    fc.constant(null),
    fc.boolean(),
    fc.maxSafeInteger().map((n) => n + 0),
    text,
    fc.array(tie('value'), { maxLength: 5 }),
    fc.dictionary(text, tie('value'), { maxKeys: 5 }),
  ),
}))

describe('the canonical text is that of RFC 8785', () => {
  // Test data of the RFC's author (cyberphone/json-canonicalization, testdata/), and the sample of its section 3.2.3.
  test.each([
    ['arrays.json', '[56,{"d":true,"10":null,"1":[]}]', '[56,{"1":[],"10":null,"d":true}]'],
    [
      'french.json',
      '{"peach":"This sorting order","péché":"is wrong according to French","pêche":"but canonicalization MUST","sin":"ingnore locale"}',
      '{"peach":"This sorting order","péché":"is wrong according to French","pêche":"but canonicalization MUST","sin":"ingnore locale"}',
    ],
    [
      'structures.json',
      '{"1":{"f":{"f":"hi","F":5},"\\n":56.0},"10":{},"":"empty","a":{},"111":[{}],"A":{}}',
      '{"":"empty","1":{"\\n":56,"f":{"F":5,"f":"hi"}},"10":{},"111":[{}],"A":{},"a":{}}',
    ],
    [
      'values.json, without its fractions',
      '{"escaping":"\\u20ac$\\u000F\\u000aA\'\\u0042\\u0022\\u005c\\\\\\"\\/","literals":[null,true,false]}',
      '{"escaping":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/","literals":[null,true,false]}',
    ],
    [
      'weird.json, without the one name that is not NFC',
      '{"\\u20ac":"Euro Sign","1":"One","\\u0080":"Control\\u007f","\\ud83d\\ude02":"Smiley","\\u00f6":"Latin Small Letter O With Diaeresis","</script>":"Browser Challenge"}',
      '{"1":"One","</script>":"Browser Challenge","\u0080":"Control\u007f","ö":"Latin Small Letter O With Diaeresis","€":"Euro Sign","😂":"Smiley"}',
    ],
  ])('%s', (_, input, output) => {
    expect(canonicalText(JSON.parse(input))).toBe(output)
  })

  test('names are sorted by UTF-16 code units: an emoji (a surrogate pair) before a private-use letter', () => {
    // By code points the emoji (U+1F602) would come last; by code units its first half (D83D) is below E000.
    expect(canonicalText({ '\ue000': 1, '😂': 2, a: 3 })).toBe('{"a":3,"😂":2,"\ue000":1}')
  })

  test('what a canonical text says, written again, is the same text', () => {
    fc.assert(
      fc.property(allowed, (value) => {
        const written = canonicalText(value)
        expect(canonicalText(JSON.parse(written))).toBe(written)
        expect(JSON.parse(written)).toEqual(JSON.parse(JSON.stringify(value)))
      }),
      runs,
    )
  })

  test('the order in which members were set does not show', () => {
    fc.assert(
      fc.property(allowed, (value) => {
        expect(canonicalText(backwards(value))).toBe(canonicalText(value))
      }),
      runs,
    )
  })
})

describe('where we are stricter than RFC 8785', () => {
  test('text and names are NFC, and names are sorted as they are written', () => {
    expect(canonicalText('A\u030a')).toBe('"Å"')
    // Decomposed, "é" begins with an "e" and would come before "f"; written, it comes after.
    expect(canonicalText({ 'e\u0301': 1, f: 2 })).toBe('{"f":2,"é":1}')
    // U+FB33 of weird.json is excluded from composition: in NFC it is two letters, and sorts as such.
    expect(canonicalText({ '\ufb33': 1, '€': 2 })).toBe('{"\u05d3\u05bc":1,"€":2}')
  })

  test.each([
    ['a fraction', 4.5],
    ['a number beyond what is exact', 1e30],
    ['not a number', Number.NaN],
    ['negative zero', -0],
    ['a lone surrogate in a text', 'a\ud83d'],
    ['a lone surrogate in a name', { 'a\ud83d': 1 }],
    ['two names that are one in NFC', { 'e\u0301': 1, é: 2 }],
    ['undefined in a list', [undefined]],
    ['a bigint', 1n],
    ['a function', () => 1],
  ])('%s has no canonical text', (_, value) => {
    expect(() => canonicalText(value)).toThrow(TypeError)
  })

  test('what nests too deep is refused by name, however deep it is', () => {
    const nested = (depth: number) => JSON.parse('['.repeat(depth) + ']'.repeat(depth))
    expect(canonicalText(nested(limits.depth))).toHaveLength(2 * limits.depth)
    expect(() => canonicalText(nested(limits.depth + 1))).toThrow(/too deep/)
    expect(() => canonicalText(nested(100_000))).toThrow(/too deep/)
  })

  test('a member that is undefined is left out', () => {
    expect(canonicalText({ a: 1, b: undefined })).toBe('{"a":1}')
  })
})

describe('an entry', () => {
  const good = entryOf({ id: Entry.shape.id.parse(uuidFrom(randomFrom(1))), kind: 'support.case-opened' })

  test('is read back from its canonical text, whatever order its members came in', () => {
    const mixed = Object.fromEntries(shuffled(Object.entries(good), randomFrom(2)))
    expect(canonicalText(mixed)).toBe(canonicalText(good))
    expect(Entry.parse(JSON.parse(canonicalText(good)))).toEqual(good)
  })

  test.each([
    ['a member nobody declared', { colour: 'red' }],
    ['another version of the form', { v: 2 }],
    ['an id that is not a lower-case UUID', { id: good.id.toUpperCase() }],
    ['a kind without a room', { kind: 'opened' }],
    ['a version of zero', { version: 0 }],
    ['a day that does not exist', { on: '2026-02-30' }],
    ['a sealed field that is no envelope', { sealed: { name: 'Daw Aye!' } }],
    ['more parents than one entry may name', { parents: Array.from({ length: limits.parents + 1 }, () => good.id) }],
    ['a device time that is not a whole number', { at: { time: 1.5, clock: [0, 0] } }],
    ['a hash of another length', { prev: 'abc' }],
  ])('is refused with %s', (_, wrong) => {
    expect(Entry.safeParse({ ...good, ...wrong }).success).toBe(false)
  })
})
