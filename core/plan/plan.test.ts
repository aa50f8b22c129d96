import { describe, expect, it } from 'vitest'
import type { Draft } from '../log/draft.ts'
import { Entry } from '../log/entry.ts'
import { emptyState, fold, type StreamState } from '../log/fold.ts'
import { check, gatherKinds } from '../log/kind.ts'
import { indicators } from '../results/indicators.ts'
import { CivilDate } from '../shared/dates.ts'
import { OrganisationId, type StreamId } from '../shared/ids.ts'
import type { Decision } from '../shared/refusals.ts'
import {
  correctBaseline,
  correctPhase,
  correctTarget,
  datePhase,
  markBaselineInError,
  markPhaseInError,
  markTargetInError,
  setBaseline,
  setTarget,
} from './capture.ts'
import { planKinds } from './entries.ts'
import { datesOf, isOwnStream, projectBaseline, projectPhase, projectTarget } from './project.ts'
import { Phase, planStream } from './words.ts'

const kinds = gatherKinds(planKinds)
const today = CivilDate.parse('2026-11-24')
const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
const said = { organisation: OrganisationId.parse(id(2)), today }
const source = 'Grant agreement (invented)'
const count = { key: 'officers-trained' }
const share = { key: 'women-among-officers-trained', ratio: true } as const

/** A plan as a device has it: each command decided on what stands, its drafts made entries that know their parents. */
class OnePlan {
  entries: Entry[] = []

  stateOf(stream: StreamId): StreamState {
    const of = this.entries.filter((entry) => entry.stream === stream)
    return of.length === 0 ? emptyState : fold(kinds, of)
  }

  get phases() {
    return Phase.options.flatMap((phase) => projectPhase(this.stateOf(planStream('phase', phase))) ?? [])
  }

  phase(phase: Phase) {
    const found = this.phases.find((each) => each.phase === phase)
    if (!found) throw new Error('not dated yet')
    return found
  }

  /** @param parents of entries written apart: what their device had last seen */
  write(decided: Decision<Draft[]>, parents?: readonly Entry['id'][]): void {
    if (!decided.ok) throw new Error(decided.refusal.code)
    for (const { kind, version, stream, on, coded } of decided.value) {
      const n = this.entries.length + 1
      const entry = Entry.parse({
        v: 1,
        id: `0199${String(n).padStart(4, '0')}-0000-7000-8000-000000000000`,
        programme: id(3),
        stream,
        parents: parents ?? this.stateOf(stream).heads,
        kind,
        version,
        on,
        coded,
        sealed: {},
        author: id(4),
        device: id(5),
        at: { time: n, clock: [n, 0] },
        prev: null,
      })
      expect(check(kinds, entry)).toMatchObject({ ok: true, value: { known: true } })
      this.entries.push(entry)
    }
  }
}

const refusalOf = (decided: Decision<unknown>): string => (decided.ok ? 'accepted' : decided.refusal.code)

