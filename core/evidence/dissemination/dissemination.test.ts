import { describe, expect, it } from 'vitest'
import { Entry } from '../../log/entry.ts'
import type { StreamState } from '../../log/fold.ts'
import { check, gatherKinds } from '../../log/kind.ts'
import { ensureBegun, WrittenStream } from '../../log/testing/written-stream.ts'
import { CivilDate } from '../../shared/dates.ts'
import { OrganisationId, StreamId } from '../../shared/ids.ts'
import type { Decision } from '../../shared/refusals.ts'
import {
  correctDistribution,
  correctOutcome,
  type Distributed,
  describeEvent,
  describeProduct,
  holdEvent,
  markEventInError,
  markProductInError,
  noteOutcome,
  publishProduct,
  recordDistribution,
  type SaidOfEvent,
  type SaidOfOutcome,
  type SaidOfProduct,
  withdrawProduct,
} from './capture.ts'
import { disseminationKinds } from './entries.ts'
import { type DisseminationEvent, type Product, projectEvent, projectProduct } from './project.ts'
import { contributionsOfEvent, contributionsOfProduct, disseminationFacts } from './tally.ts'
import { womenAmong } from './words.ts'

const kinds = gatherKinds(disseminationKinds)
const day = (text: string): CivilDate => CivilDate.parse(text)
const today = day('2026-11-24')
const tomorrow = day('2026-11-25')
const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
const stream = StreamId.parse(id(1))
const organisation = OrganisationId.parse(id(2))
const codeOf = (decided: Decision<unknown>): string | undefined => (decided.ok ? undefined : decided.refusal.code)

/** A stream as a device has it: each command decided on what stands, its drafts made entries that know their parents. */
class OneStream<T> extends WrittenStream {
  readonly project: (state: StreamState) => T | undefined

  constructor(project: (state: StreamState) => T | undefined) {
    super(kinds)
    this.project = project
  }

  get it(): T {
    return ensureBegun(this.project(this.state))
  }
}

const study: SaidOfProduct = {
  title: 'Women at the crossings (invented)',
  kind: 'study',
  edition: '2026-05',
  languages: ['en', 'km'],
  publishedOn: day('2026-05'),
}
const claim: Distributed = {
  audience: 'academia',
  carrier: 'copies',
  amount: 300,
  qualifier: 'at-least',
  source: 'Delivery notes (invented)',
}
const meeting: SaidOfEvent = {
  level: 'country',
  country: 'KH',
  audiences: ['policy-makers', 'law-enforcement'],
  products: [],
  heldOn: day('2026-06-02'),
  participants: { total: 40, female: 18, male: 12 },
}

function published(said: Partial<SaidOfProduct> = {}): OneStream<Product> {
  const one = new OneStream(projectProduct)
  one.write(publishProduct(stream, organisation, { ...study, ...said }, today))
  return one
}

function held(said: Partial<SaidOfEvent> = {}): OneStream<DisseminationEvent> {
  const one = new OneStream(projectEvent)
  one.write(holdEvent(stream, organisation, { ...meeting, ...said }, today))
  return one
}

function distributed(rows: readonly Distributed[]): OneStream<Product> {
  const one = published()
  for (const row of rows) one.write(recordDistribution(stream, one.it, row, { on: today, today }))
  return one
}

const ofProduct = (one: OneStream<Product>) =>
  contributionsOfProduct(one.state).map(({ fact, dimensions, amount }) => [fact, dimensions, amount])
const ofEvent = (one: OneStream<DisseminationEvent>, fact: string) =>
  contributionsOfEvent(one.state).flatMap((each) => (each.fact === fact ? [[each.dimensions, each.amount]] : []))

