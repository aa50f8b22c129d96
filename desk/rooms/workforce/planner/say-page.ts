import { checkPlan } from '@lentera/planner/checker'
import type { HumaneOption, Plan, PostCoverage } from '@lentera/planner/plan'
import { type LeftOut, unplacedIn } from '../register/coverage-problem.ts'
import { type Assumptions, type NumberField, numberFields } from './assumptions.ts'
import { type Edits, isSet, nameOfStep } from './edits.ts'
import type { CutShort } from './messages.ts'
import { hasPrice, type PriceField, priceFields, priceOf, sayCost } from './prices.ts'
import type { Fact, SaidPlan } from './said-plan.ts'
import { brokenInWords } from './say-broken.ts'
import { sayOption } from './say-option.ts'
import { capNames, peopleOf, type Say, sayAction, sayProof, sayWhy } from './say-plan.ts'
import { gravestFirst, sumGaps, sumSteps } from './say-sums.ts'

export type PageOf = {
  readonly options: readonly HumaneOption[]
  readonly chosen: HumaneOption
  readonly assumptions: Assumptions
  readonly typed: Readonly<Record<string, string>>
  readonly edits: Edits
  readonly leftOut: readonly LeftOut[]
  readonly language: string
  readonly isDemonstration: boolean
  readonly cutShort: CutShort | undefined
  /** Whether the numbers of the officers stand beside the steps. */
  readonly withCodes: boolean
}

/** A plan in words: what the screen, the page to sign, the workbook and what is kept have in common. */
export function sayPlan(page: PageOf, say: Say): SaidPlan {
  const { options, chosen, assumptions, edits, withCodes } = page
  const { t, format, names } = say
  const { problem, plan } = chosen
  const now = plan.before.filter(({ year }) => year === problem.years)
  const open = now.filter(isOpen).toSorted((a, b) => missing(b) - missing(a))
  const bare = open.filter(({ covered }) => covered < 1e-9).length
  const unplaced = unplacedIn(problem).length
  const stays = plan.gaps.toSorted((a, b) => Number(b.why === 'impossible') - Number(a.why === 'impossible'))
  return {
    language: page.language,
    title: t('cover.page.title'),
    stamp: page.isDemonstration ? t('cover.page.demonstration') : null,
    under: [
      t('cover.page.register', {
        date: format.date(problem.startsOn),
        posts: problem.posts.length,
        officers: problem.officers.length,
      }),
      ...sayLeftOut(page.leftOut, t),
      ...(unplaced > 0 ? [t('cover.page.unplaced', { count: unplaced })] : []),
      ...(page.cutShort ? [t(`cover.cut-short.${page.cutShort}`)] : []),
      t('cover.page.stays'),
    ].join(' '),
    now: [
      t('cover.page.now', {
        years: problem.years,
        date: format.date(problem.startsOn),
        open: open.length,
        posts: now.length,
        shifts: format.number(Math.round(open.reduce((sum, row) => sum + missing(row), 0))),
      }),
      ...(bare > 0 ? [t('cover.page.bare', { count: bare })] : []),
    ].join(' '),
    open: open.map((row) => ({
      post: names.post(row.post),
      covered: Math.floor(row.covered + 1e-9),
      needed: Math.round(row.needed),
    })),
    options: options.map((option) => {
      const twin = toldAs(option, page)
      return {
        name: sayOption(option, t),
        isProposed: option === chosen,
        facts: factsOf(option, assumptions, say).map(([name, value]): Fact => [name, value]),
        ...(twin ? { same: t('cover.option.same', { option: sayOption(twin, t) }) } : {}),
      }
    }),
    proposed: t('cover.page.proposed', { option: sayOption(chosen, t) }),
    sums: [...sumSteps(plan.actions, say)],
    steps: plan.actions.toSorted(gravestFirst).map((action) => ({
      year: action.year,
      kind: action.kind,
      text: sayAction(action, say),
      who: withCodes ? [...peopleOf(action, say)] : [],
      cost: hasPrice(action, assumptions.prices) ? Math.round(action.cost) : null,
      isByHand: isSet(edits, action),
    })),
    stays: stays.map((gap) => ({
      text: t('cover.gap', {
        post: names.post(gap.post),
        shifts: format.number(Math.ceil(gap.uncovered)),
        why: sayWhy(gap, t),
      }),
      proof: [...sayProof(gap.proof, chosen.key, say)],
    })),
    staySums: [...sumGaps(plan.gaps, chosen.key, say)],
    counts: { open: open.length, steps: plan.actions.length, stays: stays.length },
    // A broken rule may speak of an officer: by her number only where she chose so.
    judged: [
      ...(plan.actions.some(isShared) ? [t('cover.page.called')] : []),
      ...sayJudged(
        chosen,
        withCodes ? say : { ...say, names: { ...names, officer: () => t('cover.page.an-officer') } },
      ),
    ],
    assumed: assumedIn(page, say),
    resting: `${t('cover.page.assumed', {
      absence: format.number(Math.round(assumptions.rules.absence * 100)),
      shifts: assumptions.rules.shiftsPerPerson,
      women: assumptions.rules.womenPerShift,
      years: assumptions.years,
      moves: t(`cover.assume.moves.${assumptions.rules.moves}`),
      minutes: assumptions.rules.onCall.minutes,
    })} ${sayRest(assumptions, say)} ${sayPrices(assumptions, say)}`,
  }
}

