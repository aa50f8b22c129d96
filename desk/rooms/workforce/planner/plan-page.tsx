import type { StreamId } from '@lentera/core/shared/ids'
import { accept, type Decision, type Refusal } from '@lentera/core/shared/refusals'
import {
  type Action,
  type Forbidden,
  type HumaneOption,
  type ImpossibleOption,
  measuredPosts,
  type PlanRefusal,
  type RuleOfPlan,
} from '@lentera/planner/plan'
import {
  Actions,
  CheckField,
  EmptyState,
  LoadingState,
  NextButton,
  PageTitle,
  QuietButton,
  RefusalNotice,
  Section,
  Stack,
  saveFile,
  useFormat,
  useText,
} from '@lentera/ui/parts'
import { Link } from '@tanstack/react-router'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useDesk, useSnapshot } from '../../../device/context.ts'
import { type Typed, useKeptForm } from '../../../device/use-kept-form.ts'
import { unplacedIn } from '../register/coverage-problem.ts'
import { ActionList } from './actions.tsx'
import { AssumptionFields, sayField } from './assumption-fields.tsx'
import { type Assumptions, firstTyped, readAssumptions } from './assumptions.ts'
import styles from './cover.module.css'
import {
  allow,
  changeStep,
  type Edits,
  isDrawnBy,
  keep,
  nameOfStep,
  noEdits,
  setStep,
  strike,
  withEdits,
} from './edits.ts'
import { emptierThan } from './emptier.ts'
import { Gaps, MendFirst } from './gaps.tsx'
import { Judged } from './judged.tsx'
import { KeepPlan, KeptPlans } from './kept-plans.tsx'
import { LeftOutNote, UnplacedNote } from './left-out.tsx'
import type { Drawn } from './messages.ts'
import { OnePage } from './one-page.tsx'
import { Options } from './options.tsx'
import { planApart } from './plan-apart.ts'
import { PriceFields } from './price-fields.tsx'
import type { KeptPlan } from './saved.ts'
import { factsOf, isShared, sayPlan } from './say-page.ts'
import { namedIn, type Say, sayForbidden, sayRule } from './say-plan.ts'
import { StepForm } from './step-form.tsx'
import { type Editing, useEdits } from './use-edits.ts'
import { useWork, type Work } from './use-planning.ts'
import { problemOn, type Register, useRegister } from './use-register.ts'
import { workbookOfPlan, workbookType } from './workbook.ts'
import { Working } from './working.tsx'

/** From the register to a page that can be signed: what is assumed, three humane ways, one of them taken and changed by hand. */
export function CoverPlanPage() {
  const t = useText()
  const register = useRegister()
  const form = useKeptForm('cover-assumptions', firstTyped)
  const editing = useEdits()
  if (!form.ready || !editing.ready) return <LoadingState />
  if (register.posts.length === 0)
    return (
      <EmptyState title={t('cover.none')} action={<Link to="/workforce/register">{t('cover.to-register')}</Link>}>
        {t('cover.none-text')}
      </EmptyState>
    )
  return <PlanOf register={register} typed={form.typed} set={form.set} editing={editing} />
}

type PlanOfProps = {
  readonly register: Register
  readonly typed: Readonly<Record<string, string>>
  readonly set: (field: string, value: string) => void
  readonly editing: Editing
}

/** What the plan on the screen was asked: the register of its day, and what was assumed when it was drawn. */
type Drawing = ReturnType<typeof problemOn> & {
  readonly assumptions: Assumptions
  readonly typed: Readonly<Record<string, string>>
  readonly edits: Edits
}

type Answered = Drawn & { readonly drawing: Drawing }

const isEmptier = (now: Answered, before: Answered): boolean => emptierThan(now, before) !== null

/** The form of a step: closed, for a new one, or for one of the plan. */
type Hand = { readonly changes: Action | undefined }

