import { describe, expect, it } from 'vitest'
import type { Draft } from '../../log/draft.ts'
import { Entry } from '../../log/entry.ts'
import { fold, type StreamState } from '../../log/fold.ts'
import { gatherKinds } from '../../log/kind.ts'
import { CivilDate } from '../../shared/dates.ts'
import { type EntryId, KeyId, OrganisationId, PersonKey, StreamId, TeamId } from '../../shared/ids.ts'
import { ofUnits } from '../../shared/money.ts'
import type { Decision } from '../../shared/refusals.ts'
import {
  correctRecord,
  decideAppeal,
  describeCriminalCase,
  fileAppeal,
  giveVerdict,
  linkSurvivor,
  markInError,
  openCriminalCase,
  passSentence,
  reachStage,
  recordAccused,
  recordCompensation,
  unlinkSurvivor,
} from './capture.ts'
import { justiceKinds } from './entries.ts'
import { type CriminalCase, projectCriminalCase } from './project.ts'
import { contributionsOfCriminalCase, justiceFacts } from './tally.ts'
import { clearFor, readLinks, writeLinks } from './words.ts'

const kinds = gatherKinds(justiceKinds)
const moment = { today: CivilDate.parse('2026-11-24'), at: '2026-11-24T09:00:00Z' }
const quarter = CivilDate.parse('2026-Q4')
const before = CivilDate.parse('2026-Q3')
const ahead = CivilDate.parse('2027-Q1')
const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
const stream = StreamId.parse(id(1))
const survivor = StreamId.parse(id(50))
const opened = {
  stream,
  organisation: OrganisationId.parse(id(2)),
  team: TeamId.parse(id(3)),
  person: PersonKey.parse(id(4)),
  caseKey: KeyId.parse(id(5)),
  personKey: KeyId.parse(id(6)),
  country: 'MM',
  stage: 'complaint',
  quarter: before,
  opened: { name: 'The workshop (invented)', court: 'District court (invented)' },
} as const
const nothingSealed = { links: [], notes: undefined }

/** A criminal case as a device has it: each command decided on what stands, its drafts made entries that know their parents. */
class One {
  entries: Entry[] = []
  drafts: Draft[] = []

  constructor() {
    this.write(openCriminalCase(opened, moment))
  }

  get state(): StreamState {
    return fold(kinds, this.entries)
  }

  get it(): CriminalCase {
    const of = projectCriminalCase(this.state)
    if (!of) throw new Error('nothing yet')
    return of
  }

  write(decided: Decision<Draft[]>): void {
    if (!decided.ok) throw new Error(decided.refusal.code)
    for (const made of decided.value) {
      const { kind, version, on, coded, opened: texts } = made
      this.drafts.push(made)
      this.entries.push(
        Entry.parse({
          v: 1,
          id: id(100 + this.entries.length),
          programme: id(7),
          stream,
          parents: this.entries.length === 0 ? [] : this.state.heads,
          kind,
          version,
          on,
          coded,
          sealed: Object.fromEntries(Object.keys(texts).map((field) => [field, 'eA'])),
          author: id(8),
          device: id(9),
          at: null,
          prev: null,
        }),
      )
    }
  }

  /** The second of two entries that knew nothing of one another. */
  apart(of: CriminalCase, write: (of: CriminalCase) => Decision<Draft[]>, heads: readonly EntryId[]): void {
    this.write(write(of))
    this.entries = this.entries.map((entry, i) =>
      i === this.entries.length - 1 ? { ...entry, parents: [...heads] } : entry,
    )
  }

  accuse(sex: 'female' | 'male' = 'male'): EntryId {
    this.write(recordAccused(stream, this.it, { sex, age: 'adult', name: '', role: '', quarter: before }, moment))
    const made = this.entries.at(-1)
    if (!made) throw new Error('nobody accused')
    return made.id
  }

  convict(accused: EntryId): void {
    this.write(giveVerdict(stream, this.it, { accused, verdict: 'convicted', quarter }, moment))
  }

  sentence(accused: EntryId, years = 10): void {
    this.write(passSentence(stream, this.it, { accused, sentence: 'imprisonment', years, quarter }, moment))
  }