/** Whoever is called is one woman, whatever two posts count on her. */
export const isShared = ({ kind }: Plan['actions'][number]): boolean => kind === 'pool'

/** An option before this one that comes to the same steps. */
export const twinOf = (option: HumaneOption, options: readonly HumaneOption[]): HumaneOption | undefined =>
  options.slice(0, options.indexOf(option)).find((other) => stepsOf(other) === stepsOf(option))

/** Of options that come to the same steps one is told in full: the one that is proposed, or else the first. */
function toldAs(option: HumaneOption, { options, chosen }: Pick<PageOf, 'options' | 'chosen'>) {
  if (option === chosen) return undefined
  return stepsOf(option) === stepsOf(chosen) ? chosen : twinOf(option, options)
}

const stepsOf = ({ plan }: HumaneOption): string => plan.actions.map(nameOfStep).toSorted().join()

/** What is told of an option: how far it comes, what it costs, and whom it touches. */
export function factsOf(option: HumaneOption, { prices }: Pick<Assumptions, 'prices'>, say: Say): readonly Fact[] {
  const { t, format } = say
  const { plan } = option
  const inLastYear = plan.after.filter(({ year }) => year === option.problem.years)
  return [
    [
      t('cover.posts-full'),
      t('cover.of', { part: inLastYear.filter((row) => !isOpen(row)).length, whole: inLastYear.length }),
    ],
    [t('cover.uncovered'), format.number(Math.round(option.uncovered))],
    // Who closes needs nobody: what is covered and what is open looks better by it.
    [t('cover.closed'), sayClosed(option, say)],
    [t('cover.weighed'), sayWeighed(option, say)],
    [
      t(plan.actions.every((action) => hasPrice(action, prices)) ? 'cover.cost' : 'cover.cost-known'),
      sayCost(plan.actions, prices, say),
    ],
    [t('cover.moved'), format.number(option.moved)],
    [t('cover.trained'), format.number(option.trained)],
    [t('cover.hired'), format.number(option.hired)],
    [t('cover.how-good'), t(plan.status === 'proven' ? 'cover.proven' : 'cover.stopped')],
  ]
}

/** Posts that no longer open by night, and the shifts that are no shifts any more. */
function sayClosed({ plan, problem }: HumaneOption, { t, format }: Say): string {
  const posts = plan.actions.filter(({ kind }) => kind === 'day-only').length
  if (posts === 0) return format.number(0)
  const needed = (rows: readonly PostCoverage[]): number =>
    rows.reduce((sum, row) => sum + (row.year === problem.years ? row.needed : 0), 0)
  const shifts = format.number(Math.round(needed(plan.before) - needed(plan.after)))
  return t('cover.closed-value', { posts, shifts })
}

/**
 * Covered shifts of 28 days weighed by the risk of their post, in the mean of the years: what the money is to win. Of what the posts need
 * as they open today: who closes has not covered.
 */
function sayWeighed({ problem: { posts, years }, plan }: HumaneOption, { t, format }: Say): string {
  const riskOf = new Map(posts.map(({ key, risk }) => [key, risk]))
  const weighed = (shiftsOf: (row: PostCoverage) => number, rows: readonly PostCoverage[]): string =>
    format.number(Math.round(rows.reduce((sum, row) => sum + shiftsOf(row) * (riskOf.get(row.post) ?? 0), 0) / years))
  const [part, whole] = [weighed(({ covered }) => covered, plan.after), weighed(({ needed }) => needed, plan.before)]
  return t('cover.of', { part, whole })
}

