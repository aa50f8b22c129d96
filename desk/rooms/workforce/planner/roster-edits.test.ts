import { expect, it } from 'vitest'
import { standingOfText, textOfStanding } from './kept-rosters.ts'
import { runsOf } from './roster-edits.ts'
import { ask, post, women } from './testing/rosters.ts'

it('days that follow one another are told by the first and the last of them, in their order', () => {
  expect(runsOf([])).toEqual([])
  expect(runsOf([4, 0, 1, 2, 9, 8])).toEqual([
    [0, 2],
    [4, 4],
    [8, 9],
  ])
})

it('a roster that was not kept comes back for the same posts and day, and for no other', () => {
  const { problem } = ask(post(women(2, 3)))
  const [person] = problem.people
  if (!person) throw new Error('the roster has people')
  const roster = Object.fromEntries(
    problem.people.map(({ key }) => [key, Array.from({ length: problem.days }, () => null)]),
  )
  const standing = { roster, hand: [{ person: person.key, day: 3 }], moved: [] }
  const text = textOfStanding('here', standing)
  expect(standingOfText(text, 'here', problem)).toEqual(standing)
  expect(standingOfText(text, 'there', problem)).toBeUndefined()
  expect(standingOfText(text, 'here', { ...problem, people: problem.people.slice(1) })).toBeUndefined()
  for (const wrong of [undefined, '', '{', '{"of":"here"}'])
    expect(standingOfText(wrong, 'here', problem)).toBeUndefined()
})