function PlanOf({ register, typed, set, editing }: PlanOfProps) {
  const t = useText()
  const format = useFormat()
  const desk = useDesk()
  const isDemonstration = useSnapshot((snapshot) => snapshot.demonstration)
  const work = useWork<Answered>(isEmptier)
  const { edits, change, canUndo, undo, option: key, choose } = editing
  const [hand, setHand] = useState<Hand>()
  const [isPaper, setPaper] = useState(false)
  const [opened, setOpened] = useState<StreamId>()
  const [withCodes, setCodes] = useState(false)
  const assumed = readAssumptions(typed)
  const say = useMemo(() => ({ t, format, names: register.names }), [t, format, register])
  const draw = (now: Edits, said = typed): void => {
    const by = readAssumptions(said)
    if (!by.ok) return
    const question = problemOn(register, desk.moment().today, by.value)
    setHand(undefined)
    const drawing = { ...question, assumptions: by.value, typed: said, edits: now }
    editing.nowDrawn()
    work.start((onProgress) => {
      const planning = planApart(withEdits(question.problem, now), onProgress)
      const withDrawing = (drawn: Decision<Drawn>): Decision<Answered> =>
        drawn.ok ? accept({ ...drawn.value, drawing }) : drawn
      return { ...planning, answer: planning.answer.then(withDrawing) }
    })
  }
  // Whoever looked at the board, or was locked out, finds what was drawn; and what she has set and struck out in it.
  const returning = useRef(editing.isDrawn ? draw : undefined)
  useEffect(() => {
    returning.current?.(edits)
    returning.current = undefined
  }, [edits])
  const changeTo = (now: Edits): void => {
    change(now)
    draw(now)
  }
  const drawKept = ({ typed: before, option, actions, forbidden }: KeptPlan): void => {
    const said = { ...typed, ...before }
    for (const [field, value] of Object.entries(before)) set(field, value)
    choose(option)
    setOpened(undefined)
    // Who moves is asked anew, whoever offered then: else a step that cannot be set would say who took her offer back.
    const now = { fixed: actions.filter(({ kind: step }) => step !== 'move'), forbidden }
    change(now)
    draw(now, said)
  }
  const drawing = work.answer?.drawing
  const options = work.answer?.options ?? []
  const chosen = options.find((option) => option.key === key) ?? options[0]
  const said = useMemo(() => {
    if (!chosen || !drawing || !work.answer) return undefined
    const of = {
      options: work.answer.options,
      cutShort: work.answer.cutShort,
      chosen,
      edits,
      isDemonstration,
      withCodes,
      language: format.language,
    }
    return sayPlan({ ...of, ...drawing }, say)
  }, [work.answer, chosen, drawing, edits, isDemonstration, withCodes, format, say])
  const asked = useMemo(() => drawing && { ...drawing.problem, forbidden: edits.forbidden }, [drawing, edits.forbidden])
  const isOtherHand = chosen && drawing && !isDrawnBy(chosen.plan.actions, drawing.edits, edits)
  const isOtherwiseAssumed = drawing && !isSameTyped(drawing.typed, typed)
  const isOld = isOtherHand || isOtherwiseAssumed
  const { said: told, outcome } = useLanding(work)
  const struck = <Struck edits={edits} say={say} onAllow={(each) => changeTo(allow(edits, each))} />
  const form = hand && asked && drawing && chosen && (
    <StepForm
      key={hand.changes ? nameOfStep(hand.changes) : ''}
      problem={asked}
      edits={edits}
      plan={chosen.plan.actions}
      say={say}
      prices={drawing.assumptions.prices}
      changes={hand.changes}
      onSet={(step, before) => {
        const set = hand.changes ? changeStep(edits, hand.changes, step) : setStep(edits, step)
        changeTo(before.reduce(setStep, set))
      }}
      onClose={() => setHand(undefined)}
    />
  )
  return (
    <>
      <PageTitle over={<Link to="/workforce/cover">{t('cover.title-short')}</Link>} under={t('cover.plan.under')}>
        {t('cover.plan.title')}
      </PageTitle>
      <Stack>
        <details className={`card ${styles.assumed}`}>
          <summary>{t('cover.assume.title')}</summary>
          <AssumptionFields typed={typed} set={set} />
        </details>
        <PriceFields typed={typed} set={set} />
        {!assumed.ok && <RefusalNotice refusal={sayField(assumed.refusal, t)} />}
        {assumed.ok && register.posts.length * assumed.value.years > measuredPosts && (
          <p role="note">
            {t('cover.large', { posts: register.posts.length, years: assumed.value.years, most: measuredPosts })}
          </p>
        )}
        {work.isRunning ? (
          <Working work={work} />
        ) : (
          <Actions>
            <NextButton disabled={!assumed.ok} onClick={() => draw(edits)}>
              {options.length > 0 ? t('cover.plan.again') : t('cover.plan.do')}
            </NextButton>
            {canUndo && <QuietButton onClick={() => draw(undo())}>{t('cover.hand.undo')}</QuietButton>}
            {(edits.fixed.length > 0 || edits.forbidden.length > 0) && (
              <QuietButton onClick={() => changeTo(noEdits)}>{t('cover.hand.let-go')}</QuietButton>
            )}
          </Actions>
        )}
        <div ref={told} tabIndex={-1}>
          {work.refusal && <Refused refusal={work.refusal} say={say} />}
          {!work.isRunning && work.answer?.cutShort && (
            <p role="alert">{t(`cover.cut-short.${work.answer.cutShort}`)}</p>
          )}
          {work.heldBack && work.answer && (
            <HeldBack
              now={work.heldBack}
              before={work.answer}
              onTake={work.takeHeldBack}
              onLeave={work.leaveHeldBack}
              say={say}
            />
          )}
        </div>
        {!chosen && struck}
        <KeptPlans
          register={register}
          say={say}
          opened={opened}
          onOpen={(stream) => {
            // One page to sign at a time: two would be printed over each other.
            setPaper(false)
            setOpened(stream)
          }}
          onDraw={drawKept}
        />
        {chosen && drawing && said && (
          <>
            <div ref={outcome} tabIndex={-1}>
              {isOld && !work.isRunning && (
                <Section title={t('cover.old.title')}>
                  {isOtherwiseAssumed && <p>{t('cover.old.assumed')}</p>}
                  {isOtherHand && <p>{t('cover.old.text')}</p>}
                  {isOtherHand && (
                    <Actions>
                      <QuietButton onClick={() => draw(undo())}>{t('cover.hand.undo')}</QuietButton>
                    </Actions>
                  )}
                </Section>
              )}
            </div>
            <Options
              options={options}
              chosen={chosen.key}
              facts={(option) => factsOf(option, drawing.assumptions, say)}
              onChoose={choose}
            />
            <Impossible ways={work.answer?.impossible ?? []} say={say} />
            <NotFound ways={work.answer?.notFound ?? []} say={say} />
            <Judged problem={chosen.problem} plan={chosen.plan} say={say} />
            <ActionList
              plan={chosen.plan}
              say={say}
              edits={edits}
              years={drawing.assumptions.years}
              changing={hand?.changes}
              form={form}
              onKeep={(action) => change(keep(edits, action))}
              onStrike={(action) => changeTo(strike(edits, action))}
              onChange={(action) => setHand(hand?.changes === action ? undefined : { changes: action })}
            />
            {chosen.plan.actions.some(isShared) && <p role="note">{t('cover.page.called')}</p>}
            {hand && !hand.changes ? (
              form
            ) : (
              <Actions>
                <QuietButton onClick={() => setHand({ changes: undefined })}>{t('cover.hand.add')}</QuietButton>
              </Actions>
            )}
            {struck}
            <Gaps gaps={chosen.plan.gaps} option={chosen.key} say={say} />
            {drawing.leftOut.length > 0 && <LeftOutNote leftOut={drawing.leftOut} register={register} />}
            <UnplacedNote posts={unplacedIn(drawing.problem)} names={register.names} />
            <MendFirst mendings={work.answer?.mendings ?? []} say={say} prices={drawing.assumptions.prices} />
            {!isOld && (
              <>
                <CheckField
                  label={t('cover.page.with-codes')}
                  why={t('cover.page.with-codes-why')}
                  checked={withCodes}
                  onChange={setCodes}
                />
                <Actions>
                  <QuietButton
                    onClick={() => {
                      setOpened(undefined)
                      setPaper(!isPaper)
                    }}
                  >
                    {isPaper ? t('cover.page.close') : t('cover.page.open')}
                  </QuietButton>
                  <QuietButton onClick={() => saveFile('plan.xlsx', workbookOfPlan(said, say), workbookType)}>
                    {t('cover.export')}
                  </QuietButton>
                </Actions>
                <KeepPlan chosen={chosen} said={said} typed={drawing.typed} edits={edits} />
                {isPaper && <OnePage said={said} />}
              </>
            )}
          </>
        )}
      </Stack>
    </>
  )
}

