import { describe, expect, it } from 'vitest'
import type { Draft } from '../../log/draft.ts'
import type { StreamState } from '../../log/fold.ts'
import { gatherKinds } from '../../log/kind.ts'
import { ensureBegun, WrittenStream } from '../../log/testing/written-stream.ts'
import { CivilDate } from '../../shared/dates.ts'
import { EntryId, OrganisationId, StreamId } from '../../shared/ids.ts'
import type { Decision } from '../../shared/refusals.ts'
import { longestLine, mostCounted } from '../words.ts'
import { correctFlow, describeFlow, type FlowCounts, markFlowInError, writeFlow } from './capture.ts'
import { flowKinds } from './entries.ts'
import { type Flow, projectFlow } from './project.ts'
import { contributionsOfFlow } from './tally.ts'
import { isAbove } from './words.ts'

const kinds = gatherKinds(flowKinds)
const today = CivilDate.parse('2026-11-24')
const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
const stream = StreamId.parse(id(1))
const nowhere = EntryId.parse(id(99))

const row = (change: Partial<FlowCounts> = {}): FlowCounts => ({
  happening: 'recruited',
  rank: 'line',
  to: null,
  women: 30,
  men: 170,
  unrecorded: 0,
  ...change,
})
const flow = {
  stream,
  organisation: OrganisationId.parse(id(2)),
  on: CivilDate.parse('2025'),
  country: 'KH',
  agency: 'police',
  place: 'national',
  counted: 'sworn',
  trust: 'records',
  source: 'Orders of 2025 (invented)',
  rows: [
    row({ happening: 'left', rank: 'supervisory', women: 0, men: 12 }),
    row(),
    row({ happening: 'promoted', to: 'supervisory', women: 3, men: 40 }),
  ],
} as const

/** A record as a device has it: each command decided on what stands, its drafts made entries that know their parents. */
class OneFlow extends WrittenStream {
  constructor(opened: Decision<Draft[]> = writeFlow(flow, today)) {
    super(kinds)
    this.write(opened)
  }

  get now(): Flow {
    return ensureBegun(projectFlow(this.state))
  }

  /** The row of recruits. */
  get recruits(): EntryId {
    const found = this.now.rows.find(({ happening }) => happening === 'recruited')
    if (!found) throw new Error('recruits')
    return found.record
  }
}

const codeOf = (decided: Decision<unknown>): string | undefined => (decided.ok ? undefined : decided.refusal.code)
const amounts = (state: StreamState) =>
  contributionsOfFlow(state).map(({ dimensions: { rank, sex }, amount }) => `${rank} ${sex} ${amount}`)

describe('what is refused of who came, rose and left, by name', () => {
  it('a day, a period that has not begun, no source, nothing at all, one row twice, or a number that is none', () => {
    const write = (change: object) => codeOf(writeFlow({ ...flow, ...change }, today))
    expect(write({})).toBeUndefined()
    expect(write({ on: today })).toBe('workforce.not-a-period')
    expect(write({ on: CivilDate.parse('2027') })).toBe('workforce.not-yet')
    expect(write({ on: CivilDate.parse('2026-Q4') })).toBeUndefined()
    expect(write({ source: ' ' })).toBe('workforce.no-source')
    expect(write({ source: 'x'.repeat(longestLine + 1) })).toBe('workforce.text-too-long')
    expect(write({ rows: [] })).toBe('workforce.no-flow')
    expect(write({ rows: [row(), row({ women: 1 })] })).toBe('workforce.flow-twice')
    for (const women of [-1, 0.5, Number.NaN, mostCounted + 1])
      expect(write({ rows: [row({ women })] })).toBe('workforce.not-a-count')
  })

  it('a promotion that does not lead up, and a rank to which nobody is recruited or leaves', () => {
    const write = (change: Partial<FlowCounts>) => codeOf(writeFlow({ ...flow, rows: [row(change)] }, today))
    expect(write({ happening: 'promoted', to: null })).toBe('workforce.not-a-promotion')
    expect(write({ happening: 'promoted', to: 'line' })).toBe('workforce.not-a-promotion')
    expect(write({ happening: 'promoted', rank: 'command', to: 'line' })).toBe('workforce.not-a-promotion')
    expect(write({ happening: 'promoted', rank: 'not-given', to: 'line' })).toBe('workforce.not-a-promotion')
    expect(write({ happening: 'left', to: 'command' })).toBe('workforce.not-a-promotion')
    expect(write({ happening: 'promoted', to: 'command' })).toBeUndefined()
    expect(isAbove('command', 'supervisory')).toBe(true)
  })

  it('a correction that changes nothing, or of a row that is not there', () => {
    const { now, recruits } = new OneFlow()
    expect(codeOf(describeFlow(stream, now, {}))).toBe('workforce.nothing-changed')
    expect(codeOf(describeFlow(stream, now, { source: ' ' }))).toBe('workforce.no-source')
    expect(codeOf(correctFlow(stream, now, recruits, {}))).toBe('workforce.nothing-changed')
    expect(codeOf(correctFlow(stream, now, recruits, { men: -1 }))).toBe('workforce.not-a-count')
    expect(codeOf(correctFlow(stream, now, nowhere, { men: 1 }))).toBe('workforce.no-such-row')
    expect(codeOf(markFlowInError(stream, now, nowhere, true))).toBe('workforce.no-such-row')
  })
})

