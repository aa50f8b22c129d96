import type { Because, Gap, RuleOfPlan, YearCaps } from '@lentera/planner/plan'
import { readCatalogue } from '@lentera/ui/catalogues/node'
import { textOf } from '@lentera/ui/catalogues/text'
import { describe, expect, test } from 'vitest'
import { sayRule } from './say-plan.ts'

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
