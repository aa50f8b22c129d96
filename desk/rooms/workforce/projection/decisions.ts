import type { Refusal } from '@lentera/core/shared/refusals'
import type { Assumed, Levers, Missing, ProjectionProblem } from '@lentera/planner/projection'
import { readDecimal } from '@lentera/ui/parts'
import * as z from 'zod'
import type { Typed } from '../../../device/use-kept-form.ts'

/** What she decides and assumes, kept with the form: percents as they are shown, and what she did not touch is not there. */
export const leverNames = [
  'intakeShare',
  'exitOfWomen',
  'promotionOfWomen',
  'growth',
] as const satisfies readonly (keyof Levers)[]
export type LeverName = (typeof leverNames)[number]

/** A path she keeps to lay beside others: every lever as it stood, parts of one. */
export type Scenario = { readonly name: string; readonly levers: Levers }
export const mostScenarios = 3

/** How far a target may lie ahead, and how far is looked. */
export const yearsAhead = 20

export const percentOf = (part: number): number => Math.round(1000 * part) / 10

/** Levers as they stand in the problem, and over them what she moved. */
export function leversIn(typed: Typed, stood: Levers): Levers {
  const moved = leverNames.flatMap((name) => {
    const percent = numberIn(typed, `lever ${name}`)
    return percent === undefined ? [] : [[name, percent / 100] as const]
  })
  return { ...stood, ...Object.fromEntries(moved) }
}

export const assumedIn = (typed: Typed, missing: readonly Missing[]): Assumed =>
  Object.fromEntries(
    missing.flatMap((what) => {
      const percent = readPercent(typed[`assumed ${what}`])
      return percent === undefined ? [] : [[what, percent / 100] as const]
    }),
  )

/** Ten years ahead, the next ten percent, until she says otherwise. */
export function targetIn(typed: Typed, firstYear: number, shareNow: number): NonNullable<ProjectionProblem['target']> {
  const year = numberIn(typed, 'target year') ?? firstYear + 10
  const next = Math.min(50, 10 * Math.ceil((100 * shareNow + 1) / 10))
  return {
    share: (numberIn(typed, 'target share') ?? next) / 100,
    year: Math.min(firstYear + yearsAhead, Math.max(firstYear + 1, Math.round(year))),
  }
}

/** A quota that acts as a ceiling; null where there is none. */
export function ceilingIn(typed: Typed): number | null {
  const percent = readPercent(typed.ceiling)
  return percent === undefined ? null : percent / 100
}

/** A percent that was typed and is none is refused beside its field: `projection.rate-out-of-range`, or another `code`. */
export const wrongPercent = (text: string | undefined, code = 'projection.rate-out-of-range'): Refusal | undefined =>
  text?.trim() && readPercent(text) === undefined ? { code, values: {} } : undefined

/** As a field takes it: there is none where nothing is refused. */
export const refusedAs = (refusal: Refusal | undefined): { readonly refusal?: Refusal } => (refusal ? { refusal } : {})

export const scenariosIn = (typed: Typed): readonly Scenario[] => {
  try {
    return Scenarios.parse(JSON.parse(typed.scenarios ?? '[]'))
  } catch {
    // Kept by another version of the form: begun anew.
    return []
  }
}

const Scenarios = z
  .array(
    z.object({
      name: z.string(),
      levers: z.object({
        intakeShare: z.number(),
        exitOfWomen: z.number(),
        promotionOfWomen: z.number(),
        growth: z.number(),
      }),
    }),
  )
  .max(mostScenarios)

/** A percent as it is typed, in the digits of her own script; undefined where it is none. */
export function readPercent(text: string | undefined): number | undefined {
  const percent = readDecimal(text ?? '')
  return percent !== undefined && percent >= 0 && percent <= 100 ? percent : undefined
}

function numberIn(typed: Typed, field: string): number | undefined {
  const text = typed[field]
  const number = text ? Number(text) : Number.NaN
  return Number.isFinite(number) ? number : undefined
}
