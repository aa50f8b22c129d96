import { describe, expect, it } from 'vitest'
import { check, gatherKinds } from '../../log/kind.ts'
import { CivilDate } from '../../shared/dates.ts'
import { StreamId } from '../../shared/ids.ts'
import { codeOf, idOf, ids, moment, Written } from '../testing/written.ts'
import {
  changeRoster,
  type KeepPlan,
  type KeepRoster,
  keepPlan,
  keepRoster,
  markPlanInError,
  markRosterInError,
  redrawPlan,
} from './capture.ts'
import { coverKinds } from './entries.ts'
import { planSaid, projectKept, rosterSaid } from './project.ts'
import { longest } from './words.ts'

const stream = StreamId.parse(idOf(1))
const officer = StreamId.parse(idOf(20))
const planning = (changed: Partial<KeepPlan> = {}): KeepPlan => ({
  ...ids,
  stream,
  title: 'First draft',
  drawn: '{"actions":[]}',
  page: '{"title":"What is proposed"}',
  ...changed,
})
const rostering = (changed: Partial<KeepRoster> = {}): KeepRoster => ({
  ...ids,
  stream,
  partner: undefined,
  post: StreamId.parse(idOf(30)),
  from: CivilDate.parse('2026-11-30'),
  duties: { [officer]: '0360,,0840' },
  alone: [],
  broken: [],
  byHand: {},
  ...changed,
})

function kept(written: Written) {
  const stands = projectKept(written.state)
  if (!stands) throw new Error('nothing is kept')
  return stands
}
const planOf = (written: Written) => ({ kept: kept(written), said: planSaid(written.fields()) })
const rosterOf = (written: Written) => ({ kept: kept(written), said: rosterSaid(written.fields()) })

describe('what is refused, by name', () => {
  it('a plan without a name or too long to keep, and one said again as it stands', () => {
    expect(codeOf(keepPlan(planning({ title: ' ' }), moment))).toBe('cover.no-title')
    expect(codeOf(keepPlan(planning({ drawn: 'x'.repeat(longest.text + 1) }), moment))).toBe('cover.plan-too-long')
    // Bytes and not letters: a page in Burmese fills its field three times as fast.
    expect(codeOf(keepPlan(planning({ page: 'မ'.repeat(longest.text / 3 + 1) }), moment))).toBe('cover.plan-too-long')
    const written = new Written(stream)
    written.write(keepPlan(planning(), moment))
    const { title, drawn, page } = planning()
    const again = { title, drawn, page }
    expect(codeOf(redrawPlan(stream, planOf(written), again, moment))).toBe('workforce.nothing-changed')
    written.write(markPlanInError(stream, kept(written), true, moment))
    expect(codeOf(redrawPlan(stream, planOf(written), { ...again, title: 'Another' }, moment))).toBe(
      'workforce.in-error',
    )
  })

  it('a roster on which nobody works, and one that nobody changed', () => {
    expect(codeOf(keepRoster(rostering({ duties: { [officer]: ',,' } }), moment))).toBe('roster.empty')
    const written = new Written(stream)
    written.write(keepRoster(rostering(), moment))
    expect(
      codeOf(
        changeRoster(
          stream,
          rosterOf(written),
          { duties: { [officer]: '0360,,0840' }, alone: [], byHand: {}, broken: [] },
          moment,
        ),
      ),
    ).toBe('workforce.nothing-changed')
  })
})

it('a plan drawn again stands in the place of the one before, and two that were drawn apart both stand', () => {
  const written = new Written(stream)
  written.write(keepPlan(planning(), moment))
  const drawing = (title: string, step: number) => ({
    title,
    drawn: `{"actions":[${step}]}`,
    page: `{"title":"${title}"}`,
  })
  written.write(redrawPlan(stream, planOf(written), drawing('Second', 1), moment))
  expect(planOf(written).said).toEqual({ ...drawing('Second', 1), disputed: [] })
  const seen = written.state.heads
  const before = planOf(written)
  written.write(redrawPlan(stream, before, drawing('Hers', 2), moment), seen)
  written.write(redrawPlan(stream, before, drawing('His', 3), moment), seen)
  expect(planOf(written).said.disputed).toEqual(['title', 'drawn', 'page'])
  written.write(redrawPlan(stream, planOf(written), drawing('Hers', 2), moment))
  expect(planOf(written).said).toEqual({ ...drawing('Hers', 2), disputed: [] })
})

it('a plan that was kept before pages were is read as it stands, and has no page', () => {
  const written = new Written(stream)
  written.write(keepPlan(planning(), moment))
  const [first] = written.entries
  if (!first) throw new Error('an entry')
  const { page: _, ...sealed } = first.sealed
  const older = { ...first, version: 1, sealed }
  const kinds = gatherKinds(coverKinds)
  expect(check(kinds, older).ok).toBe(true)
  expect(check(kinds, first).ok).toBe(true)
  expect(planSaid({ title: [{ value: 'First draft' }], drawn: [{ value: '{"actions":[]}' }] })).toEqual({
    title: 'First draft',
    drawn: '{"actions":[]}',
    disputed: [],
  })
})

