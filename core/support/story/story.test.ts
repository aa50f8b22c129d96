import { describe, expect, it } from 'vitest'
import type { Draft } from '../../log/draft.ts'
import { Entry } from '../../log/entry.ts'
import { personErased } from '../../log/erasure.ts'
import { emptyState, fold, type StreamState } from '../../log/fold.ts'
import { check, gatherKinds } from '../../log/kind.ts'
import { CivilDate } from '../../shared/dates.ts'
import { EntryId, KeyId, MemberId, OrganisationId, PersonKey, StreamId, TeamId } from '../../shared/ids.ts'
import type { Decision } from '../../shared/refusals.ts'
import {
  answerConsent,
  approveText,
  beginStory,
  changeText,
  correctGivenOut,
  describeStory,
  giveOut,
  markInError,
  sendBack,
  withdrawConsent,
} from './capture.ts'
import { storyKinds } from './entries.ts'
import { mayShowPhotograph, projectStory, type Story, standingOf, whyNotReady } from './project.ts'
import { contributionsOfStory } from './tally.ts'
import { Asked, Check, latestExpiry } from './words.ts'

const kinds = gatherKinds(storyKinds, [personErased])
const moment = { today: CivilDate.parse('2026-11-24'), at: '2026-11-24T09:00:00Z' }
const later = { today: CivilDate.parse('2027-08-03'), at: '2027-08-03T09:00:00Z' }
const quarter = (text: string): CivilDate => CivilDate.parse(text)
const [now, next, ahead] = [quarter('2026-Q4'), quarter('2027-Q1'), quarter('2027-Q3')]
const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
const stream = StreamId.parse(id(1))
const [writer, second, third] = [MemberId.parse(id(8)), MemberId.parse(id(9)), MemberId.parse(id(10))]
const text = {
  language: 'en',
  changedName: 'Sparrow (invented)',
  text: 'Invented text about learning to weave.',
  photo: '',
} as const
const begun = {
  stream,
  organisation: OrganisationId.parse(id(2)),
  team: TeamId.parse(id(3)),
  person: PersonKey.parse(id(4)),
  caseKey: KeyId.parse(id(5)),
  personKey: KeyId.parse(id(6)),
  country: 'KH',
  ...text,
  who: 'Willow Heron (invented)',
  contact: '',
  notes: '',
} as const
const yes = {
  answers: { website: 'given' },
  until: ahead,
  warningRead: true,
  askerControlsNoAid: true,
} as const
const copy = { use: 'website', quarter: now, toWhom: 'An invented web team', withPhotograph: false } as const

/** A story as a device has it: each command decided on what stands, its drafts made entries that know their parents. */
class One {
  entries: Entry[] = []

  constructor(changed: Partial<typeof begun> = {}) {
    this.write(beginStory({ ...begun, ...changed }, moment))
  }

  get state(): StreamState {
    return this.entries.length === 0 ? emptyState : fold(kinds, this.entries)
  }

  get it(): Story {
    const story = projectStory(this.state)
    if (!story) throw new Error('no story yet')
    return story
  }

  get version(): EntryId | undefined {
    return this.it.version?.entry
  }

  /** @param parents what the device had seen, where it is not all of it */
  write(decided: Decision<Draft[]>, author = writer, parents: readonly EntryId[] = this.state.heads): this {
    if (!decided.ok) throw new Error(decided.refusal.code)
    for (const draft of decided.value) this.add(draft, author, parents)
    return this
  }

  add({ kind, version, on, coded, opened }: Draft, author: MemberId, parents: readonly EntryId[]): void {
    const entry = Entry.parse({
      v: 1,
      id: id(100 + this.entries.length),
      programme: id(7),
      stream,
      parents,
      kind,
      version,
      on,
      coded,
      sealed: Object.fromEntries(Object.keys(opened).map((field) => [field, 'eA'])),
      author,
      device: id(11),
      at: null,
      prev: null,
    })
    expect(check(kinds, entry).ok, kind).toBe(true)
    this.entries.push(entry)
  }

