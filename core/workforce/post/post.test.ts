import { describe, expect, it } from 'vitest'
import type { CivilDate } from '../../shared/dates.ts'
import { StreamId } from '../../shared/ids.ts'
import { codeOf, idOf, ids, moment, Written } from '../testing/written.ts'
import type { RegisterPost, SayPost } from './capture.ts'
import { describePost, markPostInError, registerPost } from './capture.ts'
import { isKeptOn, missingToPost } from './project.ts'
import { everyDay, namesOfShifts, Opening, shiftsOf } from './words.ts'

const stream = StreamId.parse(idOf(1))
const other = StreamId.parse(idOf(11))
const said: SayPost = {
  code: 'A-1',
  name: 'Bridge of the lanterns (invented)',
  crossing: 'bridge',
  opening: { hours: 'day-and-night' },
  flow: 900,
  risk: 'high',
  toilets: 'yes',
  lodging: 'unknown',
}
const registering = (changed: SayPost = {}, at = stream): RegisterPost => ({
  ...ids,
  stream: at,
  said: { ...said, ...changed },
})

function registered(changed: SayPost = {}, at = stream): Written {
  const written = new Written(at, at === stream ? 100 : 500)
  written.write(registerPost(registering(changed, at), [], moment))
  return written
}

describe('what is refused, by name', () => {
  it('a post without a name, and one of which nobody says when it is open', () => {
    expect(codeOf(registerPost(registering({ name: ' ' }), [], moment))).toBe('workforce.no-post-name')
    const { opening: _, ...without } = said
    const command = { ...registering(), said: without }
    expect(codeOf(registerPost(command, [], moment))).toBe('workforce.no-hours')
    const { post } = registered()
    expect(codeOf(describePost(stream, post, { opening: null }, [], moment))).toBe('workforce.no-hours')
    expect(codeOf(describePost(stream, post, { name: '' }, [], moment))).toBe('workforce.no-post-name')
  })

  it('a code that another post has, unless that one never was', () => {
    const first = registered()
    expect(codeOf(registerPost(registering({}, other), [first.post], moment))).toBe('workforce.post-code-taken')
    first.write(markPostInError(stream, first.post.post, true, moment))
    expect(codeOf(registerPost(registering({}, other), [first.post], moment))).toBeUndefined()
  })

  it('one shift written twice, a last day before the first, a way to itself, a place that is on no globe', () => {
    const shift = { starts: 360, minutes: 480, weekdays: [0, 1, 2, 3, 4, 5, 6] }
    const at = (changed: SayPost) => codeOf(registerPost(registering(changed), [], moment))
    expect(at({ opening: { hours: 'shifts', shifts: [shift, { ...shift, minutes: 240 }] } })).toBe(
      'workforce.shifts-overlap',
    )
    expect(at({ from: '2026-05-01' as CivilDate, until: '2026-04-01' as CivilDate })).toBe(
      'workforce.closed-before-opened',
    )
    expect(at({ neighbours: [{ post: stream, minutes: 20 }] })).toBe('workforce.neighbour-of-itself')
    expect(at({ position: { latitude: 91, longitude: 0 } })).toBe('workforce.not-understood')
  })

  it('a correction that changes nothing, and any to a post that never was', () => {
    const written = registered()
    expect(codeOf(describePost(stream, written.post, { risk: 'high' }, [], moment))).toBe('workforce.nothing-changed')
    written.write(markPostInError(stream, written.post.post, true, moment))
    expect(codeOf(describePost(stream, written.post, { risk: 'low' }, [], moment))).toBe('workforce.in-error')
  })
})

describe('a post', () => {
  it('stands in the clear as whose it is and in which country, and nothing that finds it', () => {
    const [opening] = registered().entries
    expect(Object.keys(opening?.coded ?? {}).sort()).toEqual([
      'caseKey',
      'country',
      'organisation',
      'person',
      'personKey',
      'team',
    ])
    expect(opening?.on).toBe('2026-Q4')
    expect(opening?.at).toBeNull()
  })

  it('is read by its agency as it was said, and only what is said anew changes', () => {
    const written = registered({ position: { latitude: 1.25, longitude: 100.5 } })
    written.write(describePost(stream, written.post, { risk: 'low', lodging: 'yes', position: null }, [], moment))
    const now = written.post.said
    expect(now).toMatchObject({ name: said.name, flow: 900, risk: 'low', lodging: 'yes', disputed: [] })
    expect(now.position).toBeUndefined()
    expect(written.entries[1]?.coded).toEqual({})
  })

  it('is called what it was called, whatever stands in the second line of its cell', () => {
    for (const name of ['Bridge (invented)\n#2 gate', 'Bridge (invented)\n#12345'])
      expect(registered({ name }).post.said.name).toBe(name)
  })

  it('of which two colleagues said two things apart shows both until one is settled', () => {
    const written = registered()
    const seen = written.state.heads
    written.write(describePost(stream, written.post, { risk: 'low' }, [], moment), seen)
    written.write(
      describePost(stream, { ...written.post, said: registered().post.said }, { risk: 'medium' }, [], moment),
      seen,
    )
    expect(written.post.said.disputed).toEqual(['risk'])
    expect(written.post.said.risk).toBeUndefined()
    written.write(describePost(stream, written.post, { risk: 'medium' }, [], moment))
    expect(written.post.said).toMatchObject({ risk: 'medium', disputed: [] })
  })

  it('takes nobody in where separate toilets or safe lodging are missing or not known', () => {
    expect(missingToPost(registered().post.said)).toEqual(['lodging'])
    expect(missingToPost(registered({ lodging: 'yes' }).post.said)).toEqual([])
    expect(missingToPost(registered({ toilets: null, lodging: 'no' }).post.said)).toEqual(['toilets', 'lodging'])
  })

  it('is kept from its first day to its last', () => {
    const days = ['2026-01-31', '2026-02-01', '2026-03-31', '2026-04-01'] as CivilDate[]
    const kept = { from: '2026-02-01', until: '2026-03-31' } as { from: CivilDate; until: CivilDate }
    expect(days.map((day) => isKeptOn(kept, day))).toEqual([false, true, true, false])
    expect(days.map((day) => isKeptOn({}, day))).toEqual([true, true, true, true])
  })

  it('open day and night is three watches of eight hours, by day two of six', () => {
    expect(shiftsOf({ hours: 'day-and-night' }).map(({ minutes }) => minutes)).toEqual([480, 480, 480])
    expect(shiftsOf({ hours: 'day' }).reduce((sum, { minutes }) => sum + minutes, 0)).toBe(720)
  })

  it('what was written before weekdays were is every day, or asked for again: a number of days names none of them', () => {
    const written = (daysAWeek: number) => ({ hours: 'shifts', shifts: [{ starts: 360, minutes: 480, daysAWeek }] })
    const read = { hours: 'shifts', shifts: [{ starts: 360, minutes: 480, weekdays: everyDay }] }
    expect(Opening.parse(written(7))).toEqual(read)
    expect(Opening.safeParse(written(5)).success).toBe(false)
  })

  it('shifts of other weekdays that begin at one time are told apart', () => {
    expect(namesOfShifts([{ starts: 360 }, { starts: 840 }, { starts: 360 }])).toEqual(['360', '840', '360/2'])
  })
})
