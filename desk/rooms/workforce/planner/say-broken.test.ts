import {
  type BrokenPlanRule,
  type BrokenRule,
  type Contradiction,
  planRules,
  rosterContradictions,
  rosterRules,
} from '@lentera/planner/checker'
import { readCatalogue } from '@lentera/ui/catalogues/node'
import { hasText, textOf } from '@lentera/ui/catalogues/text'
import { describe, expect, test } from 'vitest'
import { type PlanNames, type RosterNames, sayBroken, sayBrokenPlan, sayContradiction } from './say-broken.ts'

const names: RosterNames = {
  person: (key) => `Officer ${key}`,
  shift: (key) => `shift ${key}`,
  day: (day) => `day ${day}`,
}
const known = { person: 'P7', shifts: ['N', 'D'], days: [3, 4, 5], found: 360, allowed: 300 }
const planNames: PlanNames = {
  post: (key) => `Post ${key}`,
  who: (key) => `Officer ${key}`,
  facility: (key) => `the ${key}`,
  year: (year) => `year ${year}`,
}
const knownOfPlan = { action: 0, post: 'A', year: 2, of: 'hires', found: 7.123, allowed: 2 }
const languages = ['en', 'th', 'my'] as const

describe.each(languages)('in %s', (language) => {
  const catalogue = readCatalogue(language)
  const t = textOf(catalogue)

  test.each(rosterRules)('the broken rule %s is said, with nothing left open', (code) => {
    expect(hasText(catalogue, `rule.${code}`)).toBe(true)
    const sentence = sayBroken(t, names, { code, ...known })
    expect(sentence).toContain('P7')
    expect(sentence).not.toMatch(/[{}]|undefined|NaN/)
  })

  test.each(planRules)('the broken rule %s of a plan is said, with nothing left open', (code) => {
    expect(hasText(catalogue, `rule.${code}`)).toBe(true)
    const sentence = sayBrokenPlan(t, planNames, { code, ...knownOfPlan })
    expect(sentence).not.toMatch(/[{}]|undefined|NaN|7\.12/)
  })

  test.each(rosterContradictions)('the contradiction %s is said, with nothing left open', (code) => {
    expect(hasText(catalogue, `refusal.${code}`)).toBe(true)
    const because: BrokenRule = { code: 'roster.too-many-in-a-row', ...known }
    const sentence = sayContradiction(t, names, { code, ...known, because } satisfies Contradiction)
    expect(sentence).not.toMatch(/[{}]|undefined|NaN/)
    if (code === 'roster.fixed-contradicts') expect(sentence).toContain(sayBroken(t, names, because))
  })
})

describe('as a planner reads it', () => {
  const t = textOf(readCatalogue('en'))

  test('six days in a row where five are allowed', () => {
    const days = [2, 3, 4, 5, 6, 7]
    const rule: BrokenRule = { code: 'roster.too-many-in-a-row', person: 'P7', shifts: [], days, found: 6, allowed: 5 }
    expect(sayBroken(t, names, rule)).toBe('Officer P7 works 6 days in a row, from day 2 to day 7; 5 are allowed.')
  })

  test('a day shift right after a night', () => {
    const rule: BrokenRule = { code: 'roster.follows-too-soon', ...known, days: [3, 4] }
    expect(sayBroken(t, names, rule)).toBe(
      'Officer P7 works shift D on day 4 straight after shift N on day 3: that is too little rest.',
    )
  })

  test('minutes are said in hours', () => {
    const rule: BrokenRule = { code: 'roster.too-many-minutes', ...known, found: 9630, allowed: 9600 }
    expect(sayBroken(t, names, rule)).toBe('Officer P7 works 160.5 hours; at most 160 are allowed.')
  })

  test('nobody is sent where nobody could live', () => {
    const rule: BrokenPlanRule = { code: 'plan.facility-missing', ...knownOfPlan, of: 'safe lodging' }
    expect(sayBrokenPlan(t, planNames, rule)).toBe(
      'Nobody is sent to Post A before it has the safe lodging; in year 2 it would not.',
    )
  })

  test('a budget of one year, and of all', () => {
    const rule: BrokenPlanRule = { code: 'plan.budget', ...knownOfPlan, of: null, found: 1200, allowed: 1000 }
    expect(sayBrokenPlan(t, planNames, rule)).toBe('The plan spends 1,200 in year 2; 1,000 may be spent.')
    expect(sayBrokenPlan(t, planNames, { ...rule, year: null })).toContain('in all the years')
  })
})
