import type { Action } from '@lentera/planner/plan'
import { describe, expect, it } from 'vitest'
import { allow, isDrawnBy, keep, noEdits, setStep, strike } from './edits.ts'
import { editsOfText } from './saved.ts'

const hire: Action = { kind: 'hire', post: 'a', year: 1, count: 1, cost: 10 }
const more: Action = { ...hire, count: 2 }
const train: Action = {
  kind: 'train',
  post: 'b',
  year: 1,
  count: 1,
  cost: 5,
  isRenewal: false,
  who: { officers: ['o'], groups: [] },
}
const plan = [hire, train]

describe('whether a plan is the one that is asked for now', () => {
  it('is none once a step was struck out, or another set', () => {
    expect(isDrawnBy(plan, noEdits, strike(noEdits, hire))).toBe(false)
    expect(isDrawnBy(plan, noEdits, setStep(noEdits, more))).toBe(false)
    const struck = strike(noEdits, hire)
    const [forbidden] = struck.forbidden
    expect(forbidden && isDrawnBy([train], struck, allow(struck, forbidden))).toBe(false)
  })

  it('is one while nothing was touched, or a step of its own was kept, or let go', () => {
    expect(isDrawnBy(plan, noEdits, noEdits)).toBe(true)
    expect(isDrawnBy(plan, noEdits, keep(noEdits, train))).toBe(true)
    expect(isDrawnBy(plan, keep(noEdits, train), noEdits)).toBe(true)
    const struck = strike(noEdits, more)
    expect(isDrawnBy(plan, struck, keep(struck, hire))).toBe(true)
  })
})

describe('what a hand did, kept on the device', () => {
  it('comes back as it was, each change apart', () => {
    const past = [keep(noEdits, hire), strike(keep(noEdits, hire), train)]
    expect(editsOfText(JSON.stringify(past))).toEqual(past)
  })

  it('is nothing where it is not what this version writes', () => {
    for (const text of [undefined, '', '{', '[{"fixed":[{"kind":"hire"}],"forbidden":[]}]'])
      expect(editsOfText(text)).toEqual([])
  })
})
