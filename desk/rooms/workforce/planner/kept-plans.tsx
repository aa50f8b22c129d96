import type { StreamId } from '@lentera/core/shared/ids'
import type { Refusal } from '@lentera/core/shared/refusals'
import { markPlanInError } from '@lentera/core/workforce/cover/capture'
import type { HumaneOption } from '@lentera/planner/plan'
import {
  Actions,
  Form,
  NextButton,
  QuietButton,
  RefusalNotice,
  SealMark,
  Section,
  TextField,
  useFormat,
  useText,
} from '@lentera/ui/parts'
import { useState } from 'react'
import { useDesk, useSnapshot } from '../../../device/context.ts'
import { useWrite } from '../../../device/use-write.ts'
import recordStyles from '../../records/records.module.css'
import type { Edits } from './edits.ts'
import { KeptPage } from './kept-page.tsx'
import type { SaidPlan } from './said-plan.ts'
import { type KeptPlan, pageOfText, planOfText, textsToKeep } from './saved.ts'
import type { Say } from './say-plan.ts'
import type { Register } from './use-register.ts'

type KeepPlanProps = {
  readonly chosen: HumaneOption
  readonly said: SaidPlan
  readonly typed: Readonly<Record<string, string>>
  readonly edits: Edits
}

/** Gives the plan a name and keeps it with its page for the team: sealed, so that the server knows that there is one, and no more. */
export function KeepPlan({ chosen, said, typed, edits }: KeepPlanProps) {
  const t = useText()
  const desk = useDesk()
  const [title, setTitle] = useState('')
  const [refusal, setRefusal] = useState<Refusal>()
  const [isKept, setKept] = useState(false)
  const keep = async (): Promise<void> => {
    const kept = await desk.keepPlan({ title, ...textsToKeep(chosen, said, typed, edits.forbidden) })
    setRefusal(kept.ok ? undefined : kept.refusal)
    setKept(kept.ok)
    if (kept.ok) setTitle('')
  }
  return (
    <Section title={t('cover.keep-plan')} note={t('cover.keep-plan-note')}>
      <Form label={t('cover.keep-plan')} onSubmit={keep}>
        <TextField label={t('cover.keep-plan-name')} value={title} onChange={setTitle} />
        {refusal && <RefusalNotice refusal={refusal} />}
        {isKept && <p role="status">{t('cover.keep-plan-done')}</p>}
        <Actions>
          <NextButton type="submit">{t('cover.keep-plan-do')}</NextButton>
        </Actions>
      </Form>
    </Section>
  )
}

type KeptPlansProps = {
  readonly register: Register
  readonly say: Say
  /** The one whose page is shown. */
  readonly opened: StreamId | undefined
  readonly onOpen: (stream: StreamId | undefined) => void
  readonly onDraw: (plan: KeptPlan) => void
}

/** The plans that the agency keeps, each with the page that was signed; from there it is drawn again by the register of today. */
export function KeptPlans({ register, say, opened, onOpen, onDraw }: KeptPlansProps) {
  const t = useText()
  const format = useFormat()
  const desk = useDesk()
  const plans = useSnapshot(({ coverPlans }) => coverPlans)
  const { refusal, write } = useWrite()
  const standing = plans.filter(({ kept }) => !kept.enteredInError)
  if (standing.length === 0) return null
  const shown = standing.find(({ stream }) => stream === opened)
  const plan = planOfText(shown?.said.drawn)
  return (
    <>
      <Section title={t('cover.kept-plans', { count: standing.length })}>
        {refusal && <RefusalNotice refusal={refusal} />}
        <ul className={recordStyles.rows}>
          {standing.map(({ stream, code, kept, said, unsent }) => {
            const each = planOfText(said.drawn)
            return (
              <li key={stream}>
                <span>
                  <SealMark /> {said.title ?? t('cover.kept-disputed')} · {format.date(each?.day ?? kept.on)} · {code}
                  {unsent && ` · ${t('support.unsent')}`}
                </span>
                {each && <QuietButton onClick={() => onOpen(stream)}>{t('cover.kept-open')}</QuietButton>}
                <QuietButton onClick={() => void write(markPlanInError(stream, kept, true, desk.moment()))}>
                  {t('cover.kept-in-error')}
                </QuietButton>
              </li>
            )
          })}
        </ul>
      </Section>
      {shown && plan && (
        <KeptPage
          title={shown.said.title ?? t('cover.kept-disputed')}
          plan={plan}
          page={pageOfText(shown.said.page)}
          register={register}
          say={say}
          onDraw={() => onDraw(plan)}
          onClose={() => onOpen(undefined)}
        />
      )}
    </>
  )
}