describe('what is refused of a product, by name', () => {
  it.each<[string, Partial<SaidOfProduct>, string]>([
    ['without a title', { title: '  ' }, 'evidence.title-missing'],
    ['of an edition that is none', { edition: 'second' }, 'evidence.edition-not-understood'],
    ['of an edition that has not come', { edition: '2027' }, 'evidence.edition-in-the-future'],
    ['in no language', { languages: [] }, 'evidence.no-language'],
    ['published tomorrow', { publishedOn: tomorrow }, 'evidence.published-in-the-future'],
  ])('one %s, also as a correction', (_, said, code) => {
    expect(codeOf(publishProduct(stream, organisation, { ...study, ...said }, today))).toBe(code)
    expect(codeOf(describeProduct(stream, published().it, said, today))).toBe(code)
  })

  it('a withdrawal without a reason, or of what is withdrawn; and what stands cannot be let stand again', () => {
    const one = published()
    const withdraw = (withdrawn: boolean, note: string) => withdrawProduct(stream, one.it, { withdrawn, note }, today)
    expect(codeOf(withdraw(true, ' '))).toBe('evidence.no-withdrawal-note')
    expect(codeOf(withdraw(false, 'It stands'))).toBe('evidence.not-withdrawn')
    one.write(withdraw(true, 'Figures of table 2 were wrong'))
    expect(codeOf(withdraw(true, 'Again'))).toBe('evidence.withdrawn-already')
    expect(codeOf(describeProduct(stream, one.it, {}, today))).toBe('evidence.nothing-changed')
  })

  it('a claim without a whole number or a source, before the product was there, or of a product that never was', () => {
    const { it: product } = published()
    const record = (row: Partial<Distributed>, on = today) =>
      codeOf(recordDistribution(stream, product, { ...claim, ...row }, { on, today }))
    for (const amount of [0, -3, 1.5, Number.NaN]) expect(record({ amount })).toBe('evidence.number-missing')
    expect(record({ source: ' ' })).toBe('evidence.source-missing')
    expect(record({}, tomorrow)).toBe('evidence.distributed-in-the-future')
    expect(record({}, day('2026-04-30'))).toBe('evidence.distributed-before-published')
    for (const on of ['2026', '2026-05', '2026-05-01']) expect(record({}, day(on))).toBeUndefined()
    const one = published()
    one.write(markProductInError(stream, one.it, one.it.opening, true))
    expect(codeOf(recordDistribution(stream, one.it, claim, { on: today, today }))).toBe('evidence.product-in-error')
    expect(codeOf(correctDistribution(stream, product, product.opening, { amount: 2 }))).toBe('evidence.no-such-row')
  })
})

describe('what is refused of an event, by name', () => {
  it.each<[string, Partial<SaidOfEvent>, string]>([
    ['at country level without a country', { country: null }, 'evidence.event-without-country'],
    ['for nobody', { audiences: [] }, 'evidence.no-audience'],
    ['held tomorrow', { heldOn: tomorrow }, 'evidence.event-in-the-future'],
    ['with more women than people', { participants: { total: 4, female: 5 } }, 'evidence.headcount-differs'],
    ['with a part of a person', { participants: { total: 4.5 } }, 'evidence.headcount-differs'],
  ])('one %s, also as a correction', (_, said, code) => {
    expect(codeOf(holdEvent(stream, organisation, { ...meeting, ...said }, today))).toBe(code)
    expect(codeOf(describeEvent(stream, held().it, said, today))).toBe(code)
  })
})

