import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { countries } from '@lentera/core/shared/places'
import { type GeoContext, geoArea, geoCentroid, geoMercator, geoPath } from 'd3-geo'
import { feature, mesh } from 'topojson-client'
import type { GeometryCollection, Topology } from 'topojson-specification'
import { countryOf } from '../labels.ts'

/** The map's own units; it is as wide as there is room. */
export const size = { width: 320, height: 268 } as const

/** Borders of Southeast Asia as one path, in steps of `grain`, and the middle of each country of the programme. */
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
  const [coarse, fine] = await Promise.all([
    read(import.meta.resolve('world-atlas/countries-110m.json')),
    read(import.meta.resolve('world-atlas/countries-50m.json')),
  ])
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
  const steps = new Steps()
  geoPath(projection, steps)(mesh(coarse, coarse.objects.countries))
  return { path: steps.toString(), middles: new Map(middles) }
}

/** What the path's numbers are halves of. */
export const grain = 0.5

/** A path as steps of whole halves from point to point: half the bytes of places written out, and no difference to the eye. */
class Steps implements GeoContext {
  #text = ''
  #at: readonly [x: number, y: number] = [0, 0]
  #isLine = false
  #step(x: number, y: number, letter: 'm' | 'l'): void {
    const to = [Math.round(x / grain), Math.round(y / grain)] as const
    const [dx, dy] = [to[0] - this.#at[0], to[1] - this.#at[1]]
    this.#at = to
    if (letter === 'l' && dx === 0 && dy === 0) return
    const first = letter === 'l' && this.#isLine ? (dx < 0 ? '' : ' ') : letter
    this.#text += `${first}${dx}${dy < 0 ? '' : ' '}${dy}`
    this.#isLine = letter === 'l'
  }
  moveTo(x: number, y: number): void {
    this.#step(x, y, 'm')
  }
  lineTo(x: number, y: number): void {
    this.#step(x, y, 'l')
  }
  toString(): string {
    return this.#text
  }
  // Borders are lines: nothing of them is closed or round.
  closePath(): void {}
  beginPath(): void {}
  arc(): void {}
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

async function read(file: string): Promise<World> {
  return JSON.parse(await readFile(fileURLToPath(file), 'utf8')) as World // of a package whose version is fixed
}

/** Where a code of a country lies on the map; undefined for countries outside of it. */
export function pointOf({ middles }: Outlines, code: string): readonly [x: number, y: number] | undefined {
  const country = countryOf(code)
  return country && middles.get(country)
}