describe('the dates of a phase', () => {
  const first = { from: '2023-Q1', to: '2023-Q4', source }

  it('are refused by name: no quarters, turned around, over those of another, without a source, said twice', () => {
    const plan = new OnePlan()
    const date = (phase: Phase, dates: Partial<typeof first>) =>
      datePhase(phase, { ...first, ...dates }, plan.phases, said)
    expect(refusalOf(date('japan-1', { from: '2023' }))).toBe('plan.not-a-quarter')
    expect(refusalOf(date('japan-1', { to: '2023-12-31' }))).toBe('plan.not-a-quarter')
    expect(refusalOf(date('japan-1', { from: '2024-Q1' }))).toBe('plan.phase-backwards')
    expect(refusalOf(date('japan-1', { source: ' ' }))).toBe('plan.no-source')
    expect(refusalOf(date('japan-1', { source: 'x'.repeat(301) }))).toBe('plan.source-too-long')
    plan.write(date('japan-1', {}))
    expect(refusalOf(date('japan-1', {}))).toBe('plan.said-already')
    expect(date('japan-2', { from: '2023-Q4', to: '2024-Q4' })).toMatchObject({
      refusal: { code: 'plan.phases-overlap', values: { phase: 'japan-1', from: '2023-Q1', to: '2023-Q4' } },
    })
    expect(refusalOf(date('japan-2', { from: '2022-Q1', to: '2025-Q1' }))).toBe('plan.phases-overlap')
    expect(refusalOf(date('japan-2', { from: '2024-Q1', to: '2024-Q4' }))).toBe('accepted')
  })

  it('are corrected by an entry of what differs, may stay where they are, and not come over another phase', () => {
    const plan = new OnePlan()
    plan.write(datePhase('japan-1', first, plan.phases, said))
    plan.write(datePhase('japan-2', { ...first, from: '2024-Q1', to: '2024-Q4' }, plan.phases, said))
    const correct = (dates: Partial<typeof first>) =>
      correctPhase(plan.phase('japan-1'), { ...first, ...dates }, plan.phases, today)
    expect(refusalOf(correct({}))).toBe('plan.nothing-changed')
    expect(refusalOf(correct({ to: '2024-Q1' }))).toBe('plan.phases-overlap')
    const decided = correct({ to: '2023-Q3' })
    expect(decided).toMatchObject({ ok: true, value: [{ coded: { to: '2023-Q3' } }] })
    plan.write(decided)
    expect(datesOf(plan.phase('japan-1'))).toEqual({ key: 'japan-1', from: '2023-Q1', to: '2023-Q3' })
  })

  it('entered in error are none, and cannot come back over a phase that was dated meanwhile', () => {
    const plan = new OnePlan()
    plan.write(datePhase('japan-1', first, plan.phases, said))
    plan.write(markPhaseInError(plan.phase('japan-1'), true, plan.phases, today))
    expect(datesOf(plan.phase('japan-1'))).toBeUndefined()
    expect(refusalOf(correctPhase(plan.phase('japan-1'), first, plan.phases, today))).toBe('plan.in-error')
    plan.write(datePhase('japan-2', first, plan.phases, said))
    expect(refusalOf(markPhaseInError(plan.phase('japan-1'), false, plan.phases, today))).toBe('plan.phases-overlap')
  })

  it('said by two apart stand beside each other, count for nothing, and are settled by a correction', () => {
    const plan = new OnePlan()
    plan.write(datePhase('japan-1', first, [], said), [])
    plan.write(datePhase('japan-1', { ...first, to: '2024-Q2' }, [], said), [])
    expect(plan.phase('japan-1').conflicts.map(({ field }) => field)).toEqual(['to'])
    expect(datesOf(plan.phase('japan-1'))).toBeUndefined()
    plan.write(correctPhase(plan.phase('japan-1'), first, plan.phases, today))
    expect(plan.phase('japan-1').conflicts).toEqual([])
    expect(datesOf(plan.phase('japan-1'))).toEqual({ key: 'japan-1', from: '2023-Q1', to: '2023-Q4' })
  })

  it.each([0, 1])('said by two apart are none once one of the two takes hers for an error, and come back', (whose) => {
    const plan = new OnePlan()
    plan.write(datePhase('japan-1', first, [], said), [])
    const alone = plan.phase('japan-1')
    plan.write(datePhase('japan-1', first, [], said), [])
    const opening = plan.entries[whose]?.id
    if (!opening) throw new Error('two openings')
    plan.write(markPhaseInError({ ...alone, opening }, true, [], today), [opening])
    expect(datesOf(plan.phase('japan-1'))).toBeUndefined()
    plan.write(markPhaseInError(plan.phase('japan-1'), false, plan.phases, today))
    expect(datesOf(plan.phase('japan-1'))).toEqual({ key: 'japan-1', from: '2023-Q1', to: '2023-Q4' })
  })

  it('turned around by two corrections made apart are none', () => {
    const plan = new OnePlan()
    plan.write(datePhase('japan-1', first, [], said))
    const [opening] = plan.entries
    const apart = opening ? [opening.id] : []
    const stood = plan.phase('japan-1')
    plan.write(correctPhase(stood, { ...first, from: '2023-Q4' }, [], today), apart)
    plan.write(correctPhase(stood, { ...first, to: '2023-Q2' }, [], today), apart)
    expect(plan.phase('japan-1').conflicts).toEqual([])
    expect(datesOf(plan.phase('japan-1'))).toBeUndefined()
  })

  it('in a stream of another name are not the phase: it would be dated twice', () => {
    const plan = new OnePlan()
    plan.write(datePhase('japan-1', first, [], said))
    expect(isOwnStream(planStream('phase', 'japan-1'), plan.phase('japan-1'))).toBe(true)
    expect(isOwnStream(planStream('phase', 'japan-2'), plan.phase('japan-1'))).toBe(false)
  })
})

