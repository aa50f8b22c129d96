import { loadSolver } from '@lentera/solver'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkRoster } from '../checker/checker.ts'
import { upTo } from '../checker/testing/roster-problems.ts'
import { aloneCost, draftOf } from './draft.ts'
import { type Excerpt, excerptOf } from './excerpt.ts'
import { createKeeps } from './keeps.ts'
import { createMaster, partOf } from './master.ts'
import { type Model, modelOf, type Row, rosterOf } from './model.ts'
import { createRowFinders } from './rows.ts'
import { everyRow } from './testing/every-roster.ts'
import { together } from './testing/tiny.ts'

const solver = await loadSolver()

/** A roster that keeps everybody's rules, of it some days of some people, and every other way to fill those. */
type Case = { readonly model: Model; readonly rows: readonly Row[]; readonly excerpt: Excerpt }

const cases: fc.Arbitrary<Case> = fc
  .tuple(
    together(3),
    fc.array(fc.nat(), { minLength: 3, maxLength: 3 }),
    upTo(2),
    fc.integer({ min: 1, max: 3 }),
    upTo(3),
  )
  .map(([problem, chances, day, length, who]) => {
    const model = modelOf(problem)
    const rows = model.people.map((her, index): Row => {
      const kept = everyAction(3).filter(createKeeps(model, her))
      return kept[(chances[index] ?? 0) % kept.length] ?? new Uint8Array(3)
    })
    const people = [...model.people.keys()].filter((person) => person !== who).slice(0, 2)
    const days = { from: day, end: Math.min(3, day + length) }
    return { model, rows, excerpt: excerptOf(model, draftOf(model, rows), people, days) }
  })

const everyAction = (days: number): readonly Row[] =>
  everyRow(days, ['D', 'N']).map((row) => Uint8Array.from(row, (shift) => (shift === null ? 0 : shift === 'D' ? 1 : 2)))

/** Rows of the excerpt's people that differ only on the days that may change, everybody's with everybody's. */
function everyPart({ from, end, draft }: Excerpt): readonly (readonly Row[])[] {
  const changes = everyAction(end - from)
  return draft.rows.reduce<readonly (readonly Row[])[]>(
    (parts, row) =>
      parts.flatMap((part) =>
        changes.map((change) => {
          const changed = row.slice()
          changed.set(change)
          return [...part, changed]
        }),
      ),
    [[]],
  )
}

/** The whole with the excerpt's rows in their place, as the checker judges it: its cost, and the shifts on which somebody is alone. */
function judged({ model, rows, excerpt }: Case, part: readonly Row[]): { cost: number; alone: number } {
  const whole = rows.map((row) => row.slice())
  for (const [place, person] of excerpt.people.entries()) whole[person]?.set(part[place] ?? [], excerpt.from)
  const { cost, broken } = checkRoster(model.problem, rosterOf(model, whole))
  const alone = broken.filter(({ code }) => code === 'roster.alone').map(({ days, shifts }) => `${days} ${shifts}`)
  return { cost, alone: new Set(alone).size }
}

describe('some days of some people, where nobody of the whole is to be alone', () => {
  test('whatever they work, it costs as much more or less as in the whole, who is left alone there among it', () => {
    const seen = { left: 0 }
    fc.assert(
      fc.property(cases, (each) => {
        const { model, excerpt } = each
        const stood = { part: excerpt.draft, whole: judged(each, excerpt.draft.rows) }
        for (const part of everyPart(excerpt)) {
          const draft = draftOf(excerpt.model, part)
          const whole = judged(each, part)
          const more = whole.cost - stood.whole.cost + model.lonely * (whole.alone - stood.whole.alone)
          expect(draft.cost - stood.part.cost).toBeCloseTo(more, 6)
          const isLeft = excerpt.model.others.some((others, index) => {
            const demand = excerpt.model.problem.cover.length + index
            return others > 0 && draft.counts[demand] === 0 && others < (excerpt.model.company[index]?.least ?? 0)
          })
          if (isLeft) seen.left += 1
        }
      }),
      { seed: 20261129, numRuns: 100, endOnFailure: true },
    )
    expect(seen.left).toBeGreaterThan(100)
  })

  test('what their LP promises, no rows of theirs undercut, and mostly some reach', async () => {
    const seen = { tight: 0, joined: 0 }
    await fc.assert(
      fc.asyncProperty(cases, async ({ excerpt: { model, draft, ...excerpt } }) => {
        const keeps = model.people.map((her) => createKeeps(model, her))
        const kept = everyPart({ model, draft, ...excerpt })
          .filter((part) => part.every((row, place) => keeps[place]?.(row)))
          .map((part) => draftOf(model, part))
        const least = Math.min(...kept.map(({ cost }) => cost))
        const part = partOf(model, draft, [...model.people.keys()])
        const master = createMaster(model, solver, createRowFinders(model), part)
        for (const [place, row] of draft.rows.entries()) master.add(place, row)
        const limits = { rounds: 100, aim: Infinity, isRough: false, shouldStop: () => false }
        const generated = await master.generate(limits)
        master.release()
        if (!generated.ok) throw new Error(generated.refusal.code)
        expect(generated.value.bound).toBeLessThanOrEqual(least + 1e-6)
        if (generated.value.bound > least - 1e-6) seen.tight += 1
        // Somebody joins who would cost less elsewhere.
        const alone = Math.min(...kept.map((each) => each.cost - aloneCost(model, each.counts)))
        if (alone < least - 1e-6) seen.joined += 1
      }),
      { seed: 20261129, numRuns: 100, endOnFailure: true },
    )
    expect(Math.min(seen.tight - 50, seen.joined)).toBeGreaterThan(0)
  })
})
