import { StreamId } from '@lentera/core/shared/ids'
import {
  certifyOfficer,
  type OfficerAt,
  type RegisterOfficer,
  registerOfficer,
} from '@lentera/core/workforce/officer/capture'
import { type PostAt, registerPost } from '@lentera/core/workforce/post/capture'
import { idOf, ids, moment, Written } from '@lentera/core/workforce/testing/written'
import { describe, expect, it } from 'vitest'
import { coverageProblem, trainedUntil } from './coverage-problem.ts'
import { settleTwice, twiceIn } from './twice.ts'

const at = (n: number): StreamId => StreamId.parse(idOf(n))

function post(n: number, code: string): PostAt {
  const written = new Written(at(n), n * 100)
  const said = { name: 'Double gate (invented)', code, opening: { hours: 'day-and-night' } } as const
  written.write(registerPost({ ...ids, stream: at(n), said }, [], moment))
  return written.post
}

/** A device that has not heard of the other knows nobody. */
function officer(n: number, number: string, changed: Partial<RegisterOfficer> = {}, isTrained = true): OfficerAt {
  const written = new Written(at(n), n * 100)
  const command = { ...ids, stream: at(n), post: at(21), sex: 'female', said: { number }, ...changed } as const
  written.write(registerOfficer(command, [post(21, 'DD-1'), post(22, 'dd 1')], [], moment))
  if (isTrained)
    for (const module of ['see', 'meet'] as const) {
      const said = { module, moduleVersion: '1', issued: moment.today, until: moment.today, session: undefined }
      written.write(certifyOfficer(written.officer, said, moment))
    }
  return written.officer
}

const posts = [post(21, 'DD-1'), post(22, 'dd 1')]
const twiceOf = (officers: readonly OfficerAt[]) => twiceIn(posts, officers, (each) => trainedUntil(each, moment.today))

describe('a list that two devices brought without knowing of each other', () => {
  // The second device knows its own post, and one number is written in other digits.
  const officers = [
    officer(31, 'EE-1'),
    officer(32, 'EE-2'),
    officer(41, 'ee ၁', { post: at(22) }),
    officer(42, 'EE-2', { post: at(22) }),
  ]

  it('covers once: one post, and each officer at it', () => {
    const { problem, leftOut } = coverageProblem(posts, officers, moment.today)
    expect(problem.posts.map(({ key }) => key)).toEqual([at(21)])
    expect(problem.officers.map(({ post: serves }) => serves)).toEqual([at(21), at(21)])
    expect(leftOut.map(({ why }) => why)).toEqual(['twice', 'twice', 'twice'])
  })

  it('is settled in one go, and can be counted the same after', () => {
    const twice = twiceOf(officers)
    expect(twice.spare).toEqual(twice.uncounted)
    const settled = settleTwice(twice, posts, officers, moment)
    expect(settled.ok && settled.value.map(({ stream }) => stream).toSorted()).toEqual([...twice.spare].toSorted())
    expect(settled.ok && settled.value.every(({ coded }) => coded.enteredInError === true)).toBe(true)
  })

  it('is trained only as far as both say', () => {
    const { problem } = coverageProblem(posts, [officer(31, 'EE-1'), officer(41, 'EE-1', {}, false)], moment.today)
    expect(problem.officers.map(({ training }) => training.isTrained)).toEqual([false])
  })
})

it('of whom two numbers say another sex covers nothing, and nothing of it is settled in one go', () => {
  const both = [officer(31, 'EE-1'), officer(41, 'EE-1', { sex: 'male' })]
  expect(coverageProblem(posts, both, moment.today).problem.officers).toEqual([])
  const { uncounted, spare } = twiceOf(both)
  expect([...uncounted].filter((stream) => stream !== at(22))).toEqual([at(31), at(41)])
  expect([...spare]).toEqual([at(22)])
})

it('a second post at which somebody else serves is not settled in one go', () => {
  const { spare, countedPost } = twiceOf([officer(31, 'EE-1'), officer(43, 'EE-3', { post: at(22) })])
  expect([...spare]).toEqual([])
  expect(countedPost(at(22))).toBe(at(21))
})

it('what only one of two says of her is not settled in one go: the one that says all is left, or a person looks at both', () => {
  const wishes = { volunteersForNights: false, volunteersFor: [], mostNights: 4 }
  const said = (changed: RegisterOfficer['said']) => ({ post: at(21), said: { number: 'EE-1', ...changed } })
  const spareOf = (...officers: readonly OfficerAt[]) => [...twiceOf(officers).spare].filter((each) => each !== at(22))
  const [less, more] = [officer(31, 'EE-1', said({}), false), officer(41, 'EE-1', said({ wishes }))]
  expect(spareOf(less, more)).toEqual([at(31)])
  expect(spareOf(less, officer(41, 'EE-1', said({}), false))).toEqual([at(41)])
  expect(spareOf(officer(31, 'EE-1', said({ home: 'Hill' })), more)).toEqual([])
  expect(spareOf(officer(31, 'EE-1', said({ wishes }), false), officer(41, 'EE-1', said({})))).toEqual([])
  const two = [post(21, 'DD-1'), { ...post(22, 'dd 1'), said: { ...post(22, 'dd 1').said, risk: 'high' as const } }]
  expect([...twiceIn(two, [], () => '').spare]).toEqual([])
})
