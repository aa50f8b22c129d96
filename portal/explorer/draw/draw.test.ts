import { countries } from '@lentera/core/shared/places'
import type { Publication } from '@lentera/core/shared/publication'
import { expect, it } from 'vitest'
import { textsOf } from '../../texts.ts'
import { countView } from '../count.ts'
import { inventedRecords, inventedTable } from '../testing/publications.ts'
import { readView } from '../view.ts'
import { bars } from './bars.ts'
import type { Drawn } from './drawn.ts'
import { lines } from './lines.ts'
import { map } from './map.ts'
import { findOutlines, pointOf, size } from './outlines.ts'
import { pyramid } from './pyramid.ts'

function drawn(publication: Publication, query: string): Drawn {
  const read = readView(publication, query)
  if (!read.ok) throw new Error(read.refusal.code)
  const counted = countView(publication, read.value)
  return { publication, view: read.value, counted, texts: textsOf('en'), title: 'Invented' }
}

it('no line runs through a year that is hidden: it lies in stripes', () => {
  const picture = lines(drawn(inventedTable(), 'by=year&by=sex&only.country=TH')).toString()
  // The first of two years is hidden: there is nothing to join.
  expect(picture).not.toMatch(/class="line s\d" d="M[\d. ]+L/)
  expect(picture.match(/fill="url\(#hidden\)"/g)).toHaveLength(1)
  const whole = lines(drawn(inventedTable(), 'by=year&by=sex&only.country=KH')).toString()
  expect(whole).toMatch(/class="line s1" d="M[\d. ]+L/)
  expect(whole).not.toContain('url(#hidden)')
})

it('on a map a circle has the area of its count, the hidden is a square, and the unknown is beside it in words', async () => {
  const outlines = await findOutlines()
  const known = map(drawn(inventedTable(), 'by=country&only.year=2021'), outlines).toString()
  const radii = [...known.matchAll(/class="area"[^>]* r="([\d.]+)"/g)].map(([, r]) => Number(r))
  expect(radii).toHaveLength(2)
  expect((radii[1] ?? 0) ** 2 / (radii[0] ?? 1) ** 2).toBeCloseTo(19 / 20, 2)
  expect(known).toContain('Unknown: 11')
  const hidden = map(drawn(inventedTable(), 'by=country&only.year=2021&only.sex=F'), outlines).toString()
  expect(hidden.match(/class="area"/g)).toHaveLength(1)
  expect(hidden.match(/<rect class="hidden"/g)).toHaveLength(1)
})

it('what no made-up record has is few or none and never zero, and shares of the known are told beside it', () => {
  const records = inventedRecords()
  if (records.data.kind !== 'records') throw new TypeError('no records')
  const sex = records.fields.findIndex(({ name }) => name === 'sex')
  const men = records.fields[sex]?.codes.findIndex(({ code }) => code === 'M')
  const rows = records.data.rows.filter(({ codes }) => codes[sex] !== men)
  const without = (of: Publication): Publication => ({ ...of, data: { kind: 'records', rows } })
  const picture = bars(drawn(without(records), 'by=sex')).toString()
  expect(picture).toMatch(/Male<\/th><td[^>]*>few or none<\/td>/)
  expect(picture.match(/<path class="none"/g)).toHaveLength(1)
  expect(picture).not.toContain('url(#hidden)')
  const women = /Female<\/th><td>[\d,]+<\/td><td>([\d.]+)\s%<\/td><td>([\d.]+)\s%<\/td>/.exec(picture)
  expect(Number(women?.[2])).toBeGreaterThan(Number(women?.[1]))
})

it('every country of the programme has its place on the map, whose borders weigh little', async () => {
  const outlines = await findOutlines()
  expect(outlines.path.length).toBeLessThan(6000)
  for (const [code, { alpha3 }] of Object.entries(countries)) {
    const [x, y] = pointOf(outlines, code) ?? [-1, -1]
    expect([code, x > 0 && x < size.width, y > 0 && y < size.height]).toEqual([code, true, true])
    expect(pointOf(outlines, alpha3)).toEqual([x, y])
  }
  expect(pointOf(outlines, 'BGD')).toBeUndefined()
})

it('a pyramid leaves out neither the unknown of age nor those of the unknown sex', () => {
  const publication = inventedRecords()
  const picture = pyramid(drawn(publication, 'by=age&by=sex')).toString()
  const { counted } = drawn(publication, 'by=age&by=sex')
  const unknownSex = counted.columnTotals.at(-1)?.value ?? 0
  expect(unknownSex).toBeGreaterThan(0)
  expect(picture).toContain(`Not recorded, or left out: ${unknownSex.toLocaleString('en')}`)
  // Two unknown kinds of age, two sides each.
  expect(picture.match(/fill="url\(#unknown\)"/g)).toHaveLength(4)
  expect(picture.match(/class="known/g)).toHaveLength(6)
})
