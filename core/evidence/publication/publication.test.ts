import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Draft } from '../../log/draft.ts'
import { Entry } from '../../log/entry.ts'
import { fold } from '../../log/fold.ts'
import { check, gatherKinds } from '../../log/kind.ts'
import { CivilDate } from '../../shared/dates.ts'
import { Hash, MemberId, OrganisationId, StreamId } from '../../shared/ids.ts'
import type { Decision } from '../../shared/refusals.ts'
import {
  bringHolding,
  changeBudget,
  proposePublication,
  setBudget,
  signPublication,
  withdrawPublication,
} from './capture.ts'
import {
  type Proposal,
  publicationKinds,
  publicationProposed,
  publicationSigned,
  publicationWithdrawn,
} from './entries.ts'
import { ledgerOf, maySpend, type Spending } from './ledger.ts'
import { type Budget, judgePublication, projectBudget, projectHolding, projectPublication } from './project.ts'
import { type Loss, lossOf, type Population, populationKey, SignsAs } from './words.ts'

const kinds = gatherKinds(publicationKinds)
const day = (text: string): CivilDate => CivilDate.parse(text)
const today = day('2026-11-24')
const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
const stream = StreamId.parse(id(1))
const organisation = OrganisationId.parse(id(2))
const member = (n: number): MemberId => MemberId.parse(id(100 + n))
const hashOf = (n: number): Hash => Hash.parse(String(n).padEnd(43, 'A'))
const codeOf = (decided: Decision<unknown>): string | undefined => (decided.ok ? undefined : decided.refusal.code)

const proposal: Proposal = {
  address: 'figures-2026',
  title: { en: 'Figures' },
  about: { en: 'What they tell of' },
  publisher: 'Shelter',
  source: 'Records',
  licence: 'CC-BY-4.0',
  from: { kind: 'facts', indicators: ['survivors-supported'], cutOff: '2026-11-01' },
  method: { name: 'cut-off-tables' },
}
const known = { addresses: [], form: null }

function entryOf(
  draft: Pick<Draft, 'kind' | 'version' | 'on' | 'coded'>,
  n: number,
  by: MemberId,
  parents: string[] = [],
): Entry {
  const entry = Entry.parse({
    v: 1,
    id: id(1000 + n),
    programme: id(3),
    stream,
    parents,
    kind: draft.kind,
    version: draft.version,
    on: draft.on,
    coded: draft.coded,
    sealed: {},
    author: by,
    device: id(4),
    at: { time: 1, clock: [1, 0] },
    prev: null,
  })
  const checked = check(kinds, entry)
  if (!checked.ok) throw new Error(JSON.stringify(checked.refusal))
  return entry
}

const first = (decided: Decision<Draft[]>): Draft => {
  const [draft] = decided.ok ? decided.value : []
  if (!draft) throw new Error(codeOf(decided))
  return draft
}
const proposed = entryOf(first(proposePublication(stream, organisation, proposal, known, today)), 0, member(0))
const signed = (n: number, by: MemberId, as: SignsAs, hash: Hash, on = today): Entry =>
  entryOf({ kind: publicationSigned.kind, version: 1, on, coded: { hash, as } }, n, by, [proposed.id])
const withdrawn = (n: number, why: string, on = today): Entry =>
  entryOf({ kind: publicationWithdrawn.kind, version: 1, on, coded: { why } }, n, member(9), [proposed.id])
const judge = (entries: readonly Entry[], hash: Hash | undefined) => {
  const publication = projectPublication(fold(kinds, entries))
  if (!publication) throw new Error('it is proposed')
  return judgePublication(publication, hash)
}