  appeal(accused: EntryId): EntryId {
    this.write(fileAppeal(stream, this.it, { accused, quarter }, moment))
    const made = this.entries.at(-1)
    if (!made) throw new Error('no appeal')
    return made.id
  }

  counted(fact: string) {
    return contributionsOfCriminalCase(this.state).filter((each) => each.fact === fact)
  }

  get sentenced() {
    return this.counted(justiceFacts.sentenced).map(({ on, dimensions: { sex, years } }) => [on, sex, years])
  }
}

const codeOf = (decided: Decision<unknown>): string | undefined => (decided.ok ? undefined : decided.refusal.code)

describe('what is refused, by name', () => {
  it('a case without its stage; anything without its quarter, or in one that has not begun: no verdict lies ahead', () => {
    expect(codeOf(openCriminalCase({ ...opened, stage: undefined }, moment))).toBe('justice.no-stage')
    expect(codeOf(openCriminalCase({ ...opened, quarter: ahead }, moment))).toBe('justice.not-yet')
    const one = new One()
    const accused = one.accuse()
    const convicted = { accused, verdict: 'convicted' } as const
    expect(codeOf(giveVerdict(stream, one.it, { ...convicted, quarter: ahead }, moment))).toBe('justice.not-yet')
    expect(codeOf(giveVerdict(stream, one.it, { ...convicted, quarter: undefined }, moment))).toBe('justice.no-quarter')
    const year = CivilDate.parse('2026')
    expect(codeOf(reachStage(stream, one.it, { stage: 'trial', quarter: year }, moment))).toBe('justice.no-quarter')
    expect(codeOf(reachStage(stream, one.it, { stage: undefined, quarter }, moment))).toBe('justice.no-stage')
    expect(codeOf(reachStage(stream, one.it, { stage: 'complaint', quarter: before }, moment))).toBe(
      'justice.stage-twice',
    )
  })

  it('a sentence without a conviction, without its kind, or of years that nobody serves', () => {
    const one = new One()
    const [he, she] = [one.accuse('male'), one.accuse('female')]
    const ten = { accused: he, sentence: 'imprisonment', years: 10, quarter } as const
    expect(codeOf(passSentence(stream, one.it, ten, moment))).toBe('justice.sentence-without-conviction')
    one.write(giveVerdict(stream, one.it, { accused: she, verdict: 'acquitted', quarter }, moment))
    expect(codeOf(passSentence(stream, one.it, { ...ten, accused: she }, moment))).toBe(
      'justice.sentence-without-conviction',
    )
    one.convict(he)
    expect(codeOf(passSentence(stream, one.it, { ...ten, sentence: undefined }, moment))).toBe('justice.no-sentence')
    for (const years of [undefined, -1, 1.5, 51])
      expect(codeOf(passSentence(stream, one.it, { ...ten, years }, moment))).toBe('justice.years-out-of-range')
    expect(codeOf(passSentence(stream, one.it, { ...ten, quarter: before }, moment))).toBe(
      'justice.sentence-before-verdict',
    )
    expect(codeOf(passSentence(stream, one.it, ten, moment))).toBeUndefined()
    const fine = { ...ten, sentence: 'fine', years: undefined } as const
    expect(codeOf(passSentence(stream, one.it, fine, moment))).toBeUndefined()
  })

  it('a verdict on nobody, on who was entered in error, or while another one stands', () => {
    const one = new One()
    const verdict = { verdict: 'convicted', quarter } as const
    expect(codeOf(giveVerdict(stream, one.it, { ...verdict, accused: undefined }, moment))).toBe('justice.no-accused')
    const accused = one.accuse()
    expect(codeOf(giveVerdict(stream, one.it, { ...verdict, accused, verdict: undefined }, moment))).toBe(
      'justice.no-verdict',
    )
    one.convict(accused)
    expect(codeOf(giveVerdict(stream, one.it, { ...verdict, accused }, moment))).toBe('justice.verdict-stands')
    one.write(markInError(stream, one.it, accused, true, moment))
    expect(codeOf(giveVerdict(stream, one.it, { ...verdict, accused }, moment))).toBe('justice.accused-in-error')
    expect(codeOf(fileAppeal(stream, one.it, { accused, quarter }, moment))).toBe('justice.accused-in-error')
    expect(
      codeOf(recordAccused(stream, one.it, { sex: undefined, age: 'adult', name: '', role: '', quarter }, moment)),
    ).toBe('justice.no-sex')
  })

  it('an appeal against no verdict, a second beside it, a decision that decides nothing, or twice', () => {
    const one = new One()
    const accused = one.accuse()
    expect(codeOf(fileAppeal(stream, one.it, { accused, quarter }, moment))).toBe('justice.appeal-without-verdict')
    one.convict(accused)
    const appeal = one.appeal(accused)
    expect(codeOf(fileAppeal(stream, one.it, { accused, quarter }, moment))).toBe('justice.appeal-pending')
    expect(codeOf(decideAppeal(stream, one.it, { appeal, outcome: 'pending', quarter }, moment))).toBe(
      'justice.no-outcome',
    )
    expect(codeOf(decideAppeal(stream, one.it, { appeal: accused, outcome: 'upheld', quarter }, moment))).toBe(
      'justice.no-such-record',
    )
    one.write(decideAppeal(stream, one.it, { appeal, outcome: 'upheld', quarter }, moment))
    expect(codeOf(decideAppeal(stream, one.it, { appeal, outcome: 'upheld', quarter }, moment))).toBe(
      'justice.appeal-decided-already',
    )
  })

  it('a link she did not agree to, to nobody, or twice; a correction of nothing; anything more of a case in error', () => {
    const one = new One()
    const link = (agreed: boolean, links: readonly StreamId[] = [], to: StreamId | undefined = survivor) =>
      codeOf(linkSurvivor(stream, one.it, { links, notes: '' }, { survivor: to, agreed }, moment))
    expect(link(false)).toBe('justice.link-not-agreed')
    expect(link(true, [survivor])).toBe('justice.already-linked')
    expect(codeOf(linkSurvivor(stream, one.it, nothingSealed, { survivor: undefined, agreed: true }, moment))).toBe(
      'justice.no-survivor-case',
    )
    expect(codeOf(unlinkSurvivor(stream, nothingSealed, survivor, moment))).toBe('justice.nothing-changed')
    expect(codeOf(describeCriminalCase(stream, nothingSealed, {}, moment))).toBe('justice.nothing-changed')
    expect(
      codeOf(recordCompensation(stream, one.it, { compensation: undefined, amount: undefined, quarter }, moment)),
    ).toBe('justice.no-compensation')
    const [reached] = one.it.stages
    if (!reached) throw new Error('a stage')
    expect(codeOf(correctRecord(stream, one.it, reached.record, {}, moment))).toBe('justice.nothing-changed')
    expect(codeOf(correctRecord(stream, one.it, one.it.opening, { stage: 'trial' }, moment))).toBe(
      'justice.no-such-record',
    )
    one.write(markInError(stream, one.it, one.it.opening, true, moment))
    expect(codeOf(reachStage(stream, one.it, { stage: 'trial', quarter }, moment))).toBe('justice.case-in-error')
    expect(link(true)).toBe('justice.case-in-error')
  })
})

