import { countryOf } from '@lentera/planner/invented/country'
import { humaneOptions, whatToMendFirst } from '@lentera/planner/plan'
import { loadSolver } from '@lentera/solver'
import { expect, it } from 'vitest'
import { emptierThan } from './emptier.ts'
import type { Drawn } from './messages.ts'

const solver = await loadSolver()
const problem = countryOf({ posts: 12, seed: 4 })

async function drawn(shouldStop: () => boolean): Promise<Drawn> {
  const options = await humaneOptions(problem, null, { solver, elapsed: () => 0, shouldStop })
  if (!options.ok) throw new Error(options.refusal.code)
  return { ...options.value, mendings: whatToMendFirst(problem) }
}

const whole = await drawn(() => false)

it('a plan that leaves more shifts open than the one drawn before does not take its place by itself', async () => {
  const stopped = await drawn(() => true)
  const less = emptierThan(stopped, whole)
  expect(less).toMatchObject({ what: 'more-open' })
  if (less?.what !== 'more-open') throw new Error('not less')
  expect(less.now).toBeGreaterThan(less.before)
})

it('nor do fewer ways than were there', () => {
  const [first] = whole.options
  expect(emptierThan({ ...whole, options: first ? [first] : [] }, whole)).toEqual({ what: 'fewer-ways' })
})

it('a way that the rules make impossible now is told, and is not less', () => {
  const [first, ...others] = whole.options
  if (!first) throw new Error('no way')
  const told: Drawn = { ...whole, options: others, impossible: [{ key: first.key, contradicts: [] }] }
  expect(emptierThan(told, whole)).toBeNull()
})

it('the same again takes its place, and so does what is proven, whatever it leaves open', () => {
  expect(emptierThan(whole, whole)).toBeNull()
  const worse = whole.options.map((option) => ({ ...option, uncovered: option.uncovered + 90 }))
  expect(worse.every(({ plan }) => plan.status === 'proven')).toBe(true)
  expect(emptierThan({ ...whole, options: worse }, whole)).toBeNull()
})
