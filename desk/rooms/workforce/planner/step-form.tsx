import { type Action, type PlanProblem, stepByHand } from '@lentera/planner/plan'
import { Actions, Form, NextButton, QuietButton, Section, useFormat, useText } from '@lentera/ui/parts'
import { useMemo, useState } from 'react'
import { type BesideJudgement, judgeBeside } from './beside.ts'
import styles from './cover.module.css'
import { type Edits, isSame, isSet } from './edits.ts'
import { type Prices, sayCost } from './prices.ts'
import { brokenInWords } from './say-broken.ts'
import { facilityFirst, sayInstead } from './say-instead.ts'
import { type Say, sayAction, sayFacility } from './say-plan.ts'
import { StepFields } from './step-fields.tsx'
import { type StepTyped, typedOf, wishOf } from './step-typed.ts'

type StepFormProps = {
  /** Without what a hand has set: the judge is handed it apart. */
  readonly problem: PlanProblem
  readonly edits: Edits
  /** The steps of the plan on the screen. */
  readonly plan: readonly Action[]
  readonly say: Say
  readonly prices: Prices
  /** The step that is changed; undefined where a new one is added. */
  readonly changes: Action | undefined
  readonly onSet: (step: Action, before: readonly Action[]) => void
  readonly onClose: () => void
}

/** A step by hand, from what exists; the checker judges it at each change, before it is set and before anything is solved. */
export function StepForm({ problem, edits, plan, say, prices, changes, onSet, onClose }: StepFormProps) {
  const { t } = say
  const [typed, setTyped] = useState<StepTyped>(() => typedOf(changes))
  const wish = wishOf(typed, problem)
  const step = useMemo(() => wish && stepByHand(problem, wish), [problem, wish])
  const own = useMemo(
    () => edits.fixed.filter((action) => changes === undefined || !isSame(action, changes)),
    [edits, changes],
  )
  const others = useMemo(
    () => plan.filter((action) => changes === undefined || !isSame(action, changes)),
    [plan, changes],
  )
  const judged = useMemo(() => step && judgeBeside(problem, own, others, step), [problem, own, others, step])
  const isThere = step !== undefined && (changes ? isSame(step, changes) : isSet(edits, step))
  const title = changes ? t('cover.hand.change-title') : t('cover.hand.title')
  return (
    <Section title={title} note={t('cover.hand.note')}>
      <Form
        label={title}
        onSubmit={() => {
          if (step && judged?.broken.length === 0 && !isThere) onSet(step, judged.standsOn)
        }}
      >
        <StepFields
          problem={problem}
          say={say}
          typed={typed}
          isOpen={changes === undefined}
          onChange={(field, value) => setTyped((now) => ({ ...now, [field]: value }))}
        />
        {step && judged && (
          <Verdict problem={problem} step={step} judged={judged} say={say} prices={prices} onFirst={onSet} />
        )}
        {wish && !step && <p role="status">{t('cover.hand.no-way')}</p>}
        {isThere && <p>{t('cover.hand.there')}</p>}
        <Actions>
          <NextButton type="submit" disabled={!step || isThere || (judged?.broken.length ?? 1) > 0}>
            {t('cover.hand.set')}
          </NextButton>
          <QuietButton onClick={onClose}>{t('cover.hand.close')}</QuietButton>
        </Actions>
      </Form>
    </Section>
  )
}

type VerdictProps = Pick<StepFormProps, 'problem' | 'say' | 'prices'> & {
  readonly step: Action
  readonly judged: BesideJudgement
  /** Sets the step with those that must come first. */
  readonly onFirst: (step: Action, before: readonly Action[]) => void
}

function Verdict({ problem, step, judged, say, prices, onFirst }: VerdictProps) {
  const t = useText()
  const format = useFormat()
  const { broken, idle, wins, standsOn } = judged
  const first = broken.flatMap((rule) => facilityFirst(rule, problem, step) ?? [])
  const before = first.flatMap((wish) => stepByHand(problem, { kind: 'facility', ...wish }) ?? [])
  // With the buildings before it, it must be allowed: a door that opens onto another refusal is none.
  const isEnough = before.length > 0 && broken.every(({ code }) => code === 'plan.facility-missing')
  if (broken.length > 0)
    return (
      <div role="alert" className={styles.refused}>
        <p>{t('cover.hand.refused')}</p>
        <ul>
          {broken.map((rule) => (
            <li key={JSON.stringify(rule)}>
              {brokenInWords(rule, say)} {sayInstead(rule, problem, say)}
            </li>
          ))}
        </ul>
        {isEnough && before.length === broken.length && (
          <QuietButton onClick={() => onFirst(step, before)}>
            {t('cover.hand.build-first', {
              facilities: first.map(({ facility }) => sayFacility(facility, t)).join(', '),
            })}
          </QuietButton>
        )}
      </div>
    )
  const isOnlyCost = wins < 1e-6 && step.kind !== 'facility'
  return (
    <div role="status">
      <p>
        {sayAction(step, say)}.{' '}
        {isOnlyCost
          ? t('cover.hand.only-costs')
          : step.kind === 'facility'
            ? t('cover.hand.opens')
            : t('cover.hand.wins', { shifts: format.number(Math.round(wins)) })}{' '}
        {t('cover.hand.cost', { cost: sayCost([step], prices, say) })}
      </p>
      {standsOn.length > 0 && (
        <p>{t('cover.hand.with', { steps: standsOn.map((each) => sayAction(each, say)).join('; ') })}</p>
      )}
      {idle.map((rule) => (
        <p key={JSON.stringify(rule)}>{brokenInWords(rule, say)}</p>
      ))}
    </div>
  )
}
