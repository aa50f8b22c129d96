import { Country } from '@lentera/core/shared/places'
import { geoMercator, geoPath } from 'd3-geo'
import { feature } from 'topojson-client'
import world from 'world-atlas/countries-50m.json'
import { frame } from './extract.ts'

/** The drawing's own units; it is as wide as there is room. */
export const size = { width: 640, height: 540 } as const

/** What part of the earth is drawn. */
export type View = { readonly west: number; readonly south: number; readonly east: number; readonly north: number }
export const wholeRegion: View = frame

export type Outline = { readonly id: string; readonly country: Country | undefined; readonly path: string }

/** Outlines of the countries, and where a place lies in the drawing; undefined outside of it. */
export function drawingOf(view: View) {
  const corners = {
    type: 'MultiPoint' as const,
    coordinates: [
      [view.west, view.south],
      [view.east, view.north],
    ],
  }
  const projection = geoMercator()
    .fitSize([size.width, size.height], corners)
    .clipExtent([
      [0, 0],
      [size.width, size.height],
    ])
  const path = geoPath(projection)
  const outlines = feature(world, world.objects.countries).features.flatMap((country, at): Outline[] => {
    const d = path(country)
    return d ? [{ id: `${at}`, country: Country.safeParse(country.properties.country).data, path: d }] : []
  })
  const at = (longitude: number, latitude: number): readonly [x: number, y: number] | undefined => {
    const point = projection([longitude, latitude])
    return point && point[0] >= 0 && point[0] <= size.width && point[1] >= 0 && point[1] <= size.height
      ? point
      : undefined
  }
  return { outlines, at }
}

/** A view that holds some places with room around them, and no closer than a few hundred kilometres. */
export function viewAround(places: readonly { readonly longitude: number; readonly latitude: number }[]): View {
  const [longitudes, latitudes] = [places.map((each) => each.longitude), places.map((each) => each.latitude)]
  const span = Math.max(
    4,
    Math.max(...longitudes) - Math.min(...longitudes),
    Math.max(...latitudes) - Math.min(...latitudes),
  )
  const [x, y] = [middle(longitudes), middle(latitudes)]
  return { west: x - span * 0.7, east: x + span * 0.7, south: y - span * 0.6, north: y + span * 0.6 }
}

const middle = (values: readonly number[]): number => (Math.min(...values) + Math.max(...values)) / 2
