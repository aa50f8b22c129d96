import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { Country } from '@lentera/core/shared/places'
import { geoArea, geoContains } from 'd3-geo'
import { feature } from 'topojson-client'
import { expect, test } from 'vitest'
import { extractRegion, type WorldTopology } from './extract.ts'

const file = createRequire(import.meta.url).resolve('world-atlas/countries-50m.json')
const text = readFileSync(file, 'utf8')
const world: WorldTopology = JSON.parse(text)
const region = extractRegion(world)
const drawn = feature(region, region.objects.countries).features
function countryAt(longitude: number, latitude: number): string | null | undefined {
  for (const { geometry, properties } of drawn)
    if (geoContains(geometry, [longitude, latitude])) return properties.country
  return undefined
}

test('every country of the programme is drawn, and no borders of the rest of the world travel with them', () => {
  const codes = region.objects.countries.geometries.flatMap(
    ({ properties }) => (properties && 'country' in properties && properties.country) || [],
  )
  expect(codes.sort()).toEqual([...Country.options].sort())
  expect(JSON.stringify(region).length).toBeLessThan(text.length / 6)
})

test('capitals lie in their countries, and the open sea in none', () => {
  expect([countryAt(104.9, 11.6), countryAt(102.6, 18.0), countryAt(100.5, 13.9), countryAt(121.0, 14.6)]).toEqual([
    ...['KH', 'LA', 'TH', 'PH'],
  ])
  expect(countryAt(96.1, 19.8)).toBe('MM')
  expect(countryAt(110, 5)).toBeUndefined()
})

test('the countries of the programme keep the size the atlas gives them', () => {
  const before = feature(world, world.objects.countries).features
  for (const country of drawn) {
    const name = country.properties.country
    if (name === null) continue
    const id = {
      BN: '096',
      MM: '104',
      KH: '116',
      ID: '360',
      LA: '418',
      MY: '458',
      PH: '608',
      TL: '626',
      SG: '702',
      VN: '704',
      TH: '764',
    }[name]
    const same = before.find((each) => each.id === id)
    expect([name, Math.abs(geoArea(country) / (same ? geoArea(same) : 0) - 1) < 0.01]).toEqual([name, true])
  }
})