describe('what a product contributes', () => {
  it('is itself once, and each claim in its own unit: copies and downloads are never added up', () => {
    const one = distributed([claim, { ...claim, carrier: 'downloads', amount: 1200, qualifier: 'about' }])
    expect(ofProduct(one)).toEqual([
      [disseminationFacts.published, { product: 'study', standing: 'standing' }, 1],
      [disseminationFacts.copies, { audience: 'academia', qualifier: 'at-least' }, 300],
      [disseminationFacts.downloads, { audience: 'academia', qualifier: 'about' }, 1200],
    ])
  })

  it('follows a correction, of a claim as of the product; a day that was wrong moves it to another quarter', () => {
    const one = distributed([claim])
    const [row] = one.it.distributions
    if (!row) throw new Error('a claim')
    one.write(correctDistribution(stream, one.it, row.record, { amount: 250, audience: 'communities' }))
    one.write(describeProduct(stream, one.it, { kind: 'report', publishedOn: day('2025') }, today))
    expect(ofProduct(one)).toEqual([
      [disseminationFacts.published, { product: 'report', standing: 'standing' }, 1],
      [disseminationFacts.copies, { audience: 'communities', qualifier: 'at-least' }, 250],
    ])
    expect(contributionsOfProduct(one.state)[0]?.on).toBe('2025')
  })

  it('stays counted when it is withdrawn, and says so', () => {
    const one = published()
    one.write(withdrawProduct(stream, one.it, { withdrawn: true, note: 'Superseded' }, today))
    expect(ofProduct(one)).toEqual([[disseminationFacts.published, { product: 'study', standing: 'withdrawn' }, 1]])
    one.write(withdrawProduct(stream, one.it, { withdrawn: false, note: 'It was another one' }, today))
    expect(ofProduct(one)).toEqual([[disseminationFacts.published, { product: 'study', standing: 'standing' }, 1]])
  })

  it('is nothing once it is in error, until that is taken back; a claim likewise', () => {
    const one = distributed([claim])
    const [row] = one.it.distributions
    if (!row) throw new Error('a claim')
    one.write(markProductInError(stream, one.it, row.record, true))
    expect(ofProduct(one)).toHaveLength(1)
    one.write(markProductInError(stream, one.it, one.it.opening, true))
    expect(ofProduct(one)).toEqual([])
    one.write(markProductInError(stream, one.it, one.it.opening, false))
    expect(ofProduct(one)).toHaveLength(1)
  })

  it('of a number that two people said apart is the least of both, and unsettled where their words differ', () => {
    const one = distributed([claim])
    const [row] = one.it.distributions
    if (!row) throw new Error('a claim')
    const { heads } = one.state
    const change = (said: Partial<Distributed>) => correctDistribution(stream, one.it, row.record, said)
    const [first, second] = [
      change({ amount: 200, audience: 'communities' }),
      change({ amount: 900, audience: 'academia' }),
    ]
    one.write(first, heads)
    one.write(second, heads)
    expect(one.it.conflicts.map(({ field }) => field).sort()).toEqual(['amount', 'audience'])
    expect(ofProduct(one)[1]).toEqual([
      disseminationFacts.copies,
      { audience: 'unsettled', qualifier: 'at-least' },
      200,
    ])
    one.write(change({ amount: 900, audience: 'academia' }))
    expect(ofProduct(one)[1]?.[2]).toBe(900)
  })
})

describe('what an event contributes', () => {
  it('is itself once, each audience once, and participants in parts that add up to the total', () => {
    const one = held()
    expect(ofEvent(one, disseminationFacts.held)).toEqual([[{ level: 'country' }, 1]])
    expect(ofEvent(one, disseminationFacts.met)).toEqual([
      [{ level: 'country', audience: 'policy-makers' }, 1],
      [{ level: 'country', audience: 'law-enforcement' }, 1],
    ])
    expect(ofEvent(one, disseminationFacts.participants)).toEqual([
      [{ level: 'country', sex: 'female' }, 18],
      [{ level: 'country', sex: 'male' }, 12],
      [{ level: 'country', sex: 'unknown' }, 10],
    ])
  })

  it('where only a total is known, all of them may be women or none; where nobody counted, there is no number', () => {
    expect(womenAmong({ total: 40 })).toEqual({ low: 0, high: 40 })
    expect(womenAmong({ total: 40, male: 15 })).toEqual({ low: 0, high: 25 })
    expect(womenAmong({ total: 40, female: 18 })).toEqual({ low: 18, high: 18 })
    expect(womenAmong({ total: 40, female: 18, male: 12 })).toEqual({ low: 18, high: 28 })
    expect(ofEvent(held({ participants: { total: 40, female: 18 } }), disseminationFacts.participants)).toEqual([
      [{ level: 'country', sex: 'female' }, 18],
      [{ level: 'country', sex: 'not-female' }, 22],
    ])
    expect(ofEvent(held({ participants: null }), disseminationFacts.participants)).toEqual([])
  })

  it('of several countries is of none of them, also when its level is corrected', () => {
    const one = held()
    one.write(describeEvent(stream, one.it, { level: 'regional' }, today))
    expect([one.it.level, one.it.country]).toEqual(['regional', null])
    expect(codeOf(describeEvent(stream, one.it, { level: 'country' }, today))).toBe('evidence.event-without-country')
    one.write(describeEvent(stream, one.it, { level: 'country', country: 'TH' }, today))
    expect([one.it.level, one.it.country]).toEqual(['country', 'TH'])
  })

  it('is nothing once it is in error, until that is taken back', () => {
    const one = held()
    one.write(markEventInError(stream, one.it, true))
    expect(contributionsOfEvent(one.state)).toEqual([])
    one.write(markEventInError(stream, one.it, false))
    expect(contributionsOfEvent(one.state)).not.toEqual([])
  })

  it('that two people counted apart has at least as many as both say, of nobody’s sex', () => {
    const one = held()
    const { heads } = one.state
    const [first, second] = [35, 44].map((total) =>
      describeEvent(
        stream,
        one.it,
        { participants: { total, female: 20 }, level: total > 40 ? 'regional' : 'country' },
        today,
      ),
    )
    if (!first || !second) throw new Error('two corrections')
    one.write(first, heads)
    one.write(second, heads)
    expect(ofEvent(one, disseminationFacts.participants)).toEqual([[{ level: 'unsettled', sex: 'unsettled' }, 35]])
  })

  it('that two people counted alike is told by sex, also where a third says that nobody counted', () => {
    const one = held({ participants: null })
    const { heads } = one.state
    const counted = { total: 40, female: 18, male: 22 }
    const written = [counted, counted].map((participants) => describeEvent(stream, one.it, { participants }, today))
    const none = describeEvent(stream, held().it, { participants: null }, today)
    for (const each of [...written, none]) one.write(each, heads)
    expect(ofEvent(one, disseminationFacts.participants)).toEqual([
      [{ level: 'country', sex: 'female' }, 18],
      [{ level: 'country', sex: 'male' }, 22],
    ])
  })
})

