import { describe, expect, it } from 'vitest'
import { check, gatherKinds } from '../../log/kind.ts'
import { CivilDate } from '../../shared/dates.ts'
import { EntryId, OrganisationId, StreamId } from '../../shared/ids.ts'
import { codeOf, idOf, Written } from '../testing/written.ts'
import { cutOffsFor, type ReleaseCover, releaseCover, withdrawCoverRelease } from './capture.ts'
import { coverReleaseKinds } from './entries.ts'
import { type CoverRelease, lastShown, projectCoverRelease } from './project.ts'
import { contributionsOfCoverRelease } from './tally.ts'
import type { Bands } from './words.ts'

const day = (text: string) => CivilDate.parse(text)
const today = day('2026-11-24')
const stream = StreamId.parse(idOf(1))
const bands: Bands = {
  posts: { low: 5, high: 9 },
  shifts: { low: 125, high: 149 },
  present: { low: 50, high: 74 },
  onCall: { low: 75, high: 149 },
  women: { low: 10, high: 19 },
  expiring: null,
}
const releasing = (changed: Partial<ReleaseCover> = {}): ReleaseCover => ({
  stream,
  organisation: OrganisationId.parse(idOf(2)),
  country: 'KH',
  agency: 'border-police',
  counted: 'sworn',
  cutOff: day('2026-10-01'),
  released: { made: '2026-10-01', bands },
  ...changed,
})

function standing(written: Written): CoverRelease {
  const stands = projectCoverRelease(written.state)
  if (!stands) throw new Error('nothing was released')
  return stands
}
const released = (changed: Partial<ReleaseCover> = {}): Written => {
  const written = new Written(stream)
  written.write(releaseCover(releasing(changed), [], today))
  return written
}

describe('what is refused, by name', () => {
  it('a day that is no cut-off, one to come, and one long ago', () => {
    const code = (cutOff: string) => codeOf(releaseCover(releasing({ cutOff: day(cutOff) }), [], today))
    expect(code('2026-11-01')).toBe('cover-release.not-a-cut-off')
    expect(code('2026-10')).toBe('cover-release.not-a-cut-off')
    expect(code('2027-01-01')).toBe('cover-release.already')
    expect(code('2025-10-01')).toBe('cover-release.already')
    expect(code('2026-10-01')).toBeUndefined()
  })

  it('a number in the place of a band: exact, narrower than one post could be hidden in, or of another ladder', () => {
    const code = (present: Bands['present']) =>
      codeOf(releaseCover(releasing({ released: { made: '2026-10-01', bands: { ...bands, present } } }), [], today))
    expect(code({ low: 63, high: 63 })).toBe('cover-release.not-bands')
    expect(code({ low: 60, high: 64 })).toBe('cover-release.not-bands')
    expect(code({ low: 51, high: 75 })).toBe('cover-release.not-bands')
    expect(code({ low: 75, high: 49 })).toBe('cover-release.not-bands')
    expect(code({ low: 100, high: 174 })).toBe('cover-release.not-bands')
    const ahead = { made: '2027-01-01', bands }
    expect(codeOf(releaseCover(releasing({ released: ahead }), [], today))).toBe('cover-release.not-bands')
  })

  it('a cut-off that was released, or is before one that was; withdrawn, its own day can be released again and none before it', () => {
    const written = released({ cutOff: day('2026-07-01'), released: { made: '2026-07-01', bands } })
    const again = (cutOff: string) =>
      codeOf(releaseCover(releasing({ cutOff: day(cutOff) }), [standing(written)], today))
    expect(again('2026-07-01')).toBe('cover-release.already')
    expect(again('2026-04-01')).toBe('cover-release.already')
    expect(cutOffsFor([standing(written)], today)).toEqual(['2026-10-01'])
    written.write(withdrawCoverRelease(stream, standing(written), true, []))
    expect(cutOffsFor([standing(written)], today)).toEqual(['2026-10-01', '2026-07-01'])
    // Once another stands in its place, it does not come back beside it.
    const another = { ...standing(released()), opening: EntryId.parse(idOf(88)) }
    expect(codeOf(withdrawCoverRelease(stream, standing(written), false, [standing(written)]))).toBeUndefined()
    expect(codeOf(withdrawCoverRelease(stream, standing(written), false, [standing(written), another]))).toBe(
      'cover-release.already',
    )
  })
})

it('the server refuses a number in the place of a band too, and any field of a post, a place or a night', () => {
  const [entry] = released().entries
  if (!entry) throw new Error('it was written')
  const all = gatherKinds(coverReleaseKinds)
  const code = (coded: object) =>
    codeOf(check(all, { ...entry, at: { time: 1, clock: [1, 0] }, coded: { ...entry.coded, ...coded } }))
  expect(code({})).toBeUndefined()
  expect(code({ bands: { ...bands, women: { low: 12, high: 12 } } })).toBe('log.coded-field-not-allowed')
  expect(code({ post: idOf(9) })).toBe('log.coded-field-not-allowed')
  expect(code({ bands: { ...bands, night: { low: 0, high: 24 } } })).toBe('log.coded-field-not-allowed')
})

it('both ends of every band are counted under the day they are of; withdrawn, none is, until that is taken back', () => {
  const written = released({ released: { made: '2026-04-01', bands } })
  const rows = () => contributionsOfCoverRelease(written.state)
  expect(rows().map(({ dimensions: { of, bound }, amount }) => `${of} ${bound} ${amount}`)).toEqual([
    'posts low 5',
    'posts high 9',
    'shifts low 125',
    'shifts high 149',
    'present low 50',
    'present high 74',
    'onCall low 75',
    'onCall high 149',
    'women low 10',
    'women high 19',
  ])
  expect(rows()[0]).toMatchObject({ on: '2026-10-01', dimensions: { on: '2026-04-01', cutOff: '2026-10-01' } })
  written.write(withdrawCoverRelease(stream, standing(written), true, []))
  expect(rows()).toEqual([])
  written.write(withdrawCoverRelease(stream, standing(written), false, []))
  expect(rows()).toHaveLength(10)
})

it('where nothing can be told, that is said and nothing else', () => {
  const written = released({ released: null })
  expect(standing(written).bands).toBeNull()
  expect(contributionsOfCoverRelease(written.state).map(({ dimensions: { of } }) => of)).toEqual(['nothing'])
})

it('what was shown last binds what comes next, also when it was withdrawn', () => {
  const first = released({ cutOff: day('2026-07-01'), released: { made: '2026-07-01', bands } })
  first.write(withdrawCoverRelease(stream, standing(first), true, []))
  const nothing = released({ released: null })
  expect(lastShown([standing(nothing), standing(first)])).toMatchObject({ on: '2026-07-01', bands })
  expect(coverReleaseKinds.every(({ who }) => who.join() === 'focal-point')).toBe(true)
})
