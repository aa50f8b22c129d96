import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { countries } from '@lentera/core/shared/places'
import { geoArea, geoCentroid, geoMercator, geoPath } from 'd3-geo'
import { feature, mesh } from 'topojson-client'
import type { GeometryCollection, Topology } from 'topojson-specification'
import { countryOf } from '../labels.ts'

/** The map's own units; it is as wide as there is room. */
export const size = { width: 320, height: 268 } as const

/** Borders of Southeast Asia as one path, and the middle of each country of the programme. */
export type Outlines = {
  readonly path: string
  readonly middles: ReadonlyMap<string, readonly [x: number, y: number]>
}

/**
 * Natural Earth's countries (public domain), as `world-atlas` has them: borders at 1 : 110 million, which on a telephone look as
 * those of finer maps do and weigh a tenth; the middles at 1 : 50 million, since Singapore is not on the other.
 */
export function findOutlines(): Promise<Outlines> {
  kept.outlines ??= make()
  return kept.outlines
}

const kept: { outlines?: Promise<Outlines> } = {}

const corners = {
  type: 'MultiPoint' as const,
  coordinates: [
    [91, -11.2],
    [141.2, 28.5],
  ],
}

async function make(): Promise<Outlines> {
  const projection = geoMercator()
    .fitSize([size.width, size.height], corners)
    .clipExtent([
      [0, 0],
      [size.width, size.height],
    ])
  const [coarse, fine] = await Promise.all([read('110m'), read('50m')])
  const middles = feature(fine, fine.objects.countries).features.flatMap(({ id, geometry }) => {
    const code = isoNumbers[String(id)]
    if (!code) return []
    // Of a country of islands the largest of them: a middle in the sea would belong to nobody.
    const pieces =
      geometry.type === 'MultiPolygon'
        ? geometry.coordinates
        : geometry.type === 'Polygon'
          ? [geometry.coordinates]
          : []
    const [main] = pieces
      .map((coordinates) => ({ type: 'Polygon' as const, coordinates }))
      .toSorted((a, b) => geoArea(b) - geoArea(a))
    const point = main && projection(geoCentroid(main))
    return point ? [[code, [Math.round(point[0]), Math.round(point[1])] as const] as const] : []
  })
  return {
    path: geoPath(projection).digits(1)(mesh(coarse, coarse.objects.countries)) ?? '',
    middles: new Map(middles),
  }
}

/** ISO 3166-1: the atlas writes its numbers, we its letters. */
const isoNumbers: Readonly<Record<string, keyof typeof countries>> = {
  '096': 'BN',
  '104': 'MM',
  '116': 'KH',
  '360': 'ID',
  '418': 'LA',
  '458': 'MY',
  '608': 'PH',
  '626': 'TL',
  '702': 'SG',
  '704': 'VN',
  '764': 'TH',
}

type World = Topology<{ readonly countries: GeometryCollection }>

async function read(scale: '110m' | '50m'): Promise<World> {
  const file = fileURLToPath(import.meta.resolve(`world-atlas/countries-${scale}.json`))
  return JSON.parse(await readFile(file, 'utf8')) as World // of a package whose version is fixed
}

/** Where a code of a country lies on the map; undefined for countries outside of it. */
export function pointOf({ middles }: Outlines, code: string): readonly [x: number, y: number] | undefined {
  const country = countryOf(code)
  return country && middles.get(country)
}
