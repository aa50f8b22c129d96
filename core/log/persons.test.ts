import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { EntryId, PersonKey, StreamId } from '../shared/ids.ts'
import type { Entry } from './entry.ts'
import { fold } from './fold.ts'
import { check, gatherKinds } from './kind.ts'
import { identify, linkOf, type PersonLink, pairStream, personLinked } from './persons.ts'
import { entryOf, randomFrom, shuffled, uuidFrom } from './testing/generators.ts'

const runs = { seed: 20261124, numRuns: 500 }
const random = randomFrom(5)
const persons = Array.from({ length: 8 }, () => PersonKey.parse(uuidFrom(random))).sort()
const [a, b, c, d] = persons as [PersonKey, PersonKey, PersonKey, PersonKey, ...PersonKey[]]
const link = (left: PersonKey, right: PersonKey, relation: PersonLink['relation']): PersonLink =>
  left < right ? { a: left, b: right, relation } : { a: right, b: left, relation }
const links = fc.array(
  fc
    .tuple(
      fc.shuffledSubarray(persons, { minLength: 2, maxLength: 2 }),
      fc.constantFrom<PersonLink['relation']>('same', 'same', 'same', 'not-same', 'doubt', 'unsaid'),
    )
    .map(([pair, relation]) => link(pair[0] ?? a, pair[1] ?? b, relation)),
  { maxLength: 12 },
)
const groups = (of: (person: PersonKey) => PersonKey): number => new Set(persons.map(of)).size

describe('who is counted as whom', () => {
  test('does not depend on the order of what was said, nor on hearing it twice', () => {
    fc.assert(
      fc.property(links, fc.nat(), (said, seed) => {
        const [one, other] = [identify(said), identify(shuffled([...said, ...said], randomFrom(seed)))]
        for (const person of persons) {
          expect(other.certain(person)).toBe(one.certain(person))
          expect(other.possible(person)).toBe(one.possible(person))
        }
      }),
      runs,
    )
  })

  test('is a grouping that only widens from certain to possible: persons never count lower than they count higher', () => {
    fc.assert(
      fc.property(links, (said) => {
        const { certain, possible } = identify(said)
        for (const one of persons) {
          expect(certain(certain(one))).toBe(certain(one))
          for (const other of persons) {
            if (certain(one) === certain(other)) expect(possible(one)).toBe(possible(other))
          }
        }
        expect(groups(possible)).toBeLessThanOrEqual(groups(certain))
      }),
      runs,
    )
  })

  test('is what walking the claims by hand gives', () => {
    fc.assert(
      fc.property(links, (said) => {
        const { certain, possible } = identify(said)
        const reach = (from: PersonKey, relations: readonly string[]): Set<PersonKey> => {
          const reached = new Set([from])
          for (const person of reached) {
            for (const each of said.filter(({ relation }) => relations.includes(relation))) {
              if (each.a === person) reached.add(each.b)
              if (each.b === person) reached.add(each.a)
            }
          }
          return reached
        }
        for (const one of persons) {
          const chain = reach(one, ['same'])
          const isTorn = said.some(
            (each) => ['not-same', 'doubt'].includes(each.relation) && chain.has(each.a) && chain.has(each.b),
          )
          for (const other of persons) {
            expect(certain(one) === certain(other)).toBe(one === other || (!isTorn && chain.has(other)))
            expect(possible(one) === possible(other)).toBe(reach(one, ['same', 'doubt']).has(other))
          }
        }
      }),
      runs,
    )
  })

  test('two who are the same count as one; two who are not, or of whom it was taken back, as two', () => {
    expect(groups(identify([link(a, b, 'same')]).certain)).toBe(persons.length - 1)
    for (const relation of ['not-same', 'unsaid'] as const) {
      expect(groups(identify([link(a, b, relation)]).certain)).toBe(persons.length)
      expect(groups(identify([link(a, b, relation)]).possible)).toBe(persons.length)
    }
  })

  test('a doubt gives an interval: one at least, two at most', () => {
    const { certain, possible } = identify([link(a, b, 'doubt')])
    expect([groups(possible), groups(certain)]).toEqual([persons.length - 1, persons.length])
  })

  test('"not the same" within a chain puts the whole chain in doubt, and no other chain', () => {
    const [e, f] = [persons[4] ?? a, persons[5] ?? a]
    const said = [
      link(a, b, 'same'),
      link(b, c, 'same'),
      link(c, d, 'same'),
      link(a, d, 'not-same'),
      link(e, f, 'same'),
    ]
    const { certain, possible } = identify(said)
    expect(new Set([a, b, c, d].map(certain)).size).toBe(4)
    expect(new Set([a, b, c, d].map(possible)).size).toBe(1)
    expect(certain(e)).toBe(certain(f))
  })
})

