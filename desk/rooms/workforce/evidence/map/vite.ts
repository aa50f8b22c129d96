import * as z from 'zod'
import { extractRegion, type WorldTopology } from './extract.ts'

/** Vite plugin: of the world's countries the desk gets those that its map draws, a tenth of the file. */
export function southeastAsia(): {
  readonly name: string
  readonly enforce: 'pre'
  transform(code: string, id: string): { code: string; map: null } | undefined
} {
  return {
    name: 'lentera-southeast-asia',
    enforce: 'pre',
    transform(code, id) {
      if (!id.split('?')[0]?.endsWith('world-atlas/countries-50m.json')) return undefined
      return { code: JSON.stringify(extractRegion(World.parse(JSON.parse(code)))), map: null }
    },
  }
}

/** The atlas is a package of a fixed version: what is read of it is looked at in `extract.test.ts`. */
const World = z.custom<WorldTopology>((value) => typeof value === 'object' && value !== null && 'arcs' in value)
