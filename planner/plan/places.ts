type Place = { readonly latitude: number | null; readonly longitude: number | null }

const degree = Math.PI / 180
const earthKm = 6371

/** Kilometres on the great circle (haversine formula); Infinity where nobody has said where one of them is. */
export function kmBetween(a: Place, b: Place): number {
  if (!isPlaced(a) || !isPlaced(b)) return Infinity
  const north = Math.sin(((b.latitude - a.latitude) * degree) / 2)
  const east = Math.sin(((b.longitude - a.longitude) * degree) / 2)
  const chord = north * north + Math.cos(a.latitude * degree) * Math.cos(b.latitude * degree) * east * east
  return 2 * earthKm * Math.asin(Math.min(1, Math.sqrt(chord)))
}

const isPlaced = (place: Place): place is { readonly latitude: number; readonly longitude: number } =>
  place.latitude !== null && place.longitude !== null

export type Near = { readonly index: number; readonly km: number }

export type Atlas = {
  /** At most `most` of the places within `km`, the nearest first; equally near ones in their order. None is near a place that nobody knows. */
  readonly near: (from: Place, km: number, most: number, isWanted: (index: number) => boolean) => readonly Near[]
}

/** Places in bands of latitude: five thousand are searched for each of five thousand in well under a second. */
export function atlasOf(places: readonly Place[]): Atlas {
  const order = places
    .flatMap((place, index) => (isPlaced(place) ? { index, ...place } : []))
    .sort((a, b) => a.latitude - b.latitude || a.index - b.index)
  const latitudes = Float64Array.from(order, ({ latitude }) => latitude * degree)
  const longitudes = Float64Array.from(order, ({ longitude }) => longitude * degree)
  const width = latitudes.map(Math.cos)
  return {
    near: (from, km, most, isWanted) => {
      if (!isPlaced(from)) return []
      const [latitude, longitude] = [from.latitude * degree, from.longitude * degree]
      const wide = Math.cos(latitude)
      const found: Near[] = []
      let reach = km
      let farthest = chordOf(reach)
      const look = (place: number): void => {
        const north = Math.sin(((latitudes[place] ?? 0) - latitude) / 2)
        const east = Math.sin(((longitudes[place] ?? 0) - longitude) / 2)
        if (north * north + wide * (width[place] ?? 0) * east * east > farthest) return
        const to = order[place]
        if (!to || !isWanted(to.index)) return
        const far = kmBetween(from, to)
        if (far > reach) return
        found.push({ index: to.index, km: far })
        if (found.length < 4 * most) return
        found.sort(nearest)
        found.length = most
        reach = found.at(-1)?.km ?? reach
        farthest = chordOf(reach)
      }
      // Outwards from her latitude, until no place of a further band can be nearer than what is found.
      let [down, up] = [firstAbove(latitudes, latitude) - 1, firstAbove(latitudes, latitude)]
      for (;;) {
        const below = down >= 0 ? (latitude - (latitudes[down] ?? 0)) * earthKm : Infinity
        const above = up < order.length ? ((latitudes[up] ?? 0) - latitude) * earthKm : Infinity
        if (Math.min(below, above) > reach) break
        if (below === Infinity && above === Infinity) break
        look(below <= above ? down-- : up++)
      }
      return found.sort(nearest).slice(0, most)
    },
  }
}

/** What the haversine formula makes of so many kilometres, and a little more: whoever is beyond is farther, whatever rounding does. */
const chordOf = (km: number): number => Math.sin(Math.min(Math.PI, km / earthKm) / 2) ** 2 * (1 + 1e-9) + 1e-15

const nearest = (a: Near, b: Near): number => a.km - b.km || a.index - b.index

function firstAbove(sorted: Float64Array, value: number): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle] ?? 0) < value) low = middle + 1
    else high = middle
  }
  return low
}
