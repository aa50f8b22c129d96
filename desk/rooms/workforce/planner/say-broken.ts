import type { BrokenPlanRule, BrokenRule, Contradiction } from '@lentera/planner/checker'
import type { Translate } from '@lentera/ui/catalogues/text'
import { type Say, sayFacility } from './say-plan.ts'

/** How the agency's own screen names what a problem holds only keys of. Days below 0 lie before the roster begins. */
export type RosterNames = {
  readonly person: (key: string) => string
  readonly shift: (key: string) => string
  readonly day: (day: number) => string
}

export type PlanNames = {
  readonly post: (key: string) => string
  /** An officer or a group. */
  readonly who: (key: string) => string
  readonly facility: (key: string) => string
  /** From 1. */
  readonly year: (year: number) => string
}

/** A broken rule in one sentence: "X works 6 days in a row, from 1 to 6 December; 5 are allowed." */
export function sayBroken(t: Translate, names: RosterNames, broken: BrokenRule): string {
  return t(`rule.${broken.code}`, valuesOf(names, broken))
}

/** What contradicts itself in a roster problem, and what to change. */
export function sayContradiction(t: Translate, names: RosterNames, contradiction: Contradiction): string {
  const rule = contradiction.because === null ? '' : sayBroken(t, names, contradiction.because)
  return t(`refusal.${contradiction.code}`, { ...valuesOf(names, contradiction), rule })
}

/** A broken rule of a plan: "Nobody is sent to X before it has safe lodging; in year 1 it would not." */
export function sayBrokenPlan(t: Translate, names: PlanNames, broken: BrokenPlanRule): string {
  const { code, post, year, of, found, allowed } = broken
  return t(`rule.${code}`, {
    post: post === null ? '' : names.post(post),
    who: of === null ? '' : names.who(of),
    facility: of === null ? '' : names.facility(of),
    of: of ?? '',
    year: year === null ? t('planner.all-years') : names.year(year),
    found: readable(found ?? 0),
    allowed: readable(allowed ?? 0),
  })
}

/** The same, with the names of this agency. */
export const brokenInWords = (rule: BrokenPlanRule, { t, names }: Say): string =>
  sayBrokenPlan(
    t,
    {
      post: names.post,
      who: names.officer,
      facility: (key) => sayFacility(key, t),
      year: (year) => t('cover.year', { year }),
    },
    rule,
  )

/** Nobody reads the metres of a way, or the third decimal of a shift. */
const readable = (number: number): number => Math.round(number * 10) / 10

function valuesOf(names: RosterNames, { code, person, shifts, days, found, allowed }: BrokenRule<string>) {
  const [first, last] = [days[0], days.at(-1)]
  const said = {
    person: person === null ? '' : names.person(person),
    // Of two shifts the later one is said first: it is the one that stands wrong.
    earlier: shifts[0] === undefined ? '' : names.shift(shifts[0]),
    shift: shifts.length === 0 ? '' : names.shift(shifts.at(-1) ?? ''),
    shifts: shifts.map(names.shift).join(', '),
    day: first === undefined ? '' : names.day(first),
    to: last === undefined ? '' : names.day(last),
    found: inItsUnit(code, found ?? 0),
    allowed: inItsUnit(code, allowed ?? 0),
  }
  return { ...said, of: said.person || said.day || said.shift }
}

/** Minutes are said in hours. */
function inItsUnit(code: string, number: number): number {
  return code.endsWith('-minutes') || saidInHours.has(code) ? number / 60 : number
}

const saidInHours: ReadonlySet<string> = new Set([
  'roster.too-little-time',
  'roster.duty-too-long',
  'roster.shift-too-long',
])