  approve(by = second): this {
    return this.write(
      approveText(stream, this.it, { reader: by, version: this.version, checked: Check.options }, moment),
      by,
    )
  }

  rewrite(said = 'Another invented text about learning to weave.', by = writer): this {
    const stands = { ...text, who: begun.who }
    return this.write(changeText(stream, this.it, { ...text, text: said }, stands, moment), by)
  }

  agree(answers: Parameters<typeof answerConsent>[2]['answers'] = yes.answers): this {
    return this.write(answerConsent(stream, this.it, { ...yes, answers }, moment))
  }

  withdraw(what: Parameters<typeof withdrawConsent>[1] = 'all'): this {
    return this.write(withdrawConsent(stream, what, moment))
  }
}

const ready = (): One => new One().agree().approve()
const codeOf = (decided: Decision<unknown>): string | undefined => (decided.ok ? undefined : decided.refusal.code)

describe('what is refused, by name', () => {
  it('a story without her, a changed name, a text or its language', () => {
    const code = (changed: Partial<Parameters<typeof beginStory>[0]>) =>
      codeOf(beginStory({ ...begun, ...changed }, moment))
    expect(code({ who: ' ' })).toBe('story.no-who')
    expect(code({ changedName: '' })).toBe('story.no-changed-name')
    expect(code({ text: '\n' })).toBe('story.no-text')
    expect(code({ language: undefined })).toBe('story.no-language')
  })

  it('a changed name that is hers, and a text or a photograph that names her, also by a part of her name', () => {
    const code = (changed: Partial<Parameters<typeof beginStory>[0]>) =>
      codeOf(beginStory({ ...begun, ...changed }, moment))
    expect(code({ who: 'Willow Heron', changedName: 'Willow' })).toBe('story.name-not-changed')
    expect(code({ who: 'Willow Heron', text: 'Invented: HERON learnt to weave.' })).toBe('story.text-names-her')
    expect(code({ text: 'Invented (Willow): about learning to weave.' })).toBe('story.text-names-her')
    expect(code({ who: 'Willow Heron', photo: 'Willow’s loom, invented.' })).toBe('story.text-names-her')
    expect(code({ who: 'គំរូដើម', text: 'អត្ថបទប្រឌិតគំរូដើមរៀនត្បាញ' })).toBe('story.text-names-her')
    // A part of a word is none of hers, nor is a word of two letters.
    expect(code({ who: 'Loo Er', text: 'Invented: a loom.' })).toBeUndefined()
    const one = new One()
    const stands = { ...text, who: begun.who }
    expect(codeOf(changeText(stream, one.it, { ...text, text: 'Willow weaves.' }, stands, moment))).toBe(
      'story.text-names-her',
    )
  })

  it('consent asked by someone who controls aid, without the warning, of nothing, or without an end', () => {
    const { it: story } = new One()
    const code = (changed: Partial<Parameters<typeof answerConsent>[2]>) =>
      codeOf(answerConsent(stream, story, { ...yes, ...changed }, moment))
    expect(code({ askerControlsNoAid: false })).toBe('story.asker-gives-aid')
    expect(code({ warningRead: false })).toBe('story.warning-not-read')
    expect(code({ answers: {} })).toBe('story.nothing-answered')
    expect(code({ until: undefined })).toBe('story.no-expiry')
    expect(code({ until: CivilDate.parse('2027') })).toBe('story.no-expiry')
    expect(code({ until: quarter('2026-Q3') })).toBe('story.expiry-past')
    expect(code({ until: quarter('2029-Q1') })).toBe('story.expiry-too-far')
    expect(code({ until: quarter('2028-Q4') })).toBeUndefined()
    // A no needs no end.
    expect(code({ answers: { press: 'refused' }, until: undefined })).toBeUndefined()
  })

  it('and what a device of another make would send without those statements is not taken either', () => {
    const one = new One().agree()
    const [last] = one.entries.slice(-1)
    if (!last) throw new Error('an entry')
    const refused = (coded: Entry['coded']) => codeOf(check(kinds, { ...last, coded }))
    expect(refused({ ...last.coded, warningRead: false })).toBe('log.coded-field-not-allowed')
    expect(refused({ ...last.coded, askerControlsNoAid: false })).toBe('log.coded-field-not-allowed')
    expect(refused({ warningRead: true, askerControlsNoAid: true })).toBe('log.coded-field-not-allowed')
    expect(refused({ ...last.coded, court: { answer: 'refused' } })).toBe('log.coded-field-not-allowed')
  })

  it('a second reading by the writer, of another version than stands, or not of the whole list', () => {
    const one = new One()
    const read = { reader: second, version: one.version, checked: Check.options }
    const code = (changed: Partial<typeof read>) => codeOf(approveText(stream, one.it, { ...read, ...changed }, moment))
    expect(code({ reader: writer })).toBe('story.own-text')
    expect(code({ version: EntryId.parse(id(999)) })).toBe('story.changed-meanwhile')
    for (const missing of Check.options)
      expect(code({ checked: Check.options.filter((each) => each !== missing) })).toBe('story.not-all-checked')
    const back = { reader: second, version: one.version, remove: ' ' }
    expect(codeOf(sendBack(stream, one.it, back, moment))).toBe('story.nothing-to-remove')
    expect(codeOf(sendBack(stream, one.it, { ...back, reader: writer }, moment))).toBe('story.own-text')
  })

  it('a copy, by the name of what is missing', () => {
    const code = (one: One, changed: Partial<Parameters<typeof giveOut>[2]> = {}, at = moment) =>
      codeOf(giveOut(stream, one.it, { ...copy, ...changed }, at))
    expect(code(new One())).toBe('story.use-not-asked')
    expect(code(new One().agree())).toBe('story.not-approved')
    expect(code(new One().agree({ website: 'refused' }).approve())).toBe('story.use-refused')
    expect(code(ready(), { use: undefined })).toBe('story.no-use')
    expect(code(ready(), { use: 'press' })).toBe('story.use-not-asked')
    expect(code(ready(), {}, { ...later, today: CivilDate.parse('2027-10-01') })).toBe('story.use-expired')
    expect(code(ready().withdraw('website'))).toBe('story.use-withdrawn')
    expect(code(ready().rewrite())).toBe('story.not-approved')
    expect(code(ready(), { withPhotograph: true })).toBe('story.photograph-without-consent')
    expect(code(ready(), { toWhom: '' })).toBe('story.no-receiver')
    expect(code(ready(), { quarter: undefined })).toBe('story.no-quarter')
    expect(code(ready(), { quarter: next })).toBe('story.not-yet')
    expect(code(ready())).toBeUndefined()
  })

  it('a correction of nothing, or of what is not there; anything more of what never was, but never a withdrawal', () => {
    const one = ready()
    expect(codeOf(describeStory(stream, one.it, {}, moment))).toBe('story.nothing-changed')
    expect(codeOf(describeStory(stream, one.it, { who: '' }, moment))).toBe('story.no-who')
    expect(codeOf(changeText(stream, one.it, text, { ...text, who: begun.who }, moment))).toBe('story.nothing-changed')
    expect(codeOf(correctGivenOut(stream, one.it, one.it.opening, { toWhom: 'x' }, moment))).toBe(
      'story.no-such-record',
    )
    expect(codeOf(markInError(stream, one.it, EntryId.parse(id(999)), true, moment))).toBe('story.no-such-record')
    one.write(giveOut(stream, one.it, copy, moment))
    const [given] = one.it.givenOut
    if (!given) throw new Error('a copy')
    expect(codeOf(correctGivenOut(stream, one.it, given.record, {}, moment))).toBe('story.nothing-changed')
    expect(codeOf(correctGivenOut(stream, one.it, given.record, { toWhom: ' ' }, moment))).toBe('story.no-receiver')
    one.write(markInError(stream, one.it, one.it.opening, true, moment))
    expect(codeOf(giveOut(stream, one.it, copy, moment))).toBe('story.in-error')
    expect(codeOf(answerConsent(stream, one.it, yes, moment))).toBe('story.in-error')
    expect(codeOf(withdrawConsent(stream, 'all', moment))).toBeUndefined()
  })
})