describe('what is refused', () => {
  it('a proposal without English, with an address that is none or is taken, or with a method that is for something else', () => {
    const refused = (change: Partial<Proposal>, of = known) =>
      codeOf(proposePublication(stream, organisation, { ...proposal, ...change }, of, today))
    expect(refused({ address: 'Figures of 2026' })).toBe('publication.address-not-understood')
    expect(refused({}, { addresses: ['figures-2026'], form: null } as never)).toBe('publication.address-taken')
    expect(refused({ title: { en: ' ' } })).toBe('publication.english-missing')
    expect(refused({ method: { name: 'k-records', k: 10, length: 3 } })).toBe('publication.method-not-for-this')
    expect(refused({ from: { kind: 'facts', indicators: [], cutOff: '2026-11-01' } })).toBe('publication.incomplete')
    // A minimum below five is nobody's to choose.
    expect(refused({ method: { name: 'suppression', minimum: 4 } }, { addresses: [], form: 'table' } as never)).toBe(
      'publication.incomplete',
    )
  })

  it('signing what is not made, twice, or what was withdrawn; withdrawing without a word', () => {
    const signing = { hash: hashOf(1), as: 'steward', member: member(0) } as const
    const sign = (entries: readonly Entry[], hash: Hash | undefined) =>
      codeOf(signPublication(stream, judge(entries, hash), { ...signing, hash }, today))
    expect(sign([proposed], undefined)).toBe('publication.no-content')
    expect(sign([proposed, signed(1, member(0), 'steward', hashOf(1))], hashOf(1))).toBe('publication.signed-already')
    expect(sign([proposed, withdrawn(2, 'Wrong.')], hashOf(1))).toBe('publication.withdrawn-already')
    const publication = projectPublication(fold(kinds, [proposed]))
    expect(publication && codeOf(withdrawPublication(stream, publication, '  ', today))).toBe(
      'publication.no-withdrawal-note',
    )
  })

  it('a holding with a column without a name, a budget of nothing, and one below what is spent', () => {
    const holding = {
      form: 'records' as const,
      name: 'Records',
      publisher: 'Shelter',
      edition: '2026',
      source: 'x',
      terms: 'y',
      about: 'survivors' as const,
      invented: true,
      hash: hashOf(1),
      bytes: 10,
      rows: 10,
      columns: ['sex', ''],
    }
    expect(codeOf(bringHolding(stream, organisation, holding, today))).toBe('publication.holding-incomplete')
    const spent = ledgerOf(
      own,
      [{ ...budget, epsilon: 4000 }],
      [{ publication: stream, epsilon: 3000, delta: 1_000_000 }],
    )
    const said = { epsilon: 2000, deltaExponent: 5, why: 'Less' }
    expect(changeBudget(stream, said, spent, today)).toMatchObject({
      refusal: { code: 'publication.budget-below-spent', values: { spent: '3' } },
    })
    expect(codeOf(changeBudget(stream, { ...said, epsilon: 4000, deltaExponent: 7 }, spent, today))).toBe(
      'publication.budget-delta-below-spent',
    )
    expect(codeOf(changeBudget(stream, { ...said, epsilon: 0 }, spent, today))).toBe('publication.budget-incomplete')
    expect(codeOf(setBudget(stream, organisation, own, { ...said, epsilon: 4000 }, spent, today))).toBe(
      'publication.budget-there',
    )
  })
})

