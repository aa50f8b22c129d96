import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { personErased } from '../../log/erasure.ts'
import { fold } from '../../log/fold.ts'
import { gatherKinds } from '../../log/kind.ts'
import { type CivilDate, daysAfter } from '../../shared/dates.ts'
import { StreamId } from '../../shared/ids.ts'
import { registerPost } from '../post/capture.ts'
import { sayingsIn } from '../sealed-texts.ts'
import { codeOf, idOf, ids, moment, Written } from '../testing/written.ts'
import {
  type Certify,
  certifyOfficer,
  correctCertificate,
  describeOfficer,
  eraseOfficer,
  leaveService,
  markOfficerInError,
  moveOfficer,
  type RegisterOfficer,
  registerOfficer,
  withdrawCertificate,
} from './capture.ts'
import { officerKinds } from './entries.ts'
import {
  isServing,
  isTrainedOn,
  isTrainedWomanOn,
  officerSaid,
  plannedWith,
  projectOfficer,
  wishesFrom,
} from './project.ts'

const stream = StreamId.parse(idOf(1))
const [bridge, port] = [StreamId.parse(idOf(21)), StreamId.parse(idOf(22))]
// Ids and days here are of the right shape by construction.
const day = (text: string): CivilDate => text as CivilDate

const posts = [bridge, port].map((at, i) => {
  const written = new Written(at, 700 + 10 * i)
  const said = { name: `Post ${i} (invented)`, opening: { hours: 'day' } } as const
  written.write(registerPost({ ...ids, stream: at, said }, [], moment))
  return written.post
})

const registering = (changed: Partial<RegisterOfficer> = {}): RegisterOfficer => ({
  ...ids,
  stream,
  post: bridge,
  sex: 'female',
  said: { number: 'S-17', home: 'East valley (invented)' },
  ...changed,
})

function registered(changed: Partial<RegisterOfficer> = {}): Written {
  const written = new Written(stream)
  written.write(registerOfficer(registering(changed), posts, [], moment))
  return written
}

const certificate = (changed: Partial<Certify> = {}): Certify => ({
  module: 'see',
  moduleVersion: '2',
  issued: day('2025-03-10'),
  until: day('2027-03-10'),
  session: undefined,
  ...changed,
})

function trained(): Written {
  const written = registered()
  written.write(certifyOfficer(written.officer, certificate(), moment))
  written.write(certifyOfficer(written.officer, certificate({ module: 'meet' }), moment))
  return written
}

const isTrained = (written: Written, on = moment.today): boolean => isTrainedWomanOn(written.officer, on)