describe('a baseline', () => {
  const day = CivilDate.parse('2022')
  const stood = { measured: { value: 12 }, qualifier: 'about', day, source } as const
  const baseline = (plan: OnePlan, key: string) => projectBaseline(plan.stateOf(planStream('baseline', key)))

  it('is refused by name: no number, a day to come, a share without its whole, a count that is a share', () => {
    const set = (of: typeof count | typeof share, change: object) =>
      refusalOf(setBaseline(of, { ...stood, ...change }, undefined, said))
    for (const value of [Number.NaN, -1, 1.5, 1e12])
      expect(set(count, { measured: { value } })).toBe('plan.not-a-number')
    expect(set(count, { day: '2026-12' })).toBe('plan.day-to-come')
    expect(set(count, { source: '' })).toBe('plan.no-source')
    expect(set(share, {})).toBe('plan.share-needs-both')
    expect(set(count, { measured: { numerator: 1, denominator: 2 } })).toBe('plan.count-and-no-share')
    expect(set(share, { measured: { numerator: 3, denominator: 2 } })).toBe('plan.part-over-whole')
    expect(set(share, { measured: { numerator: 0, denominator: 0 } })).toBe('plan.not-a-number')
    expect(set(share, { measured: { numerator: 277, denominator: 578 } })).toBe('accepted')
  })

  it('keeps its source and qualifier, is corrected by an entry and can be marked as entered in error', () => {
    const plan = new OnePlan()
    plan.write(setBaseline(count, stood, undefined, said))
    const set = baseline(plan, count.key)
    if (!set) throw new Error('not set')
    expect(set).toMatchObject({
      indicator: count.key,
      measured: { value: 12 },
      qualifier: 'about',
      day: '2022',
      source,
    })
    expect(refusalOf(setBaseline(count, stood, set, said))).toBe('plan.said-already')
    expect(refusalOf(correctBaseline(count, set, stood, today))).toBe('plan.nothing-changed')
    plan.write(correctBaseline(count, set, { ...stood, measured: { value: 21 } }, today))
    expect(baseline(plan, count.key)?.measured).toEqual({ value: 21 })
    plan.write(markBaselineInError(set, true, today))
    expect(baseline(plan, count.key)?.enteredInError).toBe(true)
  })
})

describe('a target', () => {
  const wanted = { aimed: { value: 500 }, direction: 'at-least', source } as const
  const target = (plan: OnePlan, period: string) => projectTarget(plan.stateOf(planStream('target', count.key, period)))

  it('is of all years, a year or a phase, in the numbers of its indicator', () => {
    const set = (of: typeof count | typeof share, period: string, aimed: object) =>
      refusalOf(setTarget(of, period, { ...wanted, aimed: { ...wanted.aimed, ...aimed } }, undefined, said))
    expect(set(count, '2026-Q4', {})).toBe('plan.not-a-period')
    expect(set(count, 'japan-4', {})).toBe('plan.not-a-period')
    for (const period of ['all', '2026', 'canada-3']) expect(set(count, period, {})).toBe('accepted')
    const ofShare = (aimed: Parameters<typeof setTarget>[2]['aimed']) =>
      refusalOf(setTarget(share, 'all', { ...wanted, aimed }, undefined, said))
    expect(ofShare({ value: 48 })).toBe('plan.share-needs-both')
    expect(ofShare({ percentTenths: 1001 })).toBe('plan.not-a-number')
    expect(ofShare({ percentTenths: 480 })).toBe('accepted')
    expect(ofShare({ numerator: 1, denominator: 2 })).toBe('accepted')
  })

  it('stands once for each period, is corrected by an entry and can be marked as entered in error', () => {
    const plan = new OnePlan()
    plan.write(setTarget(count, 'all', wanted, undefined, said))
    plan.write(setTarget(count, 'japan-1', { ...wanted, aimed: { value: 100 } }, undefined, said))
    const set = target(plan, 'all')
    if (!set) throw new Error('not set')
    plan.write(correctTarget(count, set, { ...wanted, direction: 'at-most' }, today))
    expect([target(plan, 'all'), target(plan, 'japan-1')]).toMatchObject([
      { aimed: { value: 500 }, direction: 'at-most' },
      { aimed: { value: 100 }, direction: 'at-least' },
    ])
    plan.write(markTargetInError(set, true, today))
    expect(target(plan, 'all')?.enteredInError).toBe(true)
    expect(target(plan, 'japan-1')?.enteredInError).toBe(false)
  })
})

describe('the streams of a plan', () => {
  it('are apart for every phase, every baseline, and every target of every period there can be', () => {
    const years = Array.from({ length: 100 }, (_, year) => String(2000 + year))
    const streams = [
      ...Phase.options.map((phase) => planStream('phase', phase)),
      ...indicators.flatMap(({ key }) => [
        planStream('baseline', key),
        ...['all', ...Phase.options, ...years].map((period) => planStream('target', key, period)),
      ]),
    ]
    expect(streams.length).toBeGreaterThan(3000)
    expect(new Set(streams).size).toBe(streams.length)
  })
})