describe('what stands', () => {
  it('a changed text needs another second reading, and what its own writer says is none', () => {
    const one = ready()
    expect(whyNotReady(one.it, 'website', moment.today)).toBeUndefined()
    one.rewrite('An invented text without the town.', second)
    expect(one.it.reading.reading).toBe('unread')
    // The first writer may read what another has written anew.
    one.approve(writer)
    expect(one.it.reading).toMatchObject({ reading: 'approved', by: writer })
    const [draft] = decided(
      approveText(stream, one.it, { reader: third, version: one.version, checked: Check.options }, moment),
    )
    if (!draft) throw new Error('a draft')
    // An approval that the writer signs herself, on whatever device, approves nothing.
    one.add(draft, second, one.state.heads)
    expect(one.it.reading.reading).toBe('unread')
  })

  it('sent back holds against an approval that knew nothing of it; a text beside another is approved by nobody', () => {
    const one = new One().agree()
    const { heads } = one.state
    const { it: story, version } = one
    one.write(approveText(stream, story, { reader: second, version, checked: Check.options }, moment), second, heads)
    one.write(sendBack(stream, story, { reader: third, version, remove: 'The town.' }, moment), third, heads)
    expect(one.it.reading).toMatchObject({ reading: 'sent-back', by: third })
    expect(one.it.conflicts.map(({ field }) => field)).toContain('reading')

    const two = new One()
    const seen = two.state.heads
    const stands = { ...text, who: begun.who }
    const said = two.it
    for (const each of ['One invented text.', 'Another invented text.'])
      two.write(changeText(stream, said, { ...text, text: each }, stands, moment), writer, seen)
    expect(two.it.version).toBeUndefined()
    expect(two.it.conflicts.map(({ field }) => field)).toContain('text')
    const read = { reader: second, version: said.version?.entry, checked: Check.options }
    expect(codeOf(approveText(stream, two.it, read, moment))).toBe('story.two-texts')
    two.rewrite('The invented text of both.').approve()
    expect(two.it.reading.reading).toBe('approved')
  })

  it('withdrawn holds against a yes that another device wrote down meanwhile, also for a use she was never asked about', () => {
    const one = new One().approve()
    const { heads } = one.state
    const said = one.it
    one.write(withdrawConsent(stream, 'all', moment), writer, heads)
    one.write(
      answerConsent(stream, said, { ...yes, answers: { website: 'given', press: 'given' } }, moment),
      second,
      heads,
    )
    for (const asked of Asked.options) expect(standingOf(one.it, asked, moment.today)).toBe('withdrawn')
    expect(contributionsOfStory(one.state)).toEqual([])
    // Asked again, knowing of it, she may agree again.
    one.agree()
    expect(standingOf(one.it, 'website', moment.today)).toBe('given')
    expect(standingOf(one.it, 'press', moment.today)).toBe('withdrawn')
  })

  it('refused holds against given, and of two ends the sooner; nothing outlasts two years, whoever writes it', () => {
    const one = new One()
    const { heads } = one.state
    const said = one.it
    const answer = (changed: Partial<Parameters<typeof answerConsent>[2]>) =>
      one.write(answerConsent(stream, said, { ...yes, ...changed }, moment), writer, heads)
    answer({ answers: { website: 'given', press: 'given' } })
    answer({ answers: { website: 'refused', press: 'given' }, until: next })
    expect(one.it.consents.website?.answer).toBe('refused')
    expect(one.it.consents.press).toMatchObject({ answer: 'given', until: next })
    const two = new One()
    const [draft] = decided(answerConsent(stream, two.it, yes, moment))
    if (!draft) throw new Error('a draft')
    two.add(
      { ...draft, coded: { ...draft.coded, website: { answer: 'given', until: '2099-Q4' } } },
      writer,
      two.state.heads,
    )
    expect(two.it.consents.website).toMatchObject({ until: quarter('2028-Q4') })
    expect([quarter('2026-Q4'), CivilDate.parse('2027-01-01')].map(latestExpiry)).toEqual(['2028-Q4', '2029-Q1'])
  })

  it('a consent ends with its last quarter, and a photograph has its own', () => {
    const one = ready()
    const on = (day: string) => whyNotReady(one.it, 'website', CivilDate.parse(day))
    expect([on('2027-09-30'), on('2027-10-01')]).toEqual([undefined, 'expired'])
    expect(mayShowPhotograph(one.it, 'website', moment.today)).toBe(false)
    one.agree({ photograph: 'given' })
    expect(mayShowPhotograph(one.it, 'website', moment.today)).toBe(true)
    expect(mayShowPhotograph(one.it, 'press', moment.today)).toBe(false)
    one.withdraw('photograph')
    expect(mayShowPhotograph(one.it, 'website', moment.today)).toBe(false)
    expect(whyNotReady(one.it, 'website', moment.today)).toBeUndefined()
  })

  it('a copy is corrected or marked as never given, and stays in the list after a withdrawal', () => {
    const one = ready()
    one.write(giveOut(stream, one.it, copy, moment)).withdraw()
    const [given] = one.it.givenOut
    if (!given) throw new Error('a copy')
    one.write(correctGivenOut(stream, one.it, given.record, { toWhom: 'Another invented team' }, moment))
    expect(one.it.givenOut).toEqual([{ record: given.record, on: now, enteredInError: false }])
    one.write(markInError(stream, one.it, given.record, true, moment))
    expect(one.it.givenOut[0]?.enteredInError).toBe(true)
    // None of what a copy is says anything in the clear.
    const kept = one.entries.filter(({ kind }) => kind.startsWith('story.given') || kind.startsWith('story.record'))
    expect(kept.map(({ coded }) => coded)).toEqual([{}, { record: given.record }])
  })

  it('is the same in whatever order the entries arrive', () => {
    const one = ready().agree({ press: 'given', photograph: 'refused' }).withdraw('website')
    expect(fold(kinds, [...one.entries].reverse())).toEqual(one.state)
  })
})

