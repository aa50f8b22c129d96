import { describe, expect, it } from 'vitest'
import type { Draft } from '../../log/draft.ts'
import { Entry } from '../../log/entry.ts'
import { fold, type StreamState } from '../../log/fold.ts'
import { check, gatherKinds } from '../../log/kind.ts'
import { CivilDate } from '../../shared/dates.ts'
import { OrganisationId, StreamId } from '../../shared/ids.ts'
import type { Decision } from '../../shared/refusals.ts'
import { codeOf, idOf, ids, moment } from '../testing/written.ts'
import { describeBarrier, type FindBarrier, findBarrier, markBarrierInError } from './capture.ts'
import { barrierKinds } from './entries.ts'
import { type Barrier, matrixOf, projectBarrier } from './project.ts'
import { MowipArea, mowipSource } from './words.ts'

const kinds = gatherKinds(barrierKinds)
const { today } = moment
const stream = StreamId.parse(idOf(20))
const accepted = { status: 'accepted', enteredInError: false }
const found: FindBarrier = {
  stream,
  organisation: OrganisationId.parse(ids.organisation),
  country: 'KH',
  on: today,
  agency: 'police',
  area: 'infrastructure',
  level: 'high',
  evidence: 'No lodging for women at three of four posts (invented)',
  practice: '',
  recommendation: StreamId.parse(idOf(21)),
  owner: 'Directorate of logistics (invented)',
  due: CivilDate.parse('2027-06'),
}

class Written {
  readonly entries: Entry[] = []

  write(decided: Decision<Draft[]>, parents = this.state.heads): this {
    if (!decided.ok) throw new Error(decided.refusal.code)
    for (const draft of decided.value) {
      const { opened: _, ...said } = draft
      const entry = Entry.parse({
        v: 1,
        id: idOf(100 + this.entries.length),
        programme: idOf(7),
        parents,
        ...said,
        sealed: {},
        author: idOf(8),
        device: idOf(9),
        at: { time: 1, clock: [1, 0] },
        prev: null,
      })
      expect(check(kinds, entry)).toMatchObject({ ok: true, value: { known: true } })
      this.entries.push(entry)
    }
    return this
  }

  get state(): StreamState {
    return fold(kinds, this.entries)
  }

  get barrier(): Barrier {
    const barrier = projectBarrier(this.state)
    if (!barrier) throw new Error('no barrier yet')
    return barrier
  }
}

const written = (change: Partial<FindBarrier> = {}) =>
  new Written().write(findBarrier({ ...found, ...change }, accepted, today))

describe('a barrier', () => {
  it('is refused without evidence, of tomorrow, due before it was found, or led to what was turned down', () => {
    const find = (change: Partial<FindBarrier>, follows: Parameters<typeof findBarrier>[1] = accepted) =>
      codeOf(findBarrier({ ...found, ...change }, follows, today))
    expect(find({ evidence: '  ' })).toBe('workforce.no-barrier-evidence')
    expect(find({ practice: 'x'.repeat(1001) })).toBe('workforce.text-too-long')
    expect(find({ owner: 'x'.repeat(301) })).toBe('workforce.text-too-long')
    expect(find({ on: CivilDate.parse('2026-11-25') })).toBe('workforce.not-yet')
    expect(find({ due: CivilDate.parse('2026-10') })).toBe('workforce.due-before-found')
    expect(find({}, { ...accepted, status: 'rejected' })).toBe('workforce.recommendation-rejected')
    expect(codeOf(findBarrier(found, undefined, today))).toBe('workforce.recommendation-rejected')
    expect(codeOf(describeBarrier(stream, written().barrier, {}, undefined))).toBe('workforce.nothing-changed')
  })

  it('is corrected field by field, and taken back', () => {
    const all = written()
    all.write(describeBarrier(stream, all.barrier, { level: 'medium', practice: ' A room of their own ' }, undefined))
    expect(all.barrier).toMatchObject({ level: 'medium', practice: 'A room of their own', area: 'infrastructure' })
    all.write(markBarrierInError(stream, all.barrier, true))
    expect(all.barrier.enteredInError).toBe(true)
  })

  it('has no level until two who said different things are settled', () => {
    const all = written()
    const { heads } = all.state
    for (const level of ['low', 'medium'] as const)
      all.write(describeBarrier(stream, all.barrier, { level }, undefined), heads)
    expect([all.barrier.level, all.barrier.conflicts.map(({ field }) => field)]).toEqual([undefined, ['level']])
  })
})

describe('the ten areas', () => {
  it('are ten, and nobody has checked their names yet', () => {
    expect([MowipArea.options.length, mowipSource.verifiedOn]).toEqual([10, null])
  })

  it('stand as a matrix with what each agency wrote down last, a quarter where it begins', () => {
    const all = [
      written({ on: CivilDate.parse('2026-Q1'), level: 'medium' }).barrier,
      written({ on: CivilDate.parse('2026-01-05'), level: 'high' }).barrier,
      written({ on: CivilDate.parse('2026-09-05'), level: 'low' }).barrier,
      written({ agency: 'customs', area: 'gender-roles', level: 'medium' }).barrier,
    ]
    const matrix = matrixOf(all)
    expect(matrix.map(({ area }) => area)).toEqual(MowipArea.options)
    const row = matrix.find(({ area }) => area === 'infrastructure')
    expect([...(row?.by.keys() ?? [])]).toEqual(['police', 'customs'])
    expect([row?.by.get('police')?.level, row?.by.get('customs')?.level]).toEqual(['low', undefined])
    const mistaken = written()
    mistaken.write(markBarrierInError(stream, mistaken.barrier, true))
    expect(matrixOf([mistaken.barrier])[0]?.by.size).toBe(0)
  })
})
