import type { RuleOfPlan } from '@lentera/planner/plan'
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
const ofOnePost = Object.keys(rules) as RuleOfPlan['rule'][] // the keys its type names

describe.each(['en', 'th', 'my'] as const)('in %s', (language) => {
  const t = textOf(readCatalogue(language))
  const names = { post: (key: string) => `Post ${key}`, officer: (key: string) => key }
  const say = { t, names, format: { number: (value: number) => `${value}` } }

  test.each(ofOnePost)('the rule %s of a post is said, with nothing left open', (rule) => {
    const said = sayRule({ rule, post: 'A', year: 2, of: 'hires', limit: 3 }, say)
    expect(said).not.toMatch(/[{}]|undefined|NaN|^cover\./)
  })

  test('a rule that is meant of all posts names none, and money is not counted as people are', () => {
    const all = { post: null, year: 2, limit: 3 }
    for (const rule of ['not-alone', 'fixed', 'forbidden'] as const)
      expect(sayRule({ ...all, rule, of: null }, say)).toBe(t(`cover.rule.${rule}-all`, { limit: '3' }))
    expect(sayRule({ ...all, rule: 'cap', of: 'budget' }, say)).not.toContain(t('cover.assume.capBudget'))
  })
})
