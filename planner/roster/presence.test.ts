import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkRosterProblem } from '../checker/checker.ts'
import { dearestOf } from './dearest.ts'
import { modelOf } from './model.ts'
import { absentByPresence } from './presence.ts'
import { everyJudged } from './testing/every-roster.ts'
import { tiny } from './testing/tiny.ts'

const runs = { seed: 20261129, endOnFailure: true }

describe('what counting says must be missing', () => {
  test('is missing in every roster that keeps the rules', () => {
    const seen = { tight: 0, together: 0 }
    fc.assert(
      fc.property(
        tiny.filter((problem) => checkRosterProblem({ ...problem, cover: [] }).length === 0),
        (problem) => {
          const judged = everyJudged(problem)
          if (judged.length === 0) return
          const fewest = Math.min(...judged.map(({ parts }) => parts.underCover))
          const model = modelOf(problem)
          const { missing, beside } = absentByPresence(model)
          const least = missing * dearestOf(model) + beside
          expect(least).toBeLessThanOrEqual(fewest)
          if (least === fewest && least > 0) seen.tight += 1
          if (least > 0 && (problem.company?.length ?? 0) > 0) seen.together += 1
        },
      ),
      { ...runs, numRuns: 100 },
    )
    console.log(`of 100 ${JSON.stringify(seen)}`)
    expect(Math.min(seen.tight, seen.together)).toBeGreaterThan(5)
  })
})