const outcome: SaidOfOutcome = {
  outcome: 'law-or-policy',
  what: 'An invented circular quotes its second table.',
  audience: 'policy-makers',
  event: null,
  source: 'Circular 7 (invented)',
  address: 'https://example.org/circular',
  strength: 'public',
}

describe('what came of a product', () => {
  it.each<[string, Partial<SaidOfOutcome>, string]>([
    ['that says nothing', { what: ' ' }, 'evidence.outcome-missing'],
    ['without a source', { source: '' }, 'evidence.source-missing'],
    ['at no address of the web', { address: 'somewhere' }, 'evidence.address-not-understood'],
    ['at an address that runs', { address: 'javascript:alert(1)' }, 'evidence.address-not-understood'],
    ['that anybody could read nowhere', { address: '' }, 'evidence.public-without-address'],
  ])('is refused %s, also as a correction', (_, change, code) => {
    const one = published()
    one.write(noteOutcome(stream, one.it, outcome, { on: today, today }))
    const [row] = one.it.outcomes
    if (!row) throw new Error('it was noted')
    expect(codeOf(noteOutcome(stream, one.it, { ...outcome, ...change }, { on: today, today }))).toBe(code)
    expect(codeOf(correctOutcome(stream, one.it, row.record, { ...outcome, ...change }))).toBe(code)
    expect(codeOf(correctOutcome(stream, one.it, row.record, outcome))).toBe('evidence.nothing-changed')
  })

  it('is refused before the product was there, after today, and of one that never was', () => {
    const one = published()
    const note = (on: CivilDate) => codeOf(noteOutcome(stream, one.it, outcome, { on, today }))
    expect(note(tomorrow)).toBe('evidence.outcome-in-the-future')
    expect(note(day('2026-04'))).toBe('evidence.outcome-before-published')
    one.write(markProductInError(stream, one.it, one.it.opening, true))
    expect(note(today)).toBe('evidence.product-in-error')
  })

  it('is noted, corrected, and marked as never having been, and moves no count', () => {
    const one = published()
    const before = ofProduct(one)
    one.write(noteOutcome(stream, one.it, outcome, { on: today, today }))
    const record = one.it.outcomes[0]?.record
    if (!record) throw new Error('it was noted')
    one.write(correctOutcome(stream, one.it, record, { ...outcome, strength: 'told', address: '' }))
    expect(one.it.outcomes).toMatchObject([
      { strength: 'told', address: undefined, what: outcome.what, audience: 'policy-makers' },
    ])
    one.write(markProductInError(stream, one.it, record, true))
    expect(one.it.outcomes).toMatchObject([{ enteredInError: true }])
    expect(ofProduct(one)).toEqual(before)
  })

  it('a claim says at which event it was handed over; one of the first version says none', () => {
    const one = distributed([{ ...claim, event: StreamId.parse(id(8)) }, claim])
    expect(one.it.distributions.map(({ event }) => event)).toEqual([id(8), null])
    const [first] = one.entries.filter(({ kind }) => kind === 'evidence.product-distributed')
    if (!first) throw new Error('it was distributed')
    const { event: _, ...coded } = first.coded
    const older = Entry.parse({ ...first, version: 1, coded })
    expect(check(kinds, older)).toMatchObject({ ok: true, value: { known: true } })
    expect(check(kinds, { ...first, version: 3 })).toMatchObject({ ok: true, value: { known: false } })
  })
})
