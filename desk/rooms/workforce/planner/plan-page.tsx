import type { Decision, Refusal } from '@lentera/core/shared/refusals'
import type { HumaneOption, PlanRefusal } from '@lentera/planner/plan'
import {
  Actions,
  EmptyState,
  LoadingState,
  NextButton,
  PageTitle,
  QuietButton,
  RefusalNotice,
  Section,
  Stack,
  saveFile,
  toCsv,
  useFormat,
  useText,
} from '@lentera/ui/parts'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useDesk } from '../../../device/context.ts'
import { useKeptForm } from '../../../device/use-kept-form.ts'
import { ActionList } from './actions.tsx'
import { AssumptionFields } from './assumption-fields.tsx'
import { type Assumptions, firstTyped, readAssumptions } from './assumptions.ts'
import styles from './cover.module.css'
import { allow, type Edits, keep, noEdits, strike, withEdits } from './edits.ts'
import { Gaps, MendFirst } from './gaps.tsx'
import { Judged } from './judged.tsx'
import { KeepPlan, KeptPlans } from './kept-plans.tsx'
import type { Drawn } from './messages.ts'
import { OnePage } from './one-page.tsx'
import { Options } from './options.tsx'
import { planApart } from './plan-apart.ts'
import type { KeptPlan } from './saved.ts'
import { namedIn, type Say, sayForbidden, sayRule, tableOf } from './say-plan.ts'
import { useWork } from './use-planning.ts'
import { problemOn, type Register, useRegister } from './use-register.ts'
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

function PlanOf({ register, typed, set }: PlanOfProps) {
  const t = useText()
  const format = useFormat()
  const desk = useDesk()
  const work = useWork<Drawn>()
  const [edits, setEdits] = useState<Edits>(noEdits)
  const [key, setKey] = useState<HumaneOption['key']>()
  const [isPaper, setPaper] = useState(false)
  const [shown, setShown] = useState<Assumptions>()
  const assumed = readAssumptions(typed)
  const say = { t, format, names: register.names }
  const draw = (now: Edits, by: Decision<Assumptions> = assumed): void => {
    if (!by.ok) return
    const { problem } = problemOn(register, desk.moment().today, by.value)
    setEdits(now)
    setShown(by.value)
    work.start((onProgress) => planApart(withEdits(problem, now), onProgress))
  }
  const open = ({ typed: before, option, actions, forbidden }: KeptPlan): void => {
    for (const [field, value] of Object.entries(before)) set(field, value)
    setKey(option)
    draw({ fixed: actions, forbidden }, readAssumptions(before))
  }
  const options = work.answer?.options ?? []
  const chosen = options.find((option) => option.key === key) ?? options[0]
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
        {!assumed.ok && <RefusalNotice refusal={sayField(assumed.refusal, t)} />}
        {work.refusal && <Refused refusal={work.refusal} say={say} />}
        {work.isRunning ? (
          <Working progress={work.progress} onStop={work.stop} />
        ) : (
          <Actions>
            <NextButton disabled={!assumed.ok} onClick={() => draw(edits)}>
              {options.length > 0 ? t('cover.plan.again') : t('cover.plan.do')}
            </NextButton>
          </Actions>
        )}
        <KeptPlans onOpen={open} />
        {chosen && shown && (
          <>
            <Options options={options} chosen={chosen.key} currency={shown.currency} onChoose={setKey} />
            <Judged problem={chosen.problem} plan={chosen.plan} say={say} />
            <ActionList
              plan={chosen.plan}
              say={say}
              fixed={edits.fixed}
              years={shown.years}
              onKeep={(action) => setEdits(keep(edits, action))}
              onStrike={(action) => draw(strike(edits, action))}
            />
            {edits.forbidden.length > 0 && (
              <Section title={t('cover.struck', { count: edits.forbidden.length })}>
                <ul>
                  {edits.forbidden.map((each) => (
                    <li key={JSON.stringify(each)}>
                      {sayForbidden(each, say)}{' '}
                      <QuietButton onClick={() => draw(allow(edits, each))}>{t('cover.allow')}</QuietButton>
                    </li>
                  ))}
                </ul>
              </Section>
            )}
            <Gaps gaps={chosen.plan.gaps} say={say} />
            <MendFirst mendings={work.answer?.mendings ?? []} say={say} currency={shown.currency} />
            <Actions>
              <QuietButton onClick={() => setPaper(!isPaper)}>
                {isPaper ? t('cover.page.close') : t('cover.page.open')}
              </QuietButton>
              <QuietButton onClick={() => saveFile('plan.csv', toCsv(tableOf(chosen.plan, say)))}>
                {t('cover.export')}
              </QuietButton>
            </Actions>
            <KeepPlan chosen={chosen} typed={typed} edits={edits} />
            {isPaper && <OnePage options={options} chosen={chosen} assumptions={shown} say={say} />}
          </>
        )}
      </Stack>
    </>
  )
}

/** Why there is no plan; of rules that contradict each other, which. */
function Refused({ refusal, say }: { readonly refusal: Refusal | PlanRefusal; readonly say: Say }) {
  const rules = 'contradicts' in refusal ? refusal.contradicts : []
  return (
    <>
      <RefusalNotice refusal={namedIn(refusal, say.names)} />
      {rules.length > 0 && (
        <ul>
          {rules.map((rule) => (
            <li key={JSON.stringify(rule)}>{sayRule(rule, say)}</li>
          ))}
        </ul>
      )}
    </>
  )
}

/** The field as it is called on the screen. */
function sayField(
  refusal: { readonly code: string; readonly values: Readonly<Record<string, string | number>> },
  t: (id: string) => string,
) {
  const { field } = refusal.values
  return field === undefined
    ? refusal
    : { ...refusal, values: { ...refusal.values, field: t(`cover.assume.${field}`) } }
}