describe('what is refused, by name', () => {
  it('an officer without a number, a sex or a post that is known', () => {
    const at = (changed: Partial<RegisterOfficer>) => codeOf(registerOfficer(registering(changed), posts, [], moment))
    expect(at({ said: { number: ' ' } })).toBe('workforce.no-service-number')
    expect(at({ sex: undefined })).toBe('workforce.no-sex')
    expect(at({ post: undefined })).toBe('workforce.no-post')
    expect(at({ post: StreamId.parse(idOf(99)) })).toBe('workforce.no-post')
  })

  it('a number that another officer has, unless she never was', () => {
    const first = new Written(StreamId.parse(idOf(12)), 500)
    first.write(registerOfficer(registering({ stream: first.stream }), posts, [], moment))
    expect(codeOf(registerOfficer(registering(), posts, [first.officer], moment))).toBe('workforce.number-taken')
    first.write(markOfficerInError(first.officer, first.officer.officer.opening, true, moment))
    expect(codeOf(registerOfficer(registering(), posts, [first.officer], moment))).toBeUndefined()
  })

  it('a move to where she is, to nowhere, before it happens, or of somebody who left', () => {
    const written = registered()
    const move = (post: StreamId | undefined, on = '2026-11-01') =>
      codeOf(moveOfficer(written.officer, { post, on: day(on) }, posts, moment))
    expect(move(bridge)).toBe('workforce.at-that-post')
    expect(move(undefined)).toBe('workforce.no-post')
    expect(move(port, '2026-12-24')).toBe('workforce.not-yet')
    written.write(leaveService(written.officer, { left: true, on: day('2026-11-01') }, moment))
    expect(move(port)).toBe('workforce.officer-left')
    expect(codeOf(leaveService(written.officer, { left: true, on: day('2026-11-01') }, moment))).toBe(
      'workforce.left-already',
    )
  })

  it('a last day to come that is none, more than ten years ahead, or the one that is written already', () => {
    const written = registered()
    const leave = (on: string) => codeOf(leaveService(written.officer, { left: true, on: day(on) }, moment))
    expect(leave('2026-13-40')).toBe('workforce.not-a-day')
    expect(leave('2126-12-31')).toBe('workforce.leaves-too-late')
    written.write(leaveService(written.officer, { left: true, on: day('2027-06-30') }, moment))
    expect(leave('2027-06-30')).toBe('workforce.left-already')
    expect(leave('2027-05-31')).toBeUndefined()
  })

  it('a certificate without a module or its days, that ends before it began, that stands already, or of a text nobody numbered', () => {
    const written = registered()
    const at = (changed: Partial<Certify>) => codeOf(certifyOfficer(written.officer, certificate(changed), moment))
    expect(at({ module: undefined })).toBe('workforce.no-module')
    expect(at({ until: undefined })).toBe('workforce.not-a-day')
    expect(at({ issued: day('2026-12-24') })).toBe('workforce.not-yet')
    expect(at({ until: day('2025-03-09') })).toBe('workforce.ends-before-issued')
    expect(at({ until: day('2045-03-10') })).toBe('workforce.ends-too-late')
    expect(at({ moduleVersion: 'two' })).toBe('workforce.version-not-understood')
    written.write(certifyOfficer(written.officer, certificate(), moment))
    expect(at({})).toBe('workforce.certificate-stands')
  })

  it('an absence that ends before it begins', () => {
    const { officer } = registered()
    const absences = [{ from: day('2026-12-05'), to: day('2026-12-01') }]
    expect(codeOf(describeOfficer(officer, { absences }, [], moment))).toBe('workforce.absence-ends-first')
  })
})

describe('wishes for a roster', () => {
  const free = (on: string, weight = 2) => ({ on: day(on), wish: 'free' as const, starts: null, weight })

  it('are sealed, one for a day, and never of a day that is over', () => {
    const written = registered()
    const say = (rosterWishes: ReturnType<typeof free>[], at = moment) =>
      describeOfficer(written.officer, { rosterWishes }, [], at)
    expect(codeOf(say([free('2026-11-20')]))).toBe('workforce.wish-of-a-day-over')
    expect(codeOf(say([free('2026-12-24'), free('2026-12-24', 1)]))).toBe('workforce.wish-twice')
    expect(codeOf(say([{ ...free('2026-12-24'), weight: 4 }]))).toBe('workforce.not-understood')
    written.write(say([free('2026-12-24')]))
    expect(written.entries.at(-1)?.coded).toEqual({})
    expect(written.officer.said.rosterWishes).toEqual([free('2026-12-24')])
  })

  it('say nothing once their day is over, and are taken back with the next word on her, whatever it is of', () => {
    const written = registered()
    written.write(
      describeOfficer(written.officer, { rosterWishes: [free('2026-12-24'), free('2026-12-31')] }, [], moment),
    )
    expect(wishesFrom(written.officer.said, day('2026-12-25'))).toEqual([free('2026-12-31')])
    const later = { today: day('2026-12-25'), at: '2026-12-25T09:00:00Z' }
    written.write(describeOfficer(written.officer, { rank: 'sergeant' }, [], later))
    expect(written.officer.said.rosterWishes).toEqual([free('2026-12-31')])
    written.write(
      describeOfficer(written.officer, { rank: 'captain' }, [], {
        today: day('2027-01-02'),
        at: '2027-01-02T09:00:00Z',
      }),
    )
    expect(written.officer.said.rosterWishes).toBeUndefined()
  })
})

