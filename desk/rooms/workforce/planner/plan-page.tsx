import type { StreamId } from '@lentera/core/shared/ids'
import type { Refusal } from '@lentera/core/shared/refusals'
import type { Action, Forbidden, HumaneOption, ImpossibleOption, PlanRefusal, RuleOfPlan } from '@lentera/planner/plan'
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
import { useMemo, useState } from 'react'
import { useDesk, useSnapshot } from '../../../device/context.ts'
import { useKeptForm } from '../../../device/use-kept-form.ts'
import { unplacedIn } from '../register/coverage-problem.ts'
import { ActionList } from './actions.tsx'
import { AssumptionFields, sayField } from './assumption-fields.tsx'
import { type Assumptions, firstTyped, readAssumptions } from './assumptions.ts'
import styles from './cover.module.css'
import { allow, changeStep, type Edits, keep, nameOfStep, setStep, strike, withEdits } from './edits.ts'
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
import { factsOf, sayPlan } from './say-page.ts'
import { namedIn, type Say, sayForbidden, sayRule } from './say-plan.ts'
import { StepForm } from './step-form.tsx'
import { useEdits } from './use-edits.ts'
import { useWork } from './use-planning.ts'
import { problemOn, type Register, useRegister } from './use-register.ts'
import { workbookOfPlan, workbookType } from './workbook.ts'
import { Working } from './working.tsx'

/** From the register to a page that can be signed: what is assumed, three humane ways, one of them taken and changed by hand. */
export function CoverPlanPage() {
  const t = useText()
  const register = useRegister()
  const form = useKeptForm('cover-assumptions', firstTyped)
  if (!form.ready) return <LoadingState />
  if (register.posts.length === 0)
    return (
      <EmptyState title={t('cover.none')} action={<Link to="/workforce/register">{t('cover.to-register')}</Link>}>
        {t('cover.none-text')}
      </EmptyState>
    )
  return <PlanOf register={register} typed={form.typed} set={form.set} />
}

type PlanOfProps = {
  readonly register: Register
  readonly typed: Readonly<Record<string, string>>
  readonly set: (field: string, value: string) => void
}

/** What the plan on the screen was asked: the register of its day, and what was assumed when it was drawn. */
type Drawing = ReturnType<typeof problemOn> & {
  readonly assumptions: Assumptions
  readonly typed: Readonly<Record<string, string>>
}

/** The form of a step: closed, for a new one, or for one of the plan. */
type Hand = { readonly changes: Action | undefined }

function PlanOf({ register, typed, set }: PlanOfProps) {
  const t = useText()
  const format = useFormat()
  const desk = useDesk()
  const isDemonstration = useSnapshot((snapshot) => snapshot.demonstration)
  const work = useWork<Drawn>()
  const { edits, change, canUndo, undo } = useEdits()
  const [key, setKey] = useState<HumaneOption['key']>()
  const [drawing, setDrawing] = useState<Drawing>()
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
    setDrawing({ ...question, assumptions: by.value, typed: said })
    setHand(undefined)
    work.start((onProgress) => planApart(withEdits(question.problem, now), onProgress))
  }
  const changeTo = (now: Edits): void => {
    change(now)
    draw(now)
  }
  const drawKept = ({ typed: before, option, actions, forbidden }: KeptPlan): void => {
    const said = { ...typed, ...before }
    for (const [field, value] of Object.entries(before)) set(field, value)
    setKey(option)
    setOpened(undefined)
    const now = { fixed: actions, forbidden }
    change(now)
    draw(now, said)
  }
  const options = work.answer?.options ?? []
  const chosen = options.find((option) => option.key === key) ?? options[0]
  const said = useMemo(() => {
    if (!chosen || !drawing || !work.answer) return undefined
    const of = { options: work.answer.options, chosen, edits, isDemonstration, withCodes, language: format.language }
    return sayPlan({ ...of, ...drawing }, say)
  }, [work.answer, chosen, drawing, edits, isDemonstration, withCodes, format, say])
  const asked = useMemo(() => drawing && { ...drawing.problem, forbidden: edits.forbidden }, [drawing, edits.forbidden])
  const form = hand && asked && drawing && (
    <StepForm
      key={hand.changes ? nameOfStep(hand.changes) : ''}
      problem={asked}
      edits={edits}
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
        {work.refusal && <Refused refusal={work.refusal} say={say} />}
        {work.isRunning ? (
          <Working work={work} />
        ) : (
          <Actions>
            <NextButton disabled={!assumed.ok} onClick={() => draw(edits)}>
              {options.length > 0 ? t('cover.plan.again') : t('cover.plan.do')}
            </NextButton>
            {canUndo && <QuietButton onClick={() => draw(undo())}>{t('cover.hand.undo')}</QuietButton>}
          </Actions>
        )}
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
            <Options
              options={options}
              chosen={chosen.key}
              facts={(option) => factsOf(option, drawing.assumptions, say)}
              onChoose={setKey}
            />
            <Impossible ways={work.answer?.impossible ?? []} say={say} />
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
            {hand && !hand.changes ? (
              form
            ) : (
              <Actions>
                <QuietButton onClick={() => setHand({ changes: undefined })}>{t('cover.hand.add')}</QuietButton>
              </Actions>
            )}
            <Struck edits={edits} say={say} onAllow={(each) => changeTo(allow(edits, each))} />
            <Gaps gaps={chosen.plan.gaps} say={say} />
            {drawing.leftOut.length > 0 && <LeftOutNote leftOut={drawing.leftOut} register={register} />}
            <UnplacedNote posts={unplacedIn(drawing.problem)} names={register.names} />
            <MendFirst mendings={work.answer?.mendings ?? []} say={say} prices={drawing.assumptions.prices} />
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
      </Stack>
    </>
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