const isSameTyped = (one: Typed, other: Typed): boolean =>
  [...new Set([...Object.keys(one), ...Object.keys(other)])].every(
    (field) => (one[field] ?? '') === (other[field] ?? ''),
  )

/**
 * Where whoever waited is led when the work has ended: what was refused stands far above the step that was touched, and the button that
 * began it is gone by then.
 */
function useLanding({
  isRunning,
  refusal,
  heldBack,
  answer,
}: Pick<Work<unknown>, 'isRunning' | 'refusal' | 'heldBack' | 'answer'>) {
  const said = useRef<HTMLDivElement>(null)
  const outcome = useRef<HTMLDivElement>(null)
  const before = useRef({ isRunning, answer })
  useEffect(() => {
    const { isRunning: wasRunning, answer: stood } = before.current
    before.current = { isRunning, answer }
    if (!wasRunning || isRunning) return
    const lead = (to: HTMLElement | null, block: ScrollLogicalPosition | null): void => {
      to?.focus({ preventScroll: true })
      if (block !== null) to?.scrollIntoView({ block })
    }
    if (refusal || heldBack) lead(said.current, 'center')
    // Whoever changed a step stays where she is; whose button is gone has nothing, or what the shell kept for her.
    else if (document.activeElement?.matches('body, [data-kept-focus]'))
      lead(outcome.current, stood === undefined ? 'start' : null)
  }, [isRunning, refusal, heldBack, answer])
  return { said, outcome }
}