describe('where a publication stands', () => {
  it('is proposed, prepared, signed once, released by two of whom one is a protection officer, and withdrawn', () => {
    const one = signed(1, member(0), 'steward', hashOf(1))
    const two = signed(2, member(1), 'protection-officer', hashOf(1), day('2026-11-25'))
    expect(judge([proposed], undefined).standing).toBe('proposed')
    expect(judge([proposed], hashOf(1))).toMatchObject({ standing: 'prepared', wanted: 'signatures' })
    expect(judge([proposed, one], hashOf(1))).toMatchObject({ standing: 'signed-once', wanted: 'protection-officer' })
    expect(judge([proposed, two], hashOf(1))).toMatchObject({ standing: 'signed-once', wanted: 'another-member' })
    expect(judge([proposed, one, two], hashOf(1))).toMatchObject({
      standing: 'released',
      wanted: null,
      releasedOn: '2026-11-25',
    })
    expect(judge([proposed, one, two, withdrawn(3, 'Wrong.')], hashOf(1))).toMatchObject({
      standing: 'withdrawn',
      releasedOn: '2026-11-25',
    })
  })

  it('is not released by two stewards, nor by one member in two roles, nor by signatures of another content', () => {
    const steward = signed(1, member(0), 'steward', hashOf(1))
    expect(judge([proposed, steward, signed(2, member(1), 'manager', hashOf(1))], hashOf(1))).toMatchObject({
      standing: 'signed-once',
      wanted: 'protection-officer',
    })
    const both = judge([proposed, steward, signed(2, member(0), 'protection-officer', hashOf(1))], hashOf(1))
    expect(both).toMatchObject({ standing: 'signed-once', wanted: 'another-member' })
    expect(both.idle.map(({ why }) => why)).toEqual(['signed-before'])
    const other = judge([proposed, steward, signed(2, member(1), 'protection-officer', hashOf(2))], hashOf(1))
    expect(other.standing).toBe('signed-once')
    expect(other.idle.map(({ why }) => why)).toEqual(['other-content'])
  })

  it('keeps a signature that came before its content: it counts as soon as the content is known, if it is of this one', () => {
    const entries = [proposed, signed(1, member(1), 'protection-officer', hashOf(1))]
    expect(judge(entries, undefined)).toMatchObject({ standing: 'proposed', idle: [{ why: 'content-not-known' }] })
    expect(judge(entries, hashOf(1))).toMatchObject({ standing: 'signed-once', idle: [] })
  })

  it('is what was proposed first, whatever a second opening says', () => {
    const forged = entryOf(
      { kind: publicationProposed.kind, version: 1, on: today, coded: { ...proposed.coded, address: 'another' } },
      5,
      member(3),
    )
    const addresses = [
      [proposed, forged],
      [forged, proposed],
    ].map((entries) => projectPublication(fold(kinds, entries))?.proposal.address)
    expect(addresses[0]).toBe(addresses[1])
  })

  it('is the same in any order, with any entry repeated, and never released without two and a protection officer', () => {
    const made = { released: 0, withdrawn: 0, waiting: 0 }
    const signature = fc.record({
      by: fc.nat(3),
      as: fc.constantFrom(...SignsAs.options),
      hash: fc.constantFrom(1, 1, 1, 2),
      on: fc.constantFrom('2026-11-24', '2026-11-25', '2026-11-26'),
    })
    fc.assert(
      fc.property(
        fc.array(signature, { maxLength: 6 }),
        fc.boolean(),
        fc.infiniteStream(fc.nat(1000)),
        (signatures, isWithdrawn, chance) => {
          const entries = [
            proposed,
            ...signatures.map(({ by, as, hash, on }, n) => signed(10 + n, member(by), as, hashOf(hash), day(on))),
            ...(isWithdrawn ? [withdrawn(30, 'Wrong.'), withdrawn(31, 'Very wrong.', day('2026-11-23'))] : []),
          ]
          const next = (): number => Number(chance.next().value)
          const shuffled = [...entries, ...entries.filter(() => next() % 4 === 0)]
            .map((entry) => ({ entry, at: next() }))
            .sort((a, b) => a.at - b.at)
            .map(({ entry }) => entry)
          const judged = judge(shuffled, hashOf(1))
          expect(judged).toEqual(judge(entries, hashOf(1)))
          // Counted apart, in the plainest words there are.
          const good = signatures.filter(({ hash }) => hash === 1)
          const officers = new Set(good.filter(({ as }) => as === 'protection-officer').map(({ by }) => by))
          const others = new Set(good.map(({ by }) => by))
          const may = officers.size > 0 && others.size > 1
          expect(judged.releasedOn !== null).toBe(may)
          expect(judged.counting.length + judged.idle.length).toBe(signatures.length)
          made[
            judged.standing === 'released' ? 'released' : judged.standing === 'withdrawn' ? 'withdrawn' : 'waiting'
          ]++
        },
      ),
      { numRuns: 300, seed: 20261128 },
    )
    expect(Math.min(...Object.values(made))).toBeGreaterThan(20)
  })
})

// ---------------------------------------------------------------- the ledger

const own: Population = { kind: 'own' }
const budget: Budget = {
  population: own,
  epsilon: 4000,
  delta: 10_000_000,
  why: '',
  setBy: member(0),
  setOn: today,
}

