import type { Model } from './model.ts'
import type { RosterProblem } from './words.ts'

/** What the dearest demand costs that is missed. */
export const dearestOf = ({ under }: Pick<Model, 'under'>): number =>
  under.reduce((most, each) => Math.max(most, each), 0)

/** Weighs one who is missing of the demands that are dearest to miss as 1, of others as nothing. */
export function dearestAsOne(model: Model): Float64Array {
  const dearest = dearestOf(model)
  return model.under.map((each) => (each > 0 && each === dearest ? 1 : 0))
}

/** What is missing when so many meet each demand, as it is weighed by `under`. */
export function missingOf({ required }: Model, under: Float64Array, counts: Int32Array): number {
  let missing = 0
  for (const [demand, asked] of required.entries())
    missing += (under[demand] ?? 0) * Math.max(0, asked - (counts[demand] ?? 0))
  return missing
}

/** The demands that are dearest to miss as one each, and those who can meet one of them; nothing else costs anything. */
export function dearestAlone(problem: RosterProblem): RosterProblem {
  const dearest = Math.max(0, ...problem.cover.map(({ under }) => under))
  const cover = problem.cover
    .filter(({ under, required }) => under === dearest && required > 0)
    .map((demand) => ({ ...demand, under: 1, over: 0 }))
  const asked = new Set(cover.map(({ skill }) => skill))
  // Whoever meets none may be the one who is there with her.
  const isCompany = (problem.company ?? []).length > 0
  return {
    ...problem,
    cover,
    people: problem.people
      .filter(({ skills }) => isCompany || asked.has(null) || skills.some((skill) => asked.has(skill)))
      .map((person) => ({ ...person, wishes: [], balance: [] })),
  }
}
