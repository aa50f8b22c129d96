import { countryOf } from '@lentera/planner/invented/country'
import { type Action, type HumaneOption, humaneOptions } from '@lentera/planner/plan'
import { loadSolver } from '@lentera/solver'
import { readCatalogue } from '@lentera/ui/catalogues/node'
import { textOf } from '@lentera/ui/catalogues/text'
import { describe, expect, it } from 'vitest'
import { noEdits } from './edits.ts'
import { sayPlan } from './say-page.ts'
import { spread } from './say-sums.ts'
import { assumed } from './testing/register.ts'

const t = textOf(readCatalogue('en'))
const drawn = await humaneOptions(countryOf({ posts: 40, seed: 7 }), null, {
  solver: await loadSolver(),
  elapsed: () => 0,
})
if (!drawn.ok) throw new Error(drawn.refusal.code)
const { options } = drawn.value

function said(chosen: HumaneOption, of: readonly HumaneOption[] = options) {
  // Of the formats these two alone are used.
  const format = { number: (value: number) => `${value}`, date: (value: string) => value } as never
  const page = { options: of, chosen, assumptions: assumed(), typed: {}, edits: noEdits, leftOut: [], language: 'en' }
  return sayPlan(
    { ...page, cutShort: undefined, isDemonstration: false, withCodes: false },
    { t, format, names: { post: (key) => key, officer: (key) => key } },
  )
}

describe('the page to sign of an invented country of forty posts', () => {
  it.each(options.map((option) => [option.key, option] as const))(
    '%s: its sums come to all steps and to all posts that stay open',
    (_, option) => {
      const { sums = [], staySums = [], counts } = said(option)
      const of = (kind: Action['kind']) => option.plan.actions.filter((action) => action.kind === kind)
      const total = (kind: Action['kind']): number => of(kind).reduce((sum, { count }) => sum + count, 0)
      const numbers = sums.flatMap(
        (line) =>
          line
            .replace(/^One|(?<= )one/, '1')
            .match(/^\d+/)
            ?.map(Number) ?? [],
      )
      expect(numbers.reduce((sum, each) => sum + each, 0)).toBe(
        of('day-only').length +
          (['move', 'hire', 'train', 'pool', 'facility'] as const).reduce((sum, kind) => sum + total(kind), 0),
      )
      expect(option.moved).toBe(total('move'))
      const stay = staySums.flatMap((line) => line.replace(/^One/, '1').match(/^\d+/)?.map(Number) ?? [])
      expect(stay.reduce((sum, each) => sum + each, 0)).toBe(counts.stays)
      expect([...sums, ...staySums].join(' ')).not.toMatch(/[{}]|undefined|NaN|cover\./)
      // Where a post cannot be covered, the page says why.
      expect(staySums.some((line) => line.startsWith('What stands in the way'))).toBe(
        option.plan.gaps.some(({ why }) => why === 'impossible'),
      )
    },
  )

  it('tells a way that comes to the steps of another in one line, and the proposed one in full', () => {
    const [first] = options
    if (!first) throw new Error('an option')
    const twin: HumaneOption = { ...first, key: 'fewest-changes' }
    const full = (chosen: HumaneOption) =>
      said(chosen, [first, twin]).options.flatMap(({ name, same }) => (same === undefined ? [name] : []))
    expect(full(first)).toEqual([t(`cover.option.${first.key}`)])
    expect(full(twin)).toEqual([t('cover.option.fewest-changes')])
  })
})

describe('as many steps as a sheet has room for', () => {
  const steps = [
    ...Array.from({ length: 9 }, (_, at) => ({ kind: 'day-only' as const, at })),
    ...Array.from({ length: 2 }, (_, at) => ({ kind: 'hire' as const, at })),
    ...Array.from({ length: 5 }, (_, at) => ({ kind: 'facility' as const, at })),
  ]
  const kinds = (most: number): string =>
    spread(steps, most)
      .map(({ kind, at }) => `${kind} ${at}`)
      .join()

  it('are of every kind, in their own order', () => {
    expect(kinds(3)).toBe('day-only 0,hire 0,facility 0')
    expect(kinds(7)).toBe('day-only 0,day-only 1,day-only 2,hire 0,hire 1,facility 0,facility 1')
    expect(spread(steps, 16)).toEqual(steps)
    expect(spread(steps, 0)).toEqual([])
  })

  it('are the first ones of a page that was kept before kinds were told', () => {
    const old: readonly { readonly kind?: Action['kind']; readonly at: number }[] = [{ at: 0 }, { at: 1 }, { at: 2 }]
    expect(spread(old, 2)).toEqual([{ at: 0 }, { at: 1 }])
  })
})