describe('what a criminal case contributes', () => {
  it('is the case once by its own key, and each accused by sex, women too, with what was decided of her', () => {
    const one = new One()
    one.write(reachStage(stream, one.it, { stage: 'trial', quarter }, moment))
    const [he, she] = [one.accuse('male'), one.accuse('female')]
    one.convict(he)
    one.write(giveVerdict(stream, one.it, { accused: she, verdict: 'acquitted', quarter }, moment))
    one.sentence(he)
    one.write(
      recordCompensation(stream, one.it, { compensation: 'ordered', amount: ofUnits('MMK', 500), quarter }, moment),
    )
    expect(one.it.stage).toBe('trial')
    expect(one.counted(justiceFacts.followed).map(({ person, on }) => [person, on])).toEqual([
      [opened.person, before],
      [opened.person, quarter],
    ])
    expect(
      one.counted(justiceFacts.accused).map(({ person, dimensions: { sex, verdict } }) => [person, sex, verdict]),
    ).toEqual([
      [he, 'male', 'convicted'],
      [she, 'female', 'acquitted'],
    ])
    expect(one.sentenced).toEqual([[quarter, 'male', '10']])
    expect(one.counted(justiceFacts.sentenced)[0]?.person).toBe(he)
    expect(one.counted(justiceFacts.compensated)).toHaveLength(1)
  })

  it('counts nobody as sentenced while the verdict is under appeal or once it is overturned, and again when it is upheld', () => {
    const one = new One()
    const accused = one.accuse('female')
    one.convict(accused)
    one.sentence(accused)
    const appeal = one.appeal(accused)
    expect(one.sentenced).toEqual([])
    expect(one.counted(justiceFacts.accused).map(({ dimensions }) => dimensions.verdict)).toEqual(['under-appeal'])
    one.write(decideAppeal(stream, one.it, { appeal, outcome: 'upheld', quarter }, moment))
    expect(one.sentenced).toEqual([[quarter, 'female', '10']])
    one.write(correctRecord(stream, one.it, appeal, { outcome: 'overturned' }, moment))
    expect(one.sentenced).toEqual([])
    expect(one.counted(justiceFacts.accused).map(({ dimensions }) => dimensions.verdict)).toEqual(['none-yet'])
    // A new verdict and a new sentence after it.
    one.convict(accused)
    one.sentence(accused, 4)
    expect(one.sentenced).toEqual([[quarter, 'female', '4']])
    // Who appeals that and withdraws is sentenced still.
    const second = one.appeal(accused)
    expect(one.sentenced).toEqual([])
    one.write(decideAppeal(stream, one.it, { appeal: second, outcome: 'withdrawn', quarter }, moment))
    expect(one.sentenced).toEqual([[quarter, 'female', '4']])
  })

  it('follows corrections exactly: years, sex, quarter, verdict; what was entered in error, and that taken back', () => {
    const one = new One()
    const accused = one.accuse('male')
    one.convict(accused)
    one.sentence(accused)
    const [passed] = one.it.sentences
    const [given] = one.it.verdicts
    if (!passed || !given) throw new Error('a sentence of a verdict')
    one.write(correctRecord(stream, one.it, passed.record, { years: 12, quarter: before }, moment))
    one.write(correctRecord(stream, one.it, accused, { sex: 'female' }, moment))
    expect(one.sentenced).toEqual([[before, 'female', '12']])
    expect(codeOf(correctRecord(stream, one.it, passed.record, { years: 51 }, moment))).toBe(
      'justice.years-out-of-range',
    )
    one.write(correctRecord(stream, one.it, passed.record, { sentence: 'life-imprisonment' }, moment))
    expect(one.sentenced).toEqual([[before, 'female', 'life']])
    one.write(correctRecord(stream, one.it, passed.record, { sentence: 'suspended-imprisonment' }, moment))
    expect(one.sentenced).toEqual([[before, 'female', 'none']])
    one.write(correctRecord(stream, one.it, given.record, { verdict: 'acquitted' }, moment))
    expect(one.sentenced).toEqual([])
    one.write(correctRecord(stream, one.it, given.record, { verdict: 'convicted' }, moment))
    for (const record of [passed.record, given.record, accused, one.it.opening]) {
      one.write(markInError(stream, one.it, record, true, moment))
      expect(one.sentenced).toEqual([])
      one.write(markInError(stream, one.it, record, false, moment))
      expect(one.sentenced).toHaveLength(1)
    }
  })

  it('is unsettled, and counted still, where two answers stand; not sentenced while verdicts on one person differ', () => {
    const one = new One()
    const accused = one.accuse()
    one.convict(accused)
    one.sentence(accused)
    const [passed] = one.it.sentences
    if (!passed) throw new Error('a sentence')
    const [was, heads] = [one.it, one.state.heads]
    one.write(correctRecord(stream, was, passed.record, { years: 8 }, moment))
    one.apart(was, (of) => correctRecord(stream, of, passed.record, { years: 9 }, moment), heads)
    expect(one.sentenced.map(([, , years]) => years)).toEqual(['unsettled'])
    expect(one.it.conflicts.map(({ field }) => field)).toEqual(['years'])
    const two = new One()
    const another = two.accuse()
    const [then, parents] = [two.it, two.state.heads]
    two.convict(another)
    two.apart(
      then,
      (of) => giveVerdict(stream, of, { accused: another, verdict: 'acquitted', quarter }, moment),
      parents,
    )
    two.sentence(another)
    expect(two.sentenced).toEqual([])
    expect(two.counted(justiceFacts.accused).map(({ dimensions }) => dimensions.verdict)).toEqual(['unsettled'])
  })
})