describe('who came, rose and left', () => {
  it('stands as one goes through an agency; that nobody did is an answer', () => {
    const { now } = new OneFlow()
    expect(now.rows.map(({ happening, rank, to, women }) => [happening, rank, to, women.low])).toEqual([
      ['recruited', 'line', null, 30],
      ['promoted', 'line', 'supervisory', 3],
      ['left', 'supervisory', null, 0],
    ])
    expect(new OneFlow(writeFlow({ ...flow, rows: [row({ women: 0, men: 0 })] }, today)).now.rows).toHaveLength(1)
  })

  it('contributes the recruits by sex, with their period; those who rose or left are counted by nobody', () => {
    const one = new OneFlow()
    expect(amounts(one.state)).toEqual(['line female 30', 'line male 170'])
    expect(contributionsOfFlow(one.state)[0]?.dimensions).toMatchObject({ on: '2025', source: one.now.opening })
    one.write(correctFlow(stream, one.now, one.recruits, { women: 0 }))
    expect(amounts(one.state)).toEqual(['line female 0', 'line male 170'])
  })

  it('follows a correction; a row, or all of it, that never was is counted no more until that is taken back', () => {
    const one = new OneFlow()
    one.write(describeFlow(stream, one.now, { place: 'border-crossing' }))
    expect(contributionsOfFlow(one.state)[0]?.dimensions.place).toBe('border-crossing')
    one.write(markFlowInError(stream, one.now, one.recruits, true))
    expect(amounts(one.state)).toEqual([])
    one.write(markFlowInError(stream, one.now, one.recruits, false))
    one.write(markFlowInError(stream, one.now, one.now.opening, true))
    expect(amounts(one.state)).toEqual([])
    one.write(markFlowInError(stream, one.now, one.now.opening, false))
    expect(amounts(one.state)).toHaveLength(2)
  })

  it('is two sources where two numbers stand beside each other, until a third settles them', () => {
    const one = new OneFlow()
    const { heads } = one.state
    const asItWas = one.now
    one.write(correctFlow(stream, asItWas, one.recruits, { women: 20 }))
    one.write(correctFlow(stream, asItWas, one.recruits, { women: 40 }), heads)
    expect(one.now.conflicts.map(({ field }) => field)).toEqual(['women'])
    expect(amounts(one.state)).toEqual(['line female 20', 'line male 170', 'line female 40', 'line male 170'])
    expect(new Set(contributionsOfFlow(one.state).map(({ record }) => record)).size).toBe(4)
    one.write(correctFlow(stream, one.now, one.recruits, { women: 25 }))
    expect(amounts(one.state)).toEqual(['line female 25', 'line male 170'])
  })
})
