import * as z from 'zod'
import { PersonKey, StreamId } from '../shared/ids.ts'
import { agreedValue, type StreamState, streamRecord } from './fold.ts'
import type { Kind } from './kind.ts'

/** `unsaid`: what was said of the pair is taken back, or she no longer consents to being joined. */
export const Relation = z.enum(['same', 'not-same', 'unsaid'])
export type Relation = z.infer<typeof Relation>

/**
 * Says of two registrations that they are, or are not, one person. It serves counting only: it answers nobody, opens
 * nothing, and needs her consent (`consented` must be true to join).
 */
export const personLinked: Kind = {
  kind: 'log.person-linked',
  version: 1,
  stream: 'person-link',
  opens: true,
  sets: 'stream',
  who: ['steward', 'supervisor'],
  coded: z
    .strictObject({ a: PersonKey, b: PersonKey, relation: Relation, consented: z.boolean() })
    .refine(({ a, b }) => a < b, { path: ['a'] })
    .refine(({ relation, consented }) => relation !== 'same' || consented, { path: ['consented'] }),
  sealed: ['reason'],
  precisions: ['quarter'],
  time: 'sealed',
}

/** The stream of one pair, the same from either side, so that a later word on the pair replaces an earlier one. */
export function pairStream(a: PersonKey, b: PersonKey): StreamId {
  const nibbles = (id: string): number[] => [...id.replaceAll('-', '')].map((digit) => Number.parseInt(digit, 16))
  const [left, right] = [nibbles(a), nibbles(b)]
  const mixed = left.map((nibble, i) => (nibble ^ (right[i] ?? 0)).toString(16))
  mixed[12] = '8' // UUID version 8 (RFC 9562, 5.8): made from other values
  mixed[16] = '8'
  const hex = mixed.join('')
  return StreamId.parse(
    `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`,
  )
}

/** What the programme holds of one pair: `doubt` where two people said different things and nobody has settled it. */
export type PersonLink = { readonly a: PersonKey; readonly b: PersonKey; readonly relation: Relation | 'doubt' }

/**
 * Undefined where the stream is not, or not yet, a word on one pair. Where answers differ and one of them takes the join
 * back, that one holds: a join never outlives her consent to it.
 */
export function linkOf(state: StreamState): PersonLink | undefined {
  const record = state.records[streamRecord]
  const a = PersonKey.safeParse(agreedValue(record, 'a'))
  const b = PersonKey.safeParse(agreedValue(record, 'b'))
  const said = new Set((record?.fields.relation ?? []).map((head) => ('value' in head ? head.value : null)))
  const relation = Relation.safeParse(said.has('unsaid') ? 'unsaid' : [...said][0])
  if (!a.success || !b.success || !relation.success) return undefined
  const isDisputed = said.size > 1 && relation.data !== 'unsaid'
  return { a: a.data, b: b.data, relation: isDisputed ? 'doubt' : relation.data }
}

/**
 * Who is counted as whom. `certain` joins only what is beyond doubt (so it counts more persons), `possible` joins all
 * that anyone has joined (fewer): the true number of persons lies between the two counts.
 */
export type Identities = {
  readonly certain: (person: PersonKey) => PersonKey
  readonly possible: (person: PersonKey) => PersonKey
}

/**
 * The order-free union of all links. A chain of joins that would make one person of two who are said not to be the same
 * is itself in doubt, the whole of it.
 */
export function identify(links: Iterable<PersonLink>): Identities {
  const all = [...links].filter((link) => link.relation !== 'unsaid')
  const joined = union(all.filter((link) => link.relation === 'same'))
  const torn = new Set<PersonKey>()
  for (const link of all) {
    if (link.relation !== 'same' && joined(link.a) === joined(link.b)) torn.add(joined(link.a))
  }
  return {
    certain: union(all.filter((link) => link.relation === 'same' && !torn.has(joined(link.a)))),
    possible: union(all.filter((link) => link.relation !== 'not-same')),
  }
}

/** Union-find whose representative is the least key of its component: the same in any order of links. */
function union(links: readonly PersonLink[]): (person: PersonKey) => PersonKey {
  const parent = new Map<PersonKey, PersonKey>()
  const find = (person: PersonKey): PersonKey => {
    let root = person
    for (let up = parent.get(root); up !== undefined; up = parent.get(root)) root = up
    for (let at = person; at !== root; ) {
      const up = parent.get(at) ?? root
      parent.set(at, root)
      at = up
    }
    return root
  }
  for (const { a, b } of links) {
    const [left, right] = [find(a), find(b)]
    if (left !== right) parent.set(left < right ? right : left, left < right ? left : right)
  }
  return find
}