describe('two answers that stand beside each other', () => {
  const one = new One()
  const accused = one.accuse()
  one.convict(accused)
  one.sentence(accused)
  const appeal = one.appeal(accused)
  one.write(decideAppeal(stream, one.it, { appeal, outcome: 'upheld', quarter }, moment))
  one.write(recordCompensation(stream, one.it, { compensation: 'ordered', amount: undefined, quarter }, moment))
  const first = (records: readonly { readonly record: EntryId }[]): EntryId => records[0]?.record ?? accused
  const { stages, verdicts, sentences, compensations } = one.it

  it.each([
    [first(stages), { stage: 'trial' }, { stage: 'prosecution' }],
    [accused, { sex: 'female' }, { sex: 'another' }],
    [accused, { age: 'child' }, { age: 'unknown' }],
    [accused, { name: 'A' }, { name: 'B' }],
    [accused, { role: 'Other' }, { role: 'Abuser' }],
    [first(verdicts), { verdict: 'acquitted' }, { verdict: 'dismissed' }],
    [first(sentences), { years: 4 }, { years: 5 }],
    [first(sentences), { sentence: 'fine' }, { sentence: 'other' }],
    [appeal, { outcome: 'overturned' }, { outcome: 'withdrawn' }],
    [appeal, { decidedNote: 'A' }, { decidedNote: 'B' }],
    [first(compensations), { compensation: 'paid' }, { compensation: 'ordered' }],
    [first(compensations), { amount: ofUnits('MMK', 5) }, { amount: ofUnits('MMK', 6) }],
    [first(sentences), { note: 'A' }, { note: 'B' }],
    [first(verdicts), { quarter: before }, { quarter: CivilDate.parse('2026-Q2') }],
  ] as const)('are settled by one correction more: %#', (record, a, b) => {
    const two = new One()
    two.entries = [...one.entries]
    const [was, heads] = [two.it, two.state.heads]
    two.write(correctRecord(stream, was, record, a, moment))
    two.apart(was, (of) => correctRecord(stream, of, record, b, moment), heads)
    expect(two.it.conflicts.map(({ field }) => field)).toEqual(Object.keys(a))
    two.write(correctRecord(stream, two.it, record, a, moment))
    expect(two.it.conflicts).toEqual([])
  })
})

