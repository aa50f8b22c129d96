import { describe, expect, it } from 'vitest'
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
  ...changed,
})
const rostering = (changed: Partial<KeepRoster> = {}): KeepRoster => ({
  ...ids,
  stream,
  post: StreamId.parse(idOf(30)),
  from: CivilDate.parse('2026-11-30'),
  duties: { [officer]: '0360,,0840' },
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
    const written = new Written(stream)
    written.write(keepPlan(planning(), moment))
    const again = { title: 'First draft', drawn: '{"actions":[]}' }
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
    expect(codeOf(changeRoster(stream, rosterOf(written), { [officer]: '0360,,0840' }, moment))).toBe(
      'workforce.nothing-changed',
    )
  })
})

it('a plan drawn again stands in the place of the one before, and two that were drawn apart both stand', () => {
  const written = new Written(stream)
  written.write(keepPlan(planning(), moment))
  written.write(redrawPlan(stream, planOf(written), { title: 'Second', drawn: '{"actions":[1]}' }, moment))
  expect(planOf(written).said).toEqual({ title: 'Second', drawn: '{"actions":[1]}', disputed: [] })
  const seen = written.state.heads
  const before = planOf(written)
  written.write(redrawPlan(stream, before, { title: 'Hers', drawn: '{"actions":[2]}' }, moment), seen)
  written.write(redrawPlan(stream, before, { title: 'His', drawn: '{"actions":[3]}' }, moment), seen)
  expect(planOf(written).said.disputed).toEqual(['title', 'drawn'])
  written.write(redrawPlan(stream, planOf(written), { title: 'Hers', drawn: '{"actions":[2]}' }, moment))
  expect(planOf(written).said).toEqual({ title: 'Hers', drawn: '{"actions":[2]}', disputed: [] })
})

it('a roster keeps its post and first day through every change, and can be marked as never having been', () => {
  const written = new Written(stream)
  written.write(keepRoster(rostering(), moment))
  written.write(changeRoster(stream, rosterOf(written), { [officer]: ',0360,' }, moment))
  expect(rosterOf(written).said).toEqual({
    post: idOf(30),
    from: '2026-11-30',
    duties: { [officer]: ',0360,' },
    disputed: [],
  })
  written.write(markRosterInError(stream, kept(written), true, moment))
  expect(kept(written).enteredInError).toBe(true)
  written.write(markRosterInError(stream, kept(written), false, moment))
  expect(kept(written).enteredInError).toBe(false)
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
