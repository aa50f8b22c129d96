import { type CivilDate, daysAfter } from '@lentera/core/shared/dates'
import { StreamId } from '@lentera/core/shared/ids'
import {
  certifyOfficer,
  leaveService,
  markOfficerInError,
  moveOfficer,
  type OfficerAt,
  type RegisterOfficer,
  registerOfficer,
  withdrawCertificate,
} from '@lentera/core/workforce/officer/capture'
import { describePost, type PostAt, registerPost, type SayPost } from '@lentera/core/workforce/post/capture'
import { idOf, ids, moment, Written } from '@lentera/core/workforce/testing/written'
import { describe, expect, it } from 'vitest'
import { coverageProblem, unplacedIn } from './coverage-problem.ts'

// Ids and days here are of the right shape by construction.
const day = (text: string): CivilDate => text as CivilDate
const at = (n: number): StreamId => StreamId.parse(idOf(n))
const [bridge, gate, landing] = [at(21), at(22), at(23)]

function post(stream: StreamId, changed: SayPost = {}): PostAt {
  const written = new Written(stream, Number(stream.slice(-3)) * 100)
  const said: SayPost = {
    name: 'Lantern bridge (invented)',
    opening: { hours: 'day-and-night' },
    position: { latitude: 1, longitude: 101 },
    risk: 'high',
    lodging: 'yes',
    ...changed,
  }
  written.write(registerPost({ ...ids, stream, said }, [], moment))
  return written.post
}

const posts = [
  post(bridge, { neighbours: [{ post: gate, minutes: 20 }] }),
  post(gate, { opening: { hours: 'day' }, neighbours: [{ post: bridge, minutes: 35 }], flow: 90 }),
]

function officer(n: number, changed: Partial<RegisterOfficer> = {}, ends: readonly string[] = []): Written {
  const written = new Written(at(n), n * 100)
  const command: RegisterOfficer = {
    ...ids,
    stream: at(n),
    post: bridge,
    sex: 'female',
    said: { number: `S-${n}` },
    ...changed,
  }
  written.write(registerOfficer(command, posts, [], moment))
  for (const [i, until] of ends.entries()) {
    const module = (['see', 'meet', 'carry-through'] as const)[i]
    const said = { module, moduleVersion: '1', issued: day('2025-01-10'), until: day(until), session: undefined }
    written.write(certifyOfficer(written.officer, said, moment))
  }
  return written
}

const problemOf = (officers: readonly OfficerAt[], on = moment.today, all: readonly PostAt[] = posts) =>
  coverageProblem(all, officers, on)