describe('the link to a survivor', () => {
  it('stands in a sealed field only, which is sealed along with everything said of the case, linked or not', () => {
    const one = new One()
    one.write(linkSurvivor(stream, one.it, { links: [], notes: 'said' }, { survivor, agreed: true }, moment))
    const linked = one.drafts.at(-1)
    one.write(describeCriminalCase(stream, { links: [survivor], notes: 'said' }, { notes: 'more' }, moment))
    const said = one.drafts.at(-1)
    expect(readLinks(linked?.opened.survivors ?? '')).toEqual([survivor])
    // To whoever has no key a link looks like a note.
    expect([linked?.coded, Object.keys(linked?.opened ?? {}).sort()]).toEqual([
      said?.coded,
      Object.keys(said?.opened ?? {}).sort(),
    ])
    expect(one.drafts[0]?.opened.survivors?.trim()).toBe('')
    expect(new Set(one.drafts.flatMap(({ opened: { survivors } }) => survivors?.length ?? [])).size).toBe(1)
    for (const { coded, on, kind } of one.drafts) expect(JSON.stringify([coded, on, kind])).not.toContain(survivor)
    one.write(unlinkSurvivor(stream, { links: [survivor], notes: '' }, survivor, moment))
    expect(readLinks(one.drafts.at(-1)?.opened.survivors ?? '')).toEqual([])
    expect(readLinks(`${writeLinks([survivor, stream, survivor])} nonsense`)).toEqual([stream, survivor])
  })

  it('has no clear field, as nothing has that no indicator needs', () => {
    const named = new Set([
      ...Object.keys(clearFor),
      'person',
      'organisation',
      'team',
      'country',
      'caseKey',
      'personKey',
    ])
    // What an entry is about inside its own stream.
    for (const within of ['record', 'accused']) named.add(within)
    const clear = justiceKinds.flatMap(({ coded }) => Object.keys(coded.shape))
    expect(clear.filter((field) => !named.has(field))).toEqual([])
  })
})
