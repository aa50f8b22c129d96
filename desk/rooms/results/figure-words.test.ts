import { wordsOf } from '@lentera/core/results/groups'
import { readCatalogue } from '@lentera/ui/catalogues/node'
import { textOf } from '@lentera/ui/catalogues/text'
import { sizeOf } from '@lentera/ui/parts'
import { expect, test } from 'vitest'
import { countedOf, sayKey, shownFigure, whyBetween, whyNoNumber } from './figure-words.ts'

const t = textOf(readCatalogue('en'))

test('what is protected, and what nobody counted, is never drawn as a number', () => {
  for (const rule of ['fewer-than-five', 'complement'] as const) {
    const shown = shownFigure({ kind: 'protected', rule }, t)
    expect(shown.kind).toBe('protected')
    expect(sizeOf(shown)).toBeUndefined()
    expect(whyNoNumber({ kind: 'protected', rule }, t)).toMatch(/^Protected/)
  }
  for (const why of ['no-cut-off-yet', 'not-for-this-reader', 'nothing-recorded', 'not-imported'] as const) {
    expect(shownFigure({ kind: 'none', why }, t).kind).toBe('unknown')
  }
})

test('a count between two bounds stays between them', () => {
  expect(shownFigure({ kind: 'count', count: { low: 5, high: 9 } }, t)).toEqual({ kind: 'interval', low: 5, high: 9 })
  expect(shownFigure({ kind: 'count', count: { low: 7, high: 7 } }, t)).toEqual({ kind: 'exact', value: 7 })
})

test('a figure says the cut-off it was counted at, or when it was counted live', () => {
  const countedAt = '2026-11-24T02:00:00.000Z'
  expect(countedOf({ asOf: '2026-11-01', countedAt })).toEqual({ kind: 'cut-off', date: '2026-11-01' })
  expect(countedOf({ asOf: null, countedAt })).toEqual({ kind: 'counted', at: Date.parse(countedAt) })
})

test('groups are named in every dimension, not known and unsettled among them', () => {
  expect(sayKey({ service: 'legal-aid', country: 'KH' }, t)).toBe('legal aid, Cambodia')
  expect(sayKey({ country: 'unknown' }, t)).toBe('not known')
  expect(sayKey({ sex: 'unsettled' }, t)).toBe('two versions, not settled')
})

test('officers are women and men of a service; every other group is called what it is everywhere', () => {
  const sexes = ['female', 'male', 'another', 'unknown', 'not-split', 'not-female']
  const say = (unit: string) => {
    const words = wordsOf([{ unit }], t)
    return sexes.map((sex) => sayKey({ sex }, words))
  }
  expect(say('officers').slice(0, 2)).toEqual(['woman', 'man'])
  expect(say('persons').slice(0, 2)).toEqual(['woman or girl', 'man or boy'])
  expect(say('officers').slice(2)).toEqual(say('persons').slice(2))
  expect(say('officers').every((words) => !words.includes('.'))).toBe(true)
})

test('a count between bounds because of heads without a key says so, and no other does', () => {
  const value = { kind: 'count', count: { low: 20, high: 342 } } as const
  expect(whyBetween({ key: 'women-reached-persons', value }, t)).toMatch(/^20 have a code/)
  expect(whyBetween({ key: 'survivors-supported', value }, t)).toBeUndefined()
  expect(
    whyBetween({ key: 'women-reached-persons', value: { ...value, count: { low: 3, high: 3 } } }, t),
  ).toBeUndefined()
})

test('"at least" and "about" are words beside the number, and the share of a sample is no number of women', () => {
  const count = { low: 3000, high: 3000 }
  expect(shownFigure({ kind: 'count', count, qualifier: 'at-least' }, t)).toEqual({
    kind: 'exact',
    value: 3000,
    read: 'at-least',
  })
  const sample = { kind: 'sample', said: 15, asked: 20, percentTenths: 750, between: { low: 531, high: 888 } } as const
  expect(shownFigure(sample, t)).toEqual({ kind: 'exact', value: 75, read: 'percent' })
})