describe('what of the register a plan is asked for', () => {
  it('posts with their shifts, what risk weighs, and facilities of which unknown stays unknown', () => {
    const { problem } = problemOf([])
    const [first, second] = problem.posts
    expect(first).toMatchObject({ key: bridge, risk: 2, flow: null, vacancies: null, mustBeCovered: false })
    expect(first?.shifts.map(({ starts, minutes }) => [starts, minutes])).toEqual([
      [360, 480],
      [840, 480],
      [1320, 480],
    ])
    expect(first?.dayShifts).toEqual([`${bridge} 360`, `${bridge} 840`])
    expect(first?.facilities).toEqual({
      toilets: 'unknown',
      lodging: 'yes',
      changingRoom: 'unknown',
      childCare: 'unknown',
    })
    // Open by day alone: nothing could be cut.
    expect(second?.dayShifts).toBeNull()
    expect(second?.flow).toBe(90)
  })

  it('a post that must be covered as a rule of the plan, also while two colleagues say otherwise', () => {
    const written = new Written(landing, 900)
    const said: SayPost = { name: 'Landing (invented)', opening: { hours: 'day' }, mustBeCovered: 'yes' }
    written.write(registerPost({ ...ids, stream: landing, said }, [], moment))
    const must = () => problemOf([], moment.today, [written.post]).problem.posts[0]?.mustBeCovered
    expect(must()).toBe(true)
    const seen = written.state.heads
    const before = written.post
    written.write(describePost(landing, before, { mustBeCovered: 'no' }, [], moment), seen)
    expect(must()).toBe(false)
    written.write(describePost(landing, before, { mustBeCovered: null }, [], moment), seen)
    expect(written.post.said.disputed).toEqual(['mustBeCovered'])
    expect(must()).toBe(true)
  })

  it('the way between two posts once, as long as the slower of them says', () => {
    expect(problemOf([]).problem.travel).toEqual([{ from: bridge, to: gate, minutes: 35 }])
  })

  it('an officer trained until the first of the modules asked for ends, and untrained the day after', () => {
    const her = officer(31, {}, ['2027-03-10', '2027-01-31'])
    const training = (on: string) => problemOf([her.officer], day(on)).problem.officers[0]?.training
    expect(training('2026-11-24')).toEqual({ isTrained: true, until: '2027-01-31' })
    expect(training('2027-01-31')).toEqual({ isTrained: true, until: '2027-01-31' })
    expect(training('2027-02-01')).toEqual({ isTrained: false })
  })

  it('nobody as trained by a certificate that was withdrawn or never was, or by one module alone', () => {
    const [withdrawn, never, half] = [
      officer(32, {}, ['2027-03-10', '2027-03-10']),
      officer(33, {}, ['2027-03-10', '2027-03-10']),
      officer(34, {}, ['2027-03-10']),
    ]
    const record = withdrawn.officer.officer.certificates[0]?.record
    const other = never.officer.officer.certificates[1]?.record
    if (!record || !other) throw new Error('two certificates')
    withdrawn.write(withdrawCertificate(withdrawn.officer, record, true, moment))
    never.write(markOfficerInError(never.officer, other, true, moment))
    const all = problemOf([withdrawn.officer, never.officer, half.officer]).problem.officers
    expect(all.map(({ training }) => training.isTrained)).toEqual([false, false, false])
  })

  it('volunteers to where they offered to go, and whoever offered nothing to nowhere', () => {
    const wishes = { volunteersForNights: false, volunteersFor: [gate], mostNights: null }
    const [offers, silent] = [
      officer(35, { said: { number: 'S-35', wishes, reach: 20 } }),
      officer(36, { said: { number: 'S-36' } }),
    ]
    const [first, second] = problemOf([offers.officer, silent.officer]).problem.officers
    expect(first).toMatchObject({ mayMove: { kind: 'volunteer', onlyTo: [gate], notTo: [] }, isOnCall: true })
    expect(second).toMatchObject({ mayMove: { kind: 'no', onlyTo: null, notTo: [] }, isOnCall: false })
  })

  it('no name, number, rank or home: only ids without meaning', () => {
    const said = { number: 'S-37', name: 'Cedar (invented)', home: 'Hill (invented)', rank: 'Captain' }
    const text = JSON.stringify(problemOf([officer(37, { said }).officer]))
    for (const word of ['S-37', 'Cedar', 'Hill', 'Captain', 'Lantern']) expect(text).not.toContain(word)
  })
})

describe('what cannot be planned is told', () => {
  it('a post of which nobody wrote where it is, planned with its officers and near no other; one that is closed on the day is no part of it', () => {
    const nowhere = post(landing, { position: null })
    const there = officer(38, { post: gate })
    const all = [...posts, nowhere]
    there.write(moveOfficer(there.officer, { post: landing, on: moment.today }, all, moment))
    const found = problemOf([there.officer], moment.today, all)
    expect([found.leftOut, unplacedIn(found.problem)]).toEqual([[], [landing]])
    expect(found.problem.officers.map(({ post: at }) => at)).toEqual([landing])
    const closed = post(landing, { until: day('2026-01-31') })
    expect(problemOf([], moment.today, [...posts, closed])).toMatchObject({ leftOut: [], problem: { posts: [{}, {}] } })
  })

  it('an officer of whom two posts are said; who left or never was is simply not there', () => {
    const two = officer(39)
    const seen = two.state.heads
    const before = two.officer
    const all = [...posts, post(landing)]
    two.write(moveOfficer(before, { post: gate, on: moment.today }, all, moment), seen)
    two.write(moveOfficer(before, { post: landing, on: moment.today }, all, moment), seen)
    const left = officer(40)
    left.write(leaveService(left.officer, { left: true, on: daysAfter(moment.today, -1) }, moment))
    const found = problemOf([two.officer, left.officer], moment.today, all)
    expect(found.leftOut).toEqual([{ stream: at(39), why: 'two-answers' }])
    expect(found.problem.officers).toEqual([])
  })
})