it('a roster keeps its post and first day through every change, and can be marked as never having been', () => {
  const written = new Written(stream)
  written.write(keepRoster(rostering(), moment))
  written.write(
    changeRoster(
      stream,
      rosterOf(written),
      { duties: { [officer]: ',0360,' }, alone: ['1 0360'], byHand: {}, broken: [] },
      moment,
    ),
  )
  expect(rosterOf(written).said).toEqual({
    post: idOf(30),
    from: '2026-11-30',
    duties: { [officer]: ',0360,' },
    alone: ['1 0360'],
    byHand: {},
    broken: [],
    disputed: [],
  })
  written.write(markRosterInError(stream, kept(written), true, moment))
  expect(kept(written).enteredInError).toBe(true)
  written.write(markRosterInError(stream, kept(written), false, moment))
  expect(kept(written).enteredInError).toBe(false)
})

it('that a shift is kept with somebody alone is said with the roster, also where nothing else is changed', () => {
  const written = new Written(stream)
  written.write(keepRoster(rostering(), moment))
  const same = rostering().duties
  expect(
    codeOf(changeRoster(stream, rosterOf(written), { duties: same, alone: [], byHand: {}, broken: [] }, moment)),
  ).toBe('workforce.nothing-changed')
  written.write(
    changeRoster(
      stream,
      rosterOf(written),
      { duties: same, alone: ['0 0360', '2 0840'], byHand: {}, broken: [] },
      moment,
    ),
  )
  expect(rosterOf(written).said.alone).toEqual(['0 0360', '2 0840'])
  written.write(changeRoster(stream, rosterOf(written), { duties: same, alone: [], byHand: {}, broken: [] }, moment))
  expect(rosterOf(written).said.alone).toEqual([])
})

it('which days a hand has set is said with the roster, and one that was kept before that was said has none', () => {
  const written = new Written(stream)
  written.write(keepRoster(rostering({ byHand: { [officer]: [0, 1] } }), moment))
  expect(rosterOf(written).said.byHand).toEqual({ [officer]: [0, 1] })
  const { duties } = rostering()
  written.write(
    changeRoster(stream, rosterOf(written), { duties, alone: [], byHand: { [officer]: [2] }, broken: [] }, moment),
  )
  expect(rosterOf(written).said.byHand).toEqual({ [officer]: [2] })
  const [first] = written.entries
  if (!first) throw new Error('an entry')
  const { byHand: _, ...sealed } = first.sealed
  expect(check(gatherKinds(coverKinds), { ...first, version: 2, sealed }).ok).toBe(true)
})

it('the rules that were kept broken are said with the roster, another one asks for another entry, and not for more than are read', () => {
  const written = new Written(stream)
  const rule = { code: 'roster.too-many-in-a-row', person: officer, shifts: [], days: [0, 1, 2], found: 3, allowed: 2 }
  written.write(keepRoster(rostering({ broken: [rule] }), moment))
  expect(rosterOf(written).said.broken).toEqual([rule])
  const works = { duties: rostering().duties, alone: [], byHand: {} }
  const same = changeRoster(stream, rosterOf(written), { ...works, broken: [rule] }, moment)
  expect(codeOf(same)).toBe('workforce.nothing-changed')
  written.write(changeRoster(stream, rosterOf(written), { ...works, broken: [] }, moment))
  expect(rosterOf(written).said.broken).toEqual([])
  const many = Array.from({ length: 201 }, () => rule)
  expect(codeOf(keepRoster(rostering({ broken: many }), moment))).toBe('roster.too-broken')
  expect(codeOf(changeRoster(stream, rosterOf(written), { ...works, broken: many }, moment))).toBe('roster.too-broken')
  const [first] = written.entries
  if (!first) throw new Error('an entry')
  const { broken: _, ...sealed } = first.sealed
  expect(check(gatherKinds(coverKinds), { ...first, version: 3, sealed }).ok).toBe(true)
})

it('a roster of two posts that share their women on call says which two', () => {
  const written = new Written(stream)
  const partner = StreamId.parse(idOf(31))
  written.write(keepRoster(rostering({ partner }), moment))
  expect(rosterOf(written).said).toMatchObject({ post: idOf(30), partner, disputed: [] })
})

it('in the clear stands nothing of what a plan or a roster says, nor the day it was made on', () => {
  const plan = new Written(stream)
  plan.write(keepPlan(planning(), moment))
  const roster = new Written(stream)
  roster.write(keepRoster(rostering(), moment))
  for (const { coded, on } of [...plan.entries, ...roster.entries]) {
    expect(Object.keys(coded).sort()).toEqual(Object.keys(ids).sort())
    expect(on).toBe('2026-Q4')
  }
  expect(coverKinds.every(({ time, precisions }) => time === 'sealed' && precisions.join() === 'quarter')).toBe(true)
})