describe('an officer', () => {
  it('stands in the clear as a post without meaning, a sex, and a month for each module', () => {
    const [opening, see] = trained().entries
    expect(Object.keys(opening?.coded ?? {}).sort()).toEqual(
      ['caseKey', 'country', 'organisation', 'person', 'personKey', 'post', 'sex', 'team'].sort(),
    )
    expect(see?.coded).toEqual({ module: 'see', expires: '2027-03' })
    expect(trained().entries.every(({ on, at }) => on === '2026-Q4' && at === null)).toBe(true)
  })

  it('has no field for declining: who offers nothing and who was never asked are the same', () => {
    const silent = registered()
    silent.write(describeOfficer(silent.officer, { reach: 20 }, [], moment))
    silent.write(describeOfficer(silent.officer, { reach: null }, [], moment))
    const { reach, wishes } = silent.officer.said
    expect({ reach, wishes }).toEqual({ reach: undefined, wishes: undefined })
  })

  it('who moves leaves behind, sealed, where she served and until when; a move that mends a slip leaves nothing', () => {
    const written = registered()
    written.write(describeOfficer(written.officer, { postedOn: day('2024-01-01') }, [], moment))
    written.write(moveOfficer(written.officer, { post: port, on: day('2026-11-10') }, posts, moment))
    const stays = [{ post: bridge, from: '2024-01-01', until: '2026-11-10' }]
    expect(written.officer.said.stays).toEqual(stays)
    expect(written.entries.at(-1)?.coded).toEqual({ post: port })
    written.write(moveOfficer(written.officer, { post: bridge, on: day('2026-11-10') }, posts, moment))
    expect(written.officer.said.stays).toEqual(stays)
    written.write(moveOfficer(written.officer, { post: port, on: day('2026-11-20') }, posts, moment))
    expect(written.officer.said.stays).toEqual([...stays, { post: bridge, from: '2026-11-10', until: '2026-11-20' }])
  })

  it('lives where it was said, also where the words look like the marks beside them', () => {
    const written = registered()
    written.write(
      describeOfficer(written.officer, { home: 'Hill (invented)\n#5 Road', rank: 'one\u0002two' }, [], moment),
    )
    expect(written.officer.said).toMatchObject({ home: 'Hill (invented)\n#5 Road', rank: 'one two', disputed: [] })
  })

  it('of whom two homes are said apart shows both, and none is lost', () => {
    const written = registered()
    const seen = written.state.heads
    const before = written.officer
    written.write(describeOfficer(before, { home: 'West valley (invented)' }, [], moment), seen)
    written.write(describeOfficer(before, { home: 'North valley (invented)' }, [], moment), seen)
    expect(written.officer.said.disputed).toEqual(['home'])
    expect(
      written
        .fields()
        .home?.map(({ value = '' }) => sayingsIn(value)[0]?.text)
        .sort(),
    ).toEqual(['North valley (invented)', 'West valley (invented)'])
    written.write(describeOfficer(written.officer, { home: 'West valley (invented)' }, [], moment))
    expect(written.officer.said).toMatchObject({ home: 'West valley (invented)', disputed: [] })
  })

  it('of whom two answers stand is planned with the more careful of both', () => {
    const written = registered()
    const seen = written.state.heads
    const before = written.officer
    const wishes = (volunteersForNights: boolean, mostNights: number | null) => ({
      volunteersForNights,
      volunteersFor: [],
      mostNights,
    })
    const [first, second] = [day('2026-12-01'), day('2026-12-09')]
    const away = (on: CivilDate) => [{ from: on, to: on }]
    const wish = (on: CivilDate) => [{ on, wish: 'free' as const, starts: null, weight: 2 }]
    const one = { absences: away(first), wishes: wishes(true, null), rosterWishes: wish(first) }
    const other = { absences: away(second), wishes: wishes(false, 4), rosterWishes: wish(second) }
    written.write(describeOfficer(before, one, [], moment), seen)
    expect(plannedWith(written.officer.said)).toEqual(written.officer.said)
    written.write(describeOfficer(before, other, [], moment), seen)
    const { said } = written.officer
    expect([said.absences, said.wishes, said.rosterWishes]).toEqual([undefined, undefined, undefined])
    const planned = plannedWith(said)
    expect(planned.absences?.map(({ from }) => from).toSorted()).toEqual([first, second])
    expect(planned.rosterWishes?.map(({ on }) => on).toSorted()).toEqual([first, second])
    expect(planned.wishes).toEqual(wishes(false, 4))
  })

  it('of whom two wishes for one day were said apart has both, and neither goes before somebody looked at them', () => {
    const written = registered()
    const seen = written.state.heads
    const before = written.officer
    const free = { on: day('2026-12-24'), wish: 'free' as const, starts: null, weight: 2 }
    const other = { on: day('2026-12-24'), wish: 'not-shift' as const, starts: 1320, weight: 3 }
    for (const each of [free, other]) written.write(describeOfficer(before, { rosterWishes: [each] }, [], moment), seen)
    const standing = wishesFrom(plannedWith(written.officer.said), moment.today)
    expect(standing.toSorted((a, b) => a.weight - b.weight)).toEqual([free, other])
    const more = [...standing, { ...free, on: day('2026-12-31') }]
    expect(codeOf(describeOfficer(written.officer, { rosterWishes: more }, [], moment))).toBe('workforce.wish-twice')
    written.write(describeOfficer(written.officer, { rosterWishes: [free] }, [], moment))
    expect(written.officer.said).toMatchObject({ disputed: [], rosterWishes: [free] })
  })

  it('corrected over what was seen stands beside what came since', () => {
    const written = registered()
    const seen = written.state.heads
    const formOpened = written.officer.said
    written.write(describeOfficer(written.officer, { home: 'West valley (invented)', rank: 'sergeant' }, [], moment))
    const later = { ...moment, at: '2026-11-24T10:00:00Z' }
    written.write(describeOfficer(written.officer, { home: 'North valley (invented)' }, [], later, formOpened), seen)
    expect(written.officer.said).toMatchObject({ rank: 'sergeant', disputed: ['home'] })
    written.write(describeOfficer(written.officer, { home: 'North valley (invented)' }, [], later))
    expect(written.officer.said).toMatchObject({ home: 'North valley (invented)', disputed: [] })
  })

  it('is written down alike whether she offers something, takes it back, or her name was wrong', () => {
    const wishes = (volunteersFor: StreamId[]) => ({ volunteersForNights: true, volunteersFor, mostNights: 4 })
    const free = { on: day('2026-12-24'), wish: 'free' as const, starts: null, weight: 2 }
    const written = registered()
    const say = (change: Parameters<typeof describeOfficer>[1]) =>
      written.write(describeOfficer(written.officer, change, [], moment))
    say({ wishes: wishes([port]), reach: 20 })
    say({ wishes: wishes(Array.from({ length: 20 }, (_, n) => StreamId.parse(idOf(300 + n)))) })
    const days = Array.from({ length: 8 }, (_, n) => day(`2026-12-2${n}`))
    for (let n = 0; n < 70; n++)
      say({ rosterWishes: days.map((on) => ({ on, wish: 'not-shift', starts: 1320, weight: 1 + (n % 3) })) })
    say({ rosterWishes: [free, { ...free, on: day('2026-12-25') }] })
    say({ wishes: null })
    say({ reach: null, rosterWishes: null })
    say({ name: 'Somebody else (invented)' })
    say({ absences: [{ from: day('2026-12-01'), to: day('2026-12-09') }] })
    const many = Array.from({ length: 20 }, (_, n) => StreamId.parse(idOf(300 + n)))
    for (let n = 0; n < 20; n++) say(n % 2 === 0 ? { wishes: wishes(many), reach: 700 } : { wishes: null, reach: null })
    // As `sealed` pads them: which of its sizes a text takes, its length before it.
    const sizeOf = (text: string | undefined): number =>
      [64, 256, 1024].find((size) => JSON.stringify(text).length + 4 <= size) ?? Number.NaN
    const [, ...described] = written.entries
    const sizes = described.map(({ id }) => {
      const { describedAt: _, name: __, ...opened } = written.opened(id)
      return Object.fromEntries(Object.entries(opened).map(([field, text]) => [field, sizeOf(text)]))
    })
    const same = { number: 64, rank: 64, home: 64, languages: 64, wishes: 1024, reach: 256 }
    expect(sizes).toEqual(described.map(() => ({ ...same, absences: 256, rosterWishes: 1024 })))
    const { describedAt: _, ...afterwards } = written.opened(described[0]?.id)
    const { at: __, ...first } = written.opened(written.entries[0]?.id)
    expect(Object.keys(first).sort()).toEqual(Object.keys(afterwards).sort())
    expect(sizeOf(first.wishes)).toBe(1024)
    expect(written.officer.said).toMatchObject({ name: 'Somebody else (invented)', home: 'East valley (invented)' })
    expect(written.officer.said.wishes).toBeUndefined()
    expect(written.officer.said.reach).toBeUndefined()
  })

  it('keeps what two say apart of different things: what was carried beside it gives way', () => {
    const written = registered()
    const seen = written.state.heads
    const before = written.officer
    const wishes = { volunteersForNights: true, volunteersFor: [], mostNights: null }
    written.write(describeOfficer(before, { wishes }, [], moment), seen)
    written.write(describeOfficer(before, { reach: 25 }, [], moment), seen)
    expect(written.officer.said).toMatchObject({ wishes, reach: 25, home: 'East valley (invented)', disputed: [] })
    expect(written.officer.officer.conflicts).toEqual([])
    written.write(describeOfficer(written.officer, { rank: 'sergeant' }, [], moment))
    expect(written.officer.said).toMatchObject({ wishes, reach: 25, rank: 'sergeant', disputed: [] })
  })

  it('whose wished days are over by then is not said anew of: what others say apart stands, and nobody is asked', () => {
    const free = (on: string) => ({ on: day(on), wish: 'free' as const, starts: null, weight: 2 })
    const on = (today: string) => ({ today: day(today), at: `${today}T09:00:00Z` })
    const written = registered()
    const [first, second, third] = ['2026-12-01', '2026-12-05', '2026-12-09'].map(free)
    if (!first || !second || !third) throw new Error('three days')
    written.write(describeOfficer(written.officer, { rosterWishes: [first, second, third] }, [], moment))
    const seen = written.state.heads
    const before = written.officer
    written.write(describeOfficer(before, { home: 'West valley (invented)' }, [], on('2026-12-02')), seen)
    written.write(describeOfficer(before, { rank: 'sergeant' }, [], on('2026-12-06')), seen)
    expect(written.officer.said).toMatchObject({ disputed: [], rosterWishes: [third], rank: 'sergeant' })
    const said = free('2026-12-24')
    written.write(describeOfficer(before, { rosterWishes: [third, said] }, [], on('2026-12-06')), seen)
    expect(written.officer.said).toMatchObject({ disputed: [], rosterWishes: [third, said] })
    // Two answers about days that are over are no two answers.
    const apart = registered()
    const [heads, of] = [apart.state.heads, apart.officer]
    for (const each of [first, second]) apart.write(describeOfficer(of, { rosterWishes: [each] }, [], moment), heads)
    expect(apart.officer.said.disputed).toEqual(['rosterWishes'])
    apart.write(describeOfficer(apart.officer, { rank: 'sergeant' }, [], on('2027-01-02')))
    expect(apart.officer.said.disputed).toEqual([])
  })

  it('of whom one of two answers was taken does not have the other again by what a colleague carries, however often it changed before', () => {
    for (const taken of ['West', 'North']) {
      const written = registered()
      const at = (minute: number) => ({ ...moment, at: `2026-11-24T10:${minute}:00Z` })
      for (let n = 10; n < 30; n++) written.write(describeOfficer(written.officer, { home: `Home ${n}` }, [], at(n)))
      const [of, seen] = [written.officer, written.state.heads]
      for (const home of ['West', 'North']) written.write(describeOfficer(of, { home }, [], at(40)), seen)
      const [apart, heads] = [written.officer, written.state.heads]
      written.write(describeOfficer(apart, { home: taken }, [], at(50)), heads)
      written.write(describeOfficer(apart, { rank: 'sergeant' }, [], at(51)), heads)
      expect(written.officer.said).toMatchObject({ disputed: [], home: taken, rank: 'sergeant' })
    }
  })

  it('has no wish again that was taken back, though fifty were said since her rank was corrected by who heard of none', () => {
    const free = (n: number) => ({ on: daysAfter(moment.today, n), wish: 'free' as const, starts: null, weight: 2 })
    const written = registered()
    written.write(describeOfficer(written.officer, { rosterWishes: [free(1)] }, [], moment))
    const [before, seen] = [written.officer, written.state.heads]
    for (let n = 2; n < 52; n++)
      written.write(describeOfficer(written.officer, { rosterWishes: [free(n)] }, [], { ...moment, at: `${n}` }))
    written.write(describeOfficer(before, { rank: 'sergeant' }, [], moment), seen)
    expect(written.officer.said).toMatchObject({ disputed: [], rank: 'sergeant', rosterWishes: [free(51)] })
  })

  it('is not blanked by a device that has no key for what was said of her', () => {
    const written = registered()
    written.write(describeOfficer(written.officer, { reach: 25 }, [], moment))
    const { reach: _, home: __, ...readable } = written.officer.said
    const locked = { ...written.officer, said: { ...readable, unread: ['reach', 'home'] as const } }
    written.write(describeOfficer(locked, { rank: 'sergeant' }, [], moment))
    expect(written.officer.said).toMatchObject({ reach: 25, home: 'East valley (invented)', rank: 'sergeant' })
    expect(officerSaid({ reach: [{ value: undefined }], home: [{ value: 'x'.repeat(999) }] }).unread).toEqual([
      'home',
      'reach',
    ])
  })

  it('who was moved apart to two posts has both, and covers neither, until one of them is settled', () => {
    const third = { ...posts[1], stream: StreamId.parse(idOf(23)) } as (typeof posts)[number]
    const written = registered()
    const seen = written.state.heads
    const before = written.officer
    const all = [...posts, third]
    written.write(moveOfficer(before, { post: port, on: day('2026-11-01') }, all, moment), seen)
    written.write(moveOfficer(before, { post: third.stream, on: day('2026-11-02') }, all, moment), seen)
    expect(written.officer.officer.post).toBeUndefined()
    expect(written.officer.officer.posts).toEqual([port, third.stream])
    written.write(moveOfficer(written.officer, { post: port, on: day('2026-11-01') }, all, moment))
    expect(written.officer.officer).toMatchObject({ post: port, posts: [port] })
  })

  it('where she served before is known from both who moved her apart, and nothing is left that nobody can settle', () => {
    const written = registered()
    const third = { ...posts[1], stream: StreamId.parse(idOf(23)) } as (typeof posts)[number]
    const all = [...posts, third]
    const move = (post: StreamId, on: string, of = written.officer, seen = written.state.heads) =>
      written.write(moveOfficer(of, { post, on: day(on) }, all, moment), seen)
    written.write(describeOfficer(written.officer, { postedOn: day('2024-01-01') }, [], moment))
    move(port, '2025-01-01')
    const [of, seen] = [written.officer, written.state.heads]
    move(bridge, '2026-11-02', of, seen)
    move(third.stream, '2026-11-01', of, seen)
    expect(written.officer.said.disputed).toEqual(['postedOn', 'stays'])
    move(bridge, '2026-11-02')
    const before = [
      { post: bridge, from: '2024-01-01', until: '2025-01-01' },
      { post: port, from: '2025-01-01', until: '2026-11-01' },
    ]
    expect(written.officer.said).toMatchObject({ disputed: [], postedOn: '2026-11-02', stays: before })
    move(port, '2026-11-20')
    expect(written.officer.said.stays).toEqual([...before, { post: bridge, from: '2026-11-02', until: '2026-11-20' }])
    // Moved apart to one post, on two days.
    const [again, heads] = [written.officer, written.state.heads]
    for (const on of ['2026-11-22', '2026-11-23']) move(bridge, on, again, heads)
    expect(written.officer.officer.post).toBe(bridge)
    expect(written.officer.said.disputed).toEqual(['postedOn', 'stays'])
    move(bridge, '2026-11-23')
    expect(written.officer.said).toMatchObject({ disputed: [], postedOn: '2026-11-23' })
    expect(written.officer.said.stays?.at(-1)).toEqual({ post: port, from: '2026-11-20', until: '2026-11-22' })
  })

  it('of whom two last days were said apart has one when one is said again', () => {
    const written = registered()
    const [of, seen] = [written.officer, written.state.heads]
    const leave = (on: string, at = written.officer, heads = written.state.heads) =>
      written.write(leaveService(at, { left: true, on: day(on) }, moment), heads)
    for (const on of ['2027-01-31', '2027-02-28']) leave(on, of, seen)
    expect(written.officer.said.disputed).toEqual(['leftOn'])
    leave('2027-02-28')
    expect(written.officer.said).toMatchObject({ disputed: [], leftOn: '2027-02-28' })
  })
})

