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
import { type KeptPlan, planOfText, textOfPlan } from './saved.ts'

type KeepPlanProps = {
  readonly chosen: HumaneOption
  readonly typed: Readonly<Record<string, string>>
  readonly edits: Edits
}

/** Gives the plan a name and keeps it for the team: sealed, so that the server knows that there is one, and no more. */
export function KeepPlan({ chosen, typed, edits }: KeepPlanProps) {
  const t = useText()
  const desk = useDesk()
  const [title, setTitle] = useState('')
  const [refusal, setRefusal] = useState<Refusal>()
  const [isKept, setKept] = useState(false)
  const keep = async (): Promise<void> => {
    const kept = await desk.keepPlan({ title, drawn: textOfPlan(chosen, typed, edits.forbidden) })
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

/** The plans that the agency keeps. Opened, one is solved again from where it stands. */
export function KeptPlans({ onOpen }: { readonly onOpen: (plan: KeptPlan) => void }) {
  const t = useText()
  const format = useFormat()
  const desk = useDesk()
  const plans = useSnapshot(({ coverPlans }) => coverPlans)
  const { refusal, write } = useWrite()
  const standing = plans.filter(({ kept }) => !kept.enteredInError)
  if (standing.length === 0) return null
  return (
    <Section title={t('cover.kept-plans', { count: standing.length })}>
      {refusal && <RefusalNotice refusal={refusal} />}
      <ul className={recordStyles.rows}>
        {standing.map(({ stream, kept, said, unsent }) => {
          const plan = planOfText(said.drawn)
          return (
            <li key={stream}>
              <span>
                <SealMark /> {said.title ?? t('cover.kept-disputed')} · {format.date(plan?.day ?? kept.on)}
                {unsent && ` · ${t('support.unsent')}`}
              </span>
              {plan && <QuietButton onClick={() => onOpen(plan)}>{t('cover.kept-open')}</QuietButton>}
              <QuietButton onClick={() => void write(markPlanInError(stream, kept, true, desk.moment()))}>
                {t('cover.kept-in-error')}
              </QuietButton>
            </li>
          )
        })}
      </ul>
    </Section>
  )
}
