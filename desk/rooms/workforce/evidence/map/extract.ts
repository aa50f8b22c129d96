import type { Arc, GeometryCollection, GeometryObject, Topology } from 'topojson-specification'

/** Countries of the world as `world-atlas` has them (Natural Earth, public domain), by their ISO 3166-1 numbers. */
export type WorldTopology = Topology<{ readonly countries: GeometryCollection<{ readonly name: string }> }>
export type RegionTopology = Topology<{ readonly countries: GeometryCollection<{ readonly country: string | null }> }>

/** What is drawn: degrees of longitude and latitude. */
export const frame = { west: 90.5, south: -12, east: 142, north: 29 } as const

/** The programme's countries by ISO 3166-1: three digits in the atlas, two letters with us. */
const codes: Readonly<Record<string, string>> = {
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

/**
 * The countries that reach into the frame, and of their borders what lies in it: of lines wholly outside every twentieth point
 * is kept, so that a shape stays closed and weighs little. Positions stay numbers of the atlas's own grid.
 */
export function extractRegion(world: WorldTopology): RegionTopology {
  const { transform } = world
  if (!transform) throw new TypeError('the atlas has no grid')
  const [[kx, ky], [dx, dy]] = [transform.scale, transform.translate]
  const lines = world.arcs.map(positionsOf)
  const isInside = lines.map((line) => line.some(([x, y]) => isInFrame(x * kx + dx, y * ky + dy)))
  const drawn = world.objects.countries.geometries.filter((country) => arcsOf(country).some((arc) => isInside[arc]))
  const used = [...new Set(drawn.flatMap(arcsOf))]
  const newIndex = new Map(used.map((arc, at) => [arc, at]))
  const renamed = (arc: number): number => (arc < 0 ? ~(newIndex.get(~arc) ?? 0) : (newIndex.get(arc) ?? 0))
  return {
    type: 'Topology',
    transform,
    arcs: used.map((arc) => stepsOf(isInside[arc] ? (lines[arc] ?? []) : thinned(lines[arc] ?? []))),
    objects: {
      countries: {
        type: 'GeometryCollection',
        geometries: drawn.flatMap((country) => {
          const properties = { country: codes[String(country.id)] ?? null }
          if (country.type === 'Polygon')
            return { type: country.type, properties, arcs: country.arcs.map((ring) => ring.map(renamed)) }
          if (country.type === 'MultiPolygon')
            return {
              type: country.type,
              properties,
              arcs: country.arcs
                // Islands far outside: what stays is what can be seen.
                .filter((polygon) => polygon.some((ring) => ring.some((arc) => isInside[arc < 0 ? ~arc : arc])))
                .map((polygon) => polygon.map((ring) => ring.map(renamed))),
            }
          return []
        }),
      },
    },
  }
}

const isInFrame = (longitude: number, latitude: number): boolean =>
  longitude >= frame.west && longitude <= frame.east && latitude >= frame.south && latitude <= frame.north

type Position = readonly [x: number, y: number]

/** TopoJSON 2.1.4: the first position of an arc, then each as a step from the one before. */
function positionsOf(arc: Arc): readonly Position[] {
  let [x, y] = [0, 0]
  return arc.map(([stepX = 0, stepY = 0]) => {
    x += stepX
    y += stepY
    return [x, y]
  })
}

const stepsOf = (line: readonly Position[]): Arc =>
  line.map(([x, y], at) => {
    const [fromX, fromY] = line[at - 1] ?? [0, 0]
    return [x - fromX, y - fromY]
  })

const thinned = (line: readonly Position[]): readonly Position[] =>
  line.filter((_, at) => at % 20 === 0 || at === line.length - 1)

function arcsOf(country: GeometryObject): readonly number[] {
  const all =
    country.type === 'Polygon' ? country.arcs.flat() : country.type === 'MultiPolygon' ? country.arcs.flat(2) : []
  return all.map((arc) => (arc < 0 ? ~arc : arc))
}
