import type { Action, Plan, PlanProblem, PostCoverage } from '../plan/words.ts'
import type { BrokenPlanRule } from './broken.ts'
import { changesOf, costOf, numbersRules } from './plan-answer.ts'
import { type Rows, recount, rowsOf } from './plan-cover.ts'
import { humaneRules } from './plan-humane.ts'
import type { Judged, Steps } from './plan-judged.ts'
import { limitRules } from './plan-limits.ts'
import { peopleRules } from './plan-people.ts'
import { type Reading, readProblem } from './plan-reading.ts'
import { referenceRules } from './plan-references.ts'

export type PlanJudgement = {
  /** Counted from the actions. */
  readonly cost: number
  readonly changes: number
  /** Recounted from the officers and groups alone, and from what the actions say of them. */
  readonly before: readonly PostCoverage[]
  readonly after: readonly PostCoverage[]
  readonly broken: readonly BrokenPlanRule[]
}

/**
 * Replays every rule of the words on a plan, whoever made it: an engine, or a hand.
 *
 * How the words are read where they leave room:
 * - a certificate counts in a year that it outlasts; who is trained by the plan stays so to its end.
 * - where some of a group are trained and some are moved, the trained ones are moved first.
 * - a woman hired or moved is counted from the year she serves in: a move at the end of its own, a hire after its months.
 * - on call, a woman covers a shift at the other post of her pool also while she is on duty at her own.
 * - posts that send somebody away may not cover less than they would without the plan, in any year from then on.
 * - a post sends none away in a year, or after it, in which women came to it or it began to share them on call.
 * - what is decided in a year is bound by that year's budget, with all that it costs in the years after.
 * - of officers who leave, the count of people knows nothing: "not alone" counts those who serve today and the plan's.
 *
 * An action that speaks of what does not exist is judged no further; every other rule is judged of the others.
 */
export function checkPlan(problem: PlanProblem, plan: Plan): PlanJudgement {
  const { judgement, judged } = judge(knownOf(problem), plan)
  return { ...judgement, broken: [...judgement.broken, ...numbersRules.flatMap((rule) => rule(judged))] }
}

/** The same of steps alone, of which nobody says yet what they cost or cover: what a hand is about to do. */
export function checkSteps(problem: PlanProblem, actions: readonly Action[]): PlanJudgement {
  return stepsChecker(problem).judge(actions)
}

export type StepsCount = Pick<PlanJudgement, 'cost' | 'changes' | 'after'>

export type StepsChecker = {
  readonly judge: (actions: readonly Action[]) => PlanJudgement
  /** What `judge` counts of them, without the rules, which take longer: for whoever asks no further about most of what is tried. */
  readonly count: (actions: readonly Action[]) => StepsCount
}

/** For whoever asks about many lists of steps of one problem: what does not depend on them is counted once. */
export function stepsChecker(problem: PlanProblem): StepsChecker {
  const known = knownOf(problem)
  return {
    judge: (actions) => judge(known, { actions }).judgement,
    count: (actions) => countOf(known.reading, actions),
  }
}

type Known = { readonly reading: Reading; readonly before: readonly PostCoverage[]; readonly beforeAt: Rows }

function knownOf(problem: PlanProblem): Known {
  const reading = readProblem(problem)
  const before = recount(reading, [])
  return { reading, before, beforeAt: rowsOf(before) }
}

function judge<Of extends Steps>(
  { reading, before, beforeAt }: Known,
  plan: Of,
): { readonly judgement: PlanJudgement; readonly judged: Judged<Of> } {
  const references = referenceRules.flatMap((rule) => rule(reading, plan))
  const counted = countOf(reading, plan.actions)
  const judged = { ...reading, plan, before: beforeAt, after: rowsOf(counted.after) }
  const broken = [...peopleRules, ...humaneRules, ...limitRules].flatMap((rule) => rule(judged))
  return { judgement: { ...counted, before, broken: [...references, ...broken] }, judged }
}

function countOf(reading: Reading, actions: readonly Action[]): StepsCount {
  return { cost: costOf(actions), changes: changesOf(reading.problem, actions), after: recount(reading, actions) }
}
