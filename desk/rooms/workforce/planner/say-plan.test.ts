import type { Because, Gap, Proof, RuleOfPlan, YearCaps } from '@lentera/planner/plan'
import { readCatalogue } from '@lentera/ui/catalogues/node'
import { textOf } from '@lentera/ui/catalogues/text'
import { describe, expect, test } from 'vitest'
import { sayProof, sayRule } from './say-plan.ts'

const rules: Readonly<Record<RuleOfPlan['rule'], true>> = {
  'must-be-covered': true,
  cap: true,
  budget: true,
  vacancies: true,
  'facilities-first': true,
  'not-alone': true,
  'lead-times': true,
  'keeps-covered': true,
  'may-not-move': true,
  'may-not-be-trained': true,
  'cannot-be-built': true,
  'on-call': true,
  'hours-stay': true,
  forbidden: true,
  fixed: true,
}
const caps: Readonly<Record<keyof YearCaps, true>> = {
  trainings: true,
  moves: true,
  hires: true,
  facilities: true,
  pools: true,
  dayOnly: true,
  budget: true,
}
const everyCap = Object.keys(caps) as (keyof YearCaps)[] // the keys its type names
const becauses: Readonly<Record<Because['code'], true>> = {
  'may-not-be-trained': true,
  'no-vacancy': true,
  'vacancies-unsafe': true,
  'would-be-alone': true,
  'no-volunteer-near': true,
  'needed-where-she-is': true,
  'too-far-to-share': true,
  'nobody-on-call': true,
  cap: true,
  'too-late': true,
  'struck-out': true,
  'moves-not-allowed': true,
  'pooling-not-allowed': true,
}
const whys: Readonly<Record<Gap['why'], true>> = { impossible: true, shared: true, chosen: true }
const ofOnePost = Object.keys(rules) as RuleOfPlan['rule'][] // the keys its type names

describe.each(['en', 'th', 'my'] as const)('in %s', (language) => {
  const t = textOf(readCatalogue(language))
  const names = { post: (key: string) => `Post ${key}`, officer: (key: string) => key }
  const say = { t, names, format: { number: (value: number) => `${value}` } }

  test.each(ofOnePost)('the rule %s of a post is said, with nothing left open', (rule) => {
    const said = sayRule({ rule, post: 'A', year: 2, of: 'hires', limit: 3 }, say)
    expect(said).not.toMatch(/[{}]|undefined|NaN|^cover\./)
  })

  test.each(everyCap)('the limit %s is said by a word, of one year and of all', (of) => {
    for (const year of [1, null]) {
      const said = sayRule({ rule: 'cap', post: null, year, of, limit: 10 }, say)
      expect(said).not.toMatch(/[{}]|undefined|NaN|cover\./)
      expect(said).not.toContain(of)
      expect(said).toContain('10')
    }
  })

  test('every reason of a proof, and why a post stays open, has its sentence', () => {
    for (const code of Object.keys(becauses))
      expect(t(`cover.because.${code}`, { count: 2, facilities: '' })).not.toMatch(/[{}]|^cover\./)
    for (const why of Object.keys(whys)) expect(t(`cover.why.${why}`)).not.toMatch(/^cover\./)
  })

  test('a rule that is meant of all posts names none, and money is not counted as people are', () => {
    const all = { post: null, year: 2, limit: 3 }
    for (const rule of ['not-alone', 'fixed', 'forbidden'] as const)
      expect(sayRule({ ...all, rule, of: null }, say)).toBe(t(`cover.rule.${rule}-all`, { limit: '3' }))
    expect(sayRule({ ...all, rule: 'cap', of: 'budget' }, say)).not.toContain(t('cover.assume.capBudget'))
  })
})

describe('what an option forgoes by itself', () => {
  const t = textOf(readCatalogue('en'))
  const say = {
    t,
    names: { post: (key: string) => key, officer: (key: string) => key },
    format: { number: (value: number) => `${value}` } as Parameters<typeof sayProof>[2]['format'], // nothing else is asked of it here
  }
  const proof: Proof = {
    post: 'a',
    shifts: 84,
    hoursAWeek: 168,
    needs: 5,
    has: 2,
    parts: [
      { way: 'move', can: 0, nearest: null, because: [{ code: 'moves-not-allowed', count: 0, facilities: [] }] },
      { way: 'hire', can: 0, nearest: null, because: [{ code: 'cap', count: 3, facilities: [] }] },
    ],
    missing: 3,
  }

  test('is told as that, and no limit that nobody set', () => {
    const noMoves = sayProof(proof, 'no-moves', say).join(' ')
    expect(noMoves).toContain('In this option nobody moves.')
    expect(noMoves).not.toContain('You allow no moves.')
    expect(noMoves).toContain('Your own limits keep 3 back.')
    expect(noMoves).toContain('whatever else is done in this option')
    const noHires = sayProof(proof, 'no-hires', say).join(' ')
    expect(noHires).toContain('In this option nobody is hired.')
    expect(noHires).not.toContain('limits keep')
    expect(noHires).toContain('You allow no moves.')
  })

  test('and of the others all of it is the rules’', () => {
    const said = sayProof(proof, 'fewest-changes', say).join(' ')
    expect(said).not.toContain('option')
    expect(said).toContain('You allow no moves.')
    expect(said).toContain('whatever is done elsewhere')
  })
})