describe('a trained woman', () => {
  it('holds a valid certificate of every module the programme asks for, on the day', () => {
    const written = registered()
    expect(isTrained(written)).toBe(false)
    written.write(certifyOfficer(written.officer, certificate(), moment))
    expect(isTrained(written)).toBe(false)
    written.write(certifyOfficer(written.officer, certificate({ module: 'meet' }), moment))
    expect(isTrained(written)).toBe(true)
    const { certificates } = written.officer
    expect(isTrainedOn(certificates, moment.today, ['see', 'meet', 'carry-through'])).toBe(false)
  })

  it('is none before her certificate is issued and none on the day after it ends', () => {
    const written = trained()
    expect(['2025-03-09', '2025-03-10', '2027-03-10', '2027-03-11'].map((on) => isTrained(written, day(on)))).toEqual([
      false,
      true,
      true,
      false,
    ])
  })

  it('is none with a certificate that was withdrawn or never was, and is one again when that is taken back', () => {
    const written = trained()
    const record = written.officer.officer.certificates[0]?.record
    if (!record) throw new Error('a certificate')
    written.write(withdrawCertificate(written.officer, record, true, moment))
    expect(isTrained(written)).toBe(false)
    written.write(withdrawCertificate(written.officer, record, false, moment))
    expect(isTrained(written)).toBe(true)
    written.write(markOfficerInError(written.officer, record, true, moment))
    expect(isTrained(written)).toBe(false)
  })

  it('is none who left (from the day after her last), who never was, or who is a man', () => {
    const left = trained()
    left.write(leaveService(left.officer, { left: true, on: moment.today }, moment))
    expect([isTrained(left), isTrained(left, daysAfter(moment.today, 1))]).toEqual([true, false])
    // Where the key to her last day is not here, she is gone.
    expect(isTrainedWomanOn({ ...left.officer, said: {} }, moment.today)).toBe(false)
    left.write(leaveService(left.officer, { left: false, on: undefined }, moment))
    expect(isTrained(left)).toBe(true)
    const never = trained()
    never.write(markOfficerInError(never.officer, never.officer.officer.opening, true, moment))
    expect(isTrained(never)).toBe(false)
    const man = trained()
    man.write(describeOfficer(man.officer, { sex: 'male' }, [], moment))
    expect(isTrained(man)).toBe(false)
  })

  it('who will leave serves, moves and is certified until then, and her last day can become another', () => {
    const leaves = trained()
    leaves.write(leaveService(leaves.officer, { left: true, on: day('2026-12-31') }, moment))
    expect([isTrained(leaves), isTrained(leaves, day('2026-12-31')), isTrained(leaves, day('2027-01-01'))]).toEqual([
      true,
      true,
      false,
    ])
    expect(codeOf(moveOfficer(leaves.officer, { post: port, on: moment.today }, posts, moment))).toBeUndefined()
    expect(codeOf(certifyOfficer(leaves.officer, certificate({ until: day('2027-10-01') }), moment))).toBeUndefined()
    leaves.write(leaveService(leaves.officer, { left: true, on: day('2026-12-15') }, moment))
    expect([isTrained(leaves, day('2026-12-15')), isTrained(leaves, day('2026-12-16'))]).toEqual([true, false])
    leaves.write(leaveService(leaves.officer, { left: false, on: undefined }, moment))
    expect(isTrained(leaves, day('2026-12-16'))).toBe(true)
  })

  it('whose certificate was corrected is trained until its new last day, and its month in the clear moves with it', () => {
    const written = trained()
    const record = written.officer.officer.certificates[0]?.record
    if (!record) throw new Error('a certificate')
    written.write(correctCertificate(written.officer, record, certificate({ until: day('2026-12-31') }), moment))
    expect(written.entries.at(-1)?.coded).toEqual({ record, expires: '2026-12' })
    expect(isTrained(written, day('2026-12-31'))).toBe(true)
    expect(isTrained(written, day('2027-01-01'))).toBe(false)
  })

  it('whose certificate two correct alike apart has one answer; where they differ the earlier end, and nothing, can be the answer', () => {
    const corrected = (one: Partial<Certify>, other: Partial<Certify>) => {
      const written = trained()
      const record = written.officer.officer.certificates[0]?.record
      if (!record) throw new Error('a certificate')
      const [seen, before] = [written.state.heads, written.officer]
      for (const each of [one, other])
        written.write(correctCertificate(before, record, certificate(each), moment), seen)
      const say = (each: Partial<Certify>) =>
        written.write(correctCertificate(written.officer, record, certificate(each), moment))
      const stands = () => [
        ...written.officer.officer.conflicts.map(({ field }) => field),
        ...(written.officer.certificates.find((each) => each.certificate.record === record)?.said?.disputed ?? []),
      ]
      return { written, record, say, stands }
    }
    const end = day('2026-12-31')
    expect(corrected({ until: end }, { until: end }).stands()).toEqual([])
    const apart = corrected({ until: end }, { until: day('2028-01-15') })
    expect(apart.stands()).toEqual(['expires', 'until'])
    apart.say({ until: end })
    expect(apart.stands()).toEqual([])
    const version = corrected({ moduleVersion: '1.1' }, { moduleVersion: '1.2' })
    expect(version.stands()).toEqual(['moduleVersion'])
    version.say({ moduleVersion: '' })
    expect(version.stands()).toEqual([])
    version.say({ moduleVersion: '1.3' })
    version.say({ moduleVersion: '' })
    expect(version.written.officer.certificates.every(({ said }) => said?.moduleVersion !== '1.3')).toBe(true)
  })

  it('of whose certificate two ends are said apart counts to the earlier one', () => {
    const written = trained()
    const record = written.officer.officer.certificates[0]?.record
    if (!record) throw new Error('a certificate')
    const seen = written.state.heads
    const before = written.officer
    for (const until of ['2026-12-31', '2028-01-15'])
      written.write(correctCertificate(before, record, certificate({ until: day(until) }), moment), seen)
    expect(isTrained(written, day('2026-12-31'))).toBe(true)
    expect(isTrained(written, day('2027-01-01'))).toBe(false)
  })

  it.each([
    ['one month', '2027-03-05', '2027-03-20'],
    ['the month it had, and a later one', '2027-03-05', '2028-01-15'],
  ])(
    'of whose certificate two ends in %s were said apart counts to the earlier day, and from the later first day',
    (_, one, other) => {
      const written = trained()
      const record = written.officer.officer.certificates[0]?.record
      if (!record) throw new Error('a certificate')
      const [before, seen] = [written.officer, written.state.heads]
      const correct = (changed: Partial<Certify>) =>
        written.write(correctCertificate(before, record, certificate(changed), moment), seen)
      correct({ until: day(one), issued: day('2025-04-01') })
      correct({ until: day(other), issued: day('2025-05-01') })
      const trainedOn = ['2025-04-15', '2025-05-01', '2027-03-05', '2027-03-06'].map((on) =>
        isTrained(written, day(on)),
      )
      expect(trainedOn).toEqual([false, true, true, false])
    },
  )

  it('is the same from the same entries in any order, any of them repeated', () => {
    const written = trained()
    written.write(moveOfficer(written.officer, { post: port, on: day('2026-11-01') }, posts, moment))
    const kinds = gatherKinds(officerKinds)
    const expected = projectOfficer(written.state)
    const shuffled = fc.shuffledSubarray([...written.entries, ...written.entries], {
      minLength: written.entries.length * 2,
    })
    fc.assert(
      fc.property(shuffled, (entries) => {
        expect(projectOfficer(fold(kinds, entries))).toEqual(expected)
      }),
      { seed: 20261128, numRuns: 50 },
    )
  })
})

describe('an officer who is erased', () => {
  it('is erased for a reason and once, by a supervisor of the team and by nobody who keeps the register', () => {
    const written = trained()
    expect(codeOf(eraseOfficer(written.officer, undefined, moment))).toBe('workforce.erasure-reason-first')
    written.write(eraseOfficer(written.officer, 'her-request', moment))
    expect(written.officer.officer.erased).toEqual({ reason: 'her-request', on: '2026-Q4' })
    expect(codeOf(eraseOfficer(written.officer, 'her-request', moment))).toBe('workforce.already-erased')
    expect(personErased.who).toEqual(['supervisor'])
  })

  it('covers nothing from then on, and what is coded of her stays', () => {
    const written = trained()
    const before = written.officer
    written.write(eraseOfficer(before, 'retention-ended', moment))
    const { officer } = written.officer
    expect([isServing(before.officer), isServing(officer)]).toEqual([true, false])
    expect(isTrained(written)).toBe(false)
    expect([officer.sex, officer.post, officer.certificates.length]).toEqual([
      before.officer.sex,
      before.officer.post,
      before.officer.certificates.length,
    ])
  })
})