describe('the stream of a pair', () => {
  test('is the same from either side, and an id like any other', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const next = randomFrom(seed)
        const [left, right] = [PersonKey.parse(uuidFrom(next)), PersonKey.parse(uuidFrom(next))]
        expect(pairStream(left, right)).toBe(pairStream(right, left))
        expect(StreamId.safeParse(pairStream(left, right)).success).toBe(true)
        // RFC 9562: version 8, variant 10.
        expect(pairStream(left, right)).toMatch(/^.{14}8.{4}8/)
      }),
      runs,
    )
  })

  test('differs from pair to pair', () => {
    const pairs = persons.flatMap((one, i) => persons.slice(i + 1).map((other) => pairStream(one, other)))
    expect(new Set(pairs).size).toBe(pairs.length)
  })
})

describe('a word on a pair', () => {
  const kinds = gatherKinds([personLinked])
  const said = (name: number, relation: string, consented: boolean, parents: readonly Entry[] = []): Entry =>
    entryOf({
      id: EntryId.parse(uuidFrom(randomFrom(name))),
      kind: personLinked.kind,
      stream: pairStream(a, b),
      parents: parents.map((parent) => parent.id),
      coded: { a, b, relation, consented },
    })
  const [same, notSame, unsaid] = [said(1, 'same', true), said(2, 'not-same', false), said(3, 'unsaid', false)]

  test('is refused that joins without her consent, or names the pair the wrong way round', () => {
    expect(check(kinds, said(4, 'same', false)).ok).toBe(false)
    expect(check(kinds, { ...same, coded: { a: b, b: a, relation: 'same', consented: true } }).ok).toBe(false)
    expect(check(kinds, { ...same, coded: { a, b: a, relation: 'same', consented: true } }).ok).toBe(false)
    for (const entry of [same, notSame, unsaid]) expect(check(kinds, entry).ok).toBe(true)
  })

  test('holds until a later word on the same pair', () => {
    expect(linkOf(fold(kinds, [same]))?.relation).toBe('same')
    expect(linkOf(fold(kinds, [same, said(5, 'not-same', false, [same])]))?.relation).toBe('not-same')
    expect(linkOf(fold(kinds, []))).toBeUndefined()
  })

  test('is in doubt where two people said different things, and settled by a later word of one who saw both', () => {
    expect(linkOf(fold(kinds, [same, notSame]))).toEqual({ a, b, relation: 'doubt' })
    expect(linkOf(fold(kinds, [same, notSame, said(6, 'same', true, [same, notSame])]))?.relation).toBe('same')
  })

  test('taken back holds over a join said at the same time: no join outlives her consent', () => {
    expect(linkOf(fold(kinds, [same, unsaid]))?.relation).toBe('unsaid')
    expect(linkOf(fold(kinds, [same, notSame, unsaid]))?.relation).toBe('unsaid')
  })

  test('joins nobody where two entries on one stream name different persons', () => {
    const other = { ...notSame, coded: { ...same.coded, b: c } }
    expect(linkOf(fold(kinds, [same, other]))).toBeUndefined()
  })
})
