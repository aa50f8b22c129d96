import { CivilDate } from '@lentera/core/shared/dates'
import { StreamId } from '@lentera/core/shared/ids'
import { cutOffsFor, releaseCover } from '@lentera/core/workforce/cover-release/capture'
import { type CoverRelease, projectCoverRelease } from '@lentera/core/workforce/cover-release/project'
import { certifyOfficer, leaveService, type OfficerAt, registerOfficer } from '@lentera/core/workforce/officer/capture'
import { type PostAt, registerPost } from '@lentera/core/workforce/post/capture'
import { idOf, ids, moment, Written } from '@lentera/core/workforce/testing/written'
import { describe, expect, it } from 'vitest'
import { reckonCover } from './reckon.ts'

const day = (text: string) => CivilDate.parse(text)
const at = (n: number): StreamId => StreamId.parse(idOf(n))

/** Posts of day and night, far from one another: 21 shifts a week each. */
const posts: readonly PostAt[] = Array.from({ length: 12 }, (_, n) => {
  const written = new Written(at(20 + n), (20 + n) * 100)
  const said = {
    name: `Gate ${n} (invented)`,
    opening: { hours: 'day-and-night' as const },
    position: { latitude: 1, longitude: 90 + n },
  }
  written.write(registerPost({ ...ids, stream: at(20 + n), said }, [], moment))
  return written.post
})

type Serving = { readonly posted?: string; readonly left?: string; readonly issued?: string; readonly until?: string }

function officer(n: number, { posted, left, issued = '2025-01-10', until = '2028-01-09' }: Serving = {}): OfficerAt {
  const written = new Written(at(100 + n), 10_000 + n * 20)
  const said = { number: `S-${n}`, ...(posted ? { postedOn: day(posted) } : {}) }
  const post = at(20 + (n % posts.length))
  written.write(registerOfficer({ ...ids, stream: at(100 + n), post, sex: 'female', said }, posts, [], moment))
  for (const module of ['see', 'meet'] as const) {
    const certificate = { module, moduleVersion: '1', issued: day(issued), until: day(until), session: undefined }
    written.write(certifyOfficer(written.officer, certificate, moment))
  }
  if (left) written.write(leaveService(written.officer, { left: true, on: day(left) }, moment))
  return written.officer
}

const women = (count: number, of: Serving = {}, from = 0): OfficerAt[] =>
  Array.from({ length: count }, (_, n) => officer(from + n, of))

const bandsOf = (officers: readonly OfficerAt[], cutOff = '2026-10-01', before: readonly CoverRelease[] = []) => {
  const { released } = reckonCover(posts, officers, day(cutOff), before)
  return released.ok ? released.value : released.refusal.code
}

describe('counts of cover as of a cut-off', () => {
  it('are those of the board by the rules that a new board begins with: 30 women cover 127 shifts of 252', () => {
    expect(bandsOf(women(30))).toMatchObject({
      made: '2026-10-01',
      bands: {
        posts: { low: 10, high: 14 },
        shifts: { low: 250, high: 274 },
        present: { low: 125, high: 149 },
        women: { low: 30, high: 39 },
      },
    })
  })

  it('have nobody who came after it or was certified after it, and whoever left after it', () => {
    const base = women(18)
    for (const left of ['2026-11-10', '2026-10-01'])
      expect(bandsOf([...base, ...women(12, { left }, 18)])).toMatchObject({ bands: { women: { low: 30, high: 39 } } })
    for (const of of [
      { posted: '2026-10-02' },
      { issued: '2026-10-02' },
      { left: '2026-09-30' },
      { until: '2026-09-30' },
    ])
      expect(bandsOf([...base, ...women(12, of, 18)])).toMatchObject({ bands: { women: { low: 10, high: 19 } } })
  })

  it('are nothing of fewer than five posts, whatever they have', () => {
    const { released } = reckonCover(posts.slice(0, 4), women(30), day('2026-10-01'), [])
    expect(released).toMatchObject({ ok: false, refusal: { code: 'release.too-few-posts' } })
  })

  it('are held to what was shown, also to what was withdrawn, until more than one post could have done has moved', () => {
    const before: CoverRelease[] = []
    for (const [cutOff, count] of [
      ['2026-04-01', 30],
      ['2026-07-01', 34],
      ['2026-10-01', 55],
    ] as const) {
      const { released } = reckonCover(posts, women(count), day(cutOff), before)
      const written = new Written(at(900 + before.length), 50_000 + before.length * 10)
      const said = { agency: 'police', counted: 'sworn', cutOff: day(cutOff) } as const
      const { organisation, country } = ids
      const command = { ...said, stream: written.stream, organisation, country }
      expect(cutOffsFor(before, moment.today)).toContain(cutOff)
      written.write(releaseCover({ ...command, released: released.ok ? released.value : null }, before, moment.today))
      const release = projectCoverRelease(written.state)
      if (release) before.push({ ...release, enteredInError: cutOff === '2026-04-01' })
    }
    expect(before.map(({ made }) => made)).toEqual(['2026-04-01', '2026-04-01', '2026-10-01'])
  })
})