type HeldBackProps = {
  readonly now: Drawn
  readonly before: Drawn
  readonly onTake: () => void
  readonly onLeave: () => void
  readonly say: Say
}

/** Stopped early: what was found is less than what stands, and takes its place only if she says so. */
function HeldBack({ now, before, onTake, onLeave, say: { t, format } }: HeldBackProps) {
  const less = emptierThan(now, before)
  const number = (shifts: number): string => format.number(Math.round(shifts))
  return (
    <Section title={t('cover.emptier.title')}>
      <p role="status">
        {less?.what === 'more-open'
          ? t('cover.emptier.text', { now: number(less.now), before: number(less.before) })
          : t('cover.emptier.fewer-ways')}
      </p>
      <Actions>
        <QuietButton onClick={onTake}>{t('cover.emptier.take')}</QuietButton>
        <QuietButton onClick={onLeave}>{t('cover.emptier.leave')}</QuietButton>
      </Actions>
    </Section>
  )
}

type StruckProps = { readonly edits: Edits; readonly say: Say; readonly onAllow: (struck: Forbidden) => void }

/** What a hand struck out stays out until it is allowed again. */
function Struck({ edits: { forbidden }, say, onAllow }: StruckProps) {
  const { t } = say
  if (forbidden.length === 0) return null
  return (
    <Section title={t('cover.struck', { count: forbidden.length })}>
      <ul>
        {forbidden.map((each) => (
          <li key={JSON.stringify(each)}>
            {sayForbidden(each, say)} <QuietButton onClick={() => onAllow(each)}>{t('cover.allow')}</QuietButton>
          </li>
        ))}
      </ul>
    </Section>
  )
}

/** Why there is no plan; of rules that contradict each other, which. */
function Refused({ refusal, say }: { readonly refusal: Refusal | PlanRefusal; readonly say: Say }) {
  return (
    <>
      <RefusalNotice refusal={namedIn(refusal, say.names)} />
      {'contradicts' in refusal && <Rules rules={refusal.contradicts} say={say} />}
    </>
  )
}

/** The ways that a post which must be covered rules out, each with the rules that say so. */
function Impossible({ ways, say }: { readonly ways: readonly ImpossibleOption[]; readonly say: Say }) {
  const { t } = say
  return ways.map(({ key, contradicts }) => (
    <Section
      key={key}
      title={t('cover.impossible', { way: t(`cover.option.${key}`) })}
      note={t('cover.impossible-note')}
    >
      <Rules rules={contradicts} say={say} />
    </Section>
  ))
}

/** The ways of which no plan covers what must be covered, as far as was looked. */
function NotFound({ ways, say: { t } }: { readonly ways: readonly HumaneOption['key'][]; readonly say: Say }) {
  return ways.map((key) => (
    <Section key={key} title={t('cover.not-found', { way: t(`cover.option.${key}`) })}>
      <p>{t('cover.not-found-note')}</p>
    </Section>
  ))
}

function Rules({ rules, say }: { readonly rules: readonly RuleOfPlan[]; readonly say: Say }) {
  if (rules.length === 0) return null
  return (
    <ul>
      {rules.map((rule) => (
        <li key={JSON.stringify(rule)}>{sayRule(rule, say)}</li>
      ))}
    </ul>
  )
}