describe('what a story contributes', () => {
  const counted = (one: One) => contributionsOfStory(one.state).map(({ record, on }) => [record, on])

  it('is each use she agreed to, once the text is approved, in the quarter in which both had come about', () => {
    expect(counted(new One())).toEqual([])
    expect(counted(new One().agree())).toEqual([])
    expect(counted(new One().approve())).toEqual([])
    const one = new One().agree({ website: 'given', press: 'given', training: 'refused', photograph: 'given' })
    one.write(
      approveText(stream, one.it, { reader: second, version: one.version, checked: Check.options }, later),
      second,
    )
    expect(counted(one)).toEqual([
      ['website', ahead],
      ['press', ahead],
    ])
    const [first] = contributionsOfStory(one.state)
    expect(first).toMatchObject({ person: begun.person, dimensions: { country: 'KH', use: 'website', language: 'en' } })
  })

  it('ends with a withdrawal, a changed text, a mark that it never was, an erasure; and was never, where approved too late', () => {
    expect(counted(ready().withdraw('website'))).toEqual([])
    expect(counted(ready().rewrite())).toEqual([])
    const one = ready()
    one.write(markInError(stream, one.it, one.it.opening, true, moment))
    expect(counted(one)).toEqual([])
    one.write(markInError(stream, one.it, one.it.opening, false, moment))
    expect(counted(one)).toEqual([['website', now]])
    const erased = {
      kind: personErased.kind,
      version: 1,
      stream,
      on: now,
      coded: { erasureReason: 'her-request' },
      opened: {},
    } as const
    one.add(erased, second, one.state.heads)
    expect(counted(one)).toEqual([])
    expect(whyNotReady(one.it, 'website', moment.today)).toBe('erased')
    const late = new One()
    late.write(answerConsent(stream, late.it, { ...yes, until: next }, moment))
    late.write(
      approveText(stream, late.it, { reader: second, version: late.version, checked: Check.options }, later),
      second,
    )
    expect(counted(late)).toEqual([])
  })
})

function decided(decision: Decision<Draft[]>): Draft[] {
  if (!decision.ok) throw new Error(decision.refusal.code)
  return decision.value
}