describe('the ledger', () => {
  it('refuses what would overspend with what is left, and anything where no budget is set', () => {
    const ledger = ledgerOf(own, [budget], [{ publication: stream, epsilon: 3600, delta: 1_000_000 }])
    expect(maySpend(ledger, { epsilon: 500, delta: 0 })).toEqual({
      ok: false,
      refusal: { code: 'publication.overspends', values: { asked: '0.5', left: '0.4', budget: '4' } },
    })
    expect(maySpend(ledger, { epsilon: 400, delta: 9_000_001 })).toMatchObject({
      refusal: { code: 'publication.overspends-delta', values: { left: '9e-6' } },
    })
    expect(maySpend(ledger, { epsilon: 400, delta: 9_000_000 })).toEqual({ ok: true, value: { epsilon: 0, delta: 0 } })
    expect(codeOf(maySpend(ledgerOf(own, [], []), { epsilon: 1, delta: 0 }))).toBe('publication.no-budget')
    expect(maySpend(ledgerOf(own, [], []), { epsilon: 0, delta: 0 }).ok).toBe(true)
  })

  it('shows each release with what was left before and after; of two budgets the smaller counts', () => {
    const spendings = [1000, 2000].map((epsilon, n) => ({ publication: StreamId.parse(id(50 + n)), epsilon, delta: 0 }))
    const { lines, left } = ledgerOf(own, [budget, { ...budget, epsilon: 3500 }], spendings)
    expect(lines.map(({ before, after }) => [before.epsilon, after.epsilon])).toEqual([
      [3500, 2500],
      [2500, 500],
    ])
    expect(left.epsilon).toBe(500)
  })

  it('is one for all editions of a holding, however its name is spaced and capitalised', () => {
    const population = (publisher: string, name: string): Population => ({ kind: 'holding', publisher, name })
    expect(populationKey(population('NGO  one', 'Records '))).toBe(populationKey(population('ngo one', 'records')))
    expect(populationKey(population('a', 'b'))).not.toBe(populationKey(population('b', 'a')))
  })

  it('is never overspent by what it lets through, whatever is asked in whatever order, and keeps every sum exactly', () => {
    const asked = fc.record({ epsilon: fc.nat(3000), exponent: fc.integer({ min: 5, max: 8 }) })
    const seen = { let: 0, refused: 0 }
    const play = (asks: readonly { epsilon: number; exponent: number }[], may: typeof maySpend): Loss => {
      const spendings: Spending[] = []
      asks.forEach(({ epsilon, exponent }, n) => {
        const loss = lossOf({ name: 'dp-records', epsilon: Math.max(1, epsilon), deltaExponent: exponent, length: 3 })
        const decided = may(ledgerOf(own, [budget], spendings), loss)
        seen[decided.ok ? 'let' : 'refused']++
        if (decided.ok) spendings.push({ publication: StreamId.parse(id(n)), ...loss })
      })
      return ledgerOf(own, [budget], spendings).spent
    }
    const holds = ({ epsilon, delta }: Loss): boolean => epsilon <= budget.epsilon && delta <= budget.delta
    fc.assert(
      fc.property(fc.array(asked, { maxLength: 12 }), (asks) => holds(play(asks, maySpend))),
      { numRuns: 300, seed: 4 },
    )
    expect(Math.min(seen.let, seen.refused)).toBeGreaterThan(100)
    // The same property catches a door that looks at epsilon alone.
    const careless: typeof maySpend = (ledger, loss) => maySpend(ledger, { ...loss, delta: 0 })
    const broken = fc.check(
      fc.property(fc.array(asked, { maxLength: 12 }), (asks) => holds(play(asks, careless))),
      { numRuns: 300, seed: 4 },
    )
    expect(broken.failed).toBe(true)
  })
})

describe('what is read back', () => {
  it('a holding and a budget as they were said; two budgets said apart stand as the smaller of each amount', () => {
    const said = { epsilon: 4000, deltaExponent: 6, why: 'Two a year' }
    const opening = entryOf(
      first(setBudget(stream, organisation, own, said, ledgerOf(own, [], []), today)),
      1,
      member(1),
    )
    const changes = [3000, 5000].map((epsilon, n) =>
      entryOf(
        first(changeBudget(stream, { ...said, epsilon, deltaExponent: 6 - n }, ledgerOf(own, [], []), today)),
        2 + n,
        member(1 + n),
        [opening.id],
      ),
    )
    expect(projectBudget(fold(kinds, [opening]))).toMatchObject({ epsilon: 4000, delta: 1_000_000, why: 'Two a year' })
    expect(projectBudget(fold(kinds, [opening, ...changes]))).toMatchObject({ epsilon: 3000, delta: 1_000_000 })
    const holding = {
      form: 'table' as const,
      name: 'Table',
      publisher: 'Shelter',
      edition: '2026',
      source: 'x',
      terms: 'y',
      about: 'others' as const,
      invented: false,
      hash: hashOf(3),
      bytes: 10,
      rows: 4,
      columns: ['sex', 'persons'],
    }
    const brought = entryOf(first(bringHolding(stream, organisation, holding, today)), 9, member(0))
    expect(projectHolding(fold(kinds, [brought]))).toEqual({ ...holding, broughtOn: today, broughtBy: member(0) })
  })
})
