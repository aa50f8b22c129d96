import type { Kind } from '../log/kind.ts'
import { outreachKinds } from './outreach/entries.ts'
import { reachKinds } from './reach/entries.ts'
import { sampleKinds } from './sample/entries.ts'

export const awarenessKinds: readonly Kind[] = [...outreachKinds, ...sampleKinds, ...reachKinds]