/** What the checker says; and of a plan that is called proven, whose word that is. */
function sayJudged(
  { problem, plan }: { readonly problem: HumaneOption['problem']; readonly plan: Plan },
  say: Say,
): readonly string[] {
  const { broken } = checkPlan(problem, plan)
  if (broken.length > 0) return broken.map((rule) => brokenInWords(rule, say))
  return [say.t('cover.judged.ok'), ...(plan.status === 'proven' ? [say.t('cover.judged.bound')] : [])]
}

/** How many could not be counted, posts apart from officers: their names stay on the screen. */
function sayLeftOut(leftOut: readonly LeftOut[], t: Say['t']): readonly string[] {
  const twice = leftOut.filter(({ why }) => why === 'twice').length
  const posts = leftOut.filter(({ why }) => why === 'no-hours').length
  const officers = leftOut.length - posts - twice
  return [
    ...(posts + officers === 0 ? [] : [t('cover.page.left-out', { posts, officers })]),
    ...(twice === 0 ? [] : [t('cover.page.twice', { count: twice })]),
  ]
}

/** What else the plan rests on: who leaves, how long things take, how far, and the limits that are set. */
function sayRest({ rules, caps }: Assumptions, { t, format }: Say): string {
  const limits = (['trainings', 'hires', 'moves', 'facilities', 'budget'] as const).flatMap((kind) => {
    const limit = caps[kind]
    return limit === null ? [] : [`${t(capNames[kind])} ${format.number(limit)}`]
  })
  const rest = t('cover.page.rest', {
    attrition: format.number(Math.round(rules.attrition * 100)),
    training: format.number(rules.leadMonths.training),
    hiring: format.number(rules.leadMonths.hiring),
    facility: format.number(rules.leadMonths.facility),
    km: format.number(rules.mostMoveKm),
    speed: format.number(rules.kmPerHour),
    officers: format.number(rules.together.officersPerShift),
  })
  return `${rest} ${limits.length > 0 ? t('cover.page.limits', { limits: limits.join('; ') }) : t('cover.page.limits-none')}`
}

/** Each price that is given, with where it is from; and by name those that are not known. */
function sayPrices({ prices, costs }: Assumptions, { t, format }: Say): string {
  const { source, currency, unknown } = prices
  if (unknown.size === priceFields.length) return t('cover.page.prices-none')
  const nameOf = (field: PriceField): string => t(`cover.assume.${field}`)
  const known = priceFields.filter((field) => !unknown.has(field))
  const given = t('cover.page.prices', {
    prices: known.map((field) => `${nameOf(field)} ${format.number(priceOf(costs, field))}`).join('; '),
    currency: currency === '' ? t('cover.page.currency-none') : currency,
    source: source === '' ? t('cover.page.source-none') : source,
  })
  if (unknown.size === 0) return given
  const names = priceFields.filter((field) => unknown.has(field)).map(nameOf)
  return `${given} ${t('cover.page.prices-unknown', { names: names.join('; ') })}`
}

/** Everything that was assumed, by the names the screen calls it. */
function assumedIn({ typed, assumptions }: PageOf, { t }: Say): Fact[] {
  const isPrice = new Set<string>(priceFields)
  // The keys of this literal are those its type names.
  const numbers = (Object.keys(numberFields) as NumberField[]).map((field): Fact => {
    const said = (typed[field] ?? numberFields[field].first).trim()
    const empty = isPrice.has(field) ? t('cover.price.unknown') : t('cover.assume.no-limit')
    return [nameOf(field, t), said === '' ? empty : said]
  })
  const { prices } = assumptions
  return [
    ...numbers,
    [t('cover.assume.moves'), t(`cover.assume.moves.${assumptions.rules.moves}`)],
    [t('cover.assume.currency'), prices.currency === '' ? t('cover.price.unknown') : prices.currency],
    [t('cover.price.source'), prices.source === '' ? t('cover.page.source-none') : prices.source],
  ]
}

/** "Training" is a price, a number of months and a limit: each is told with the heading it stands under. */
function nameOf(field: NumberField, t: Say['t']): string {
  const under = field.endsWith('Months')
    ? 'cover.assume.time'
    : field.startsWith('cap')
      ? 'cover.assume.caps'
      : undefined
  return under ? `${t(under)}: ${t(`cover.assume.${field}`)}` : t(`cover.assume.${field}`)
}

const isOpen = ({ covered, needed }: PostCoverage): boolean => covered < needed - 1e-9
const missing = ({ covered, needed }: PostCoverage): number => needed - covered
