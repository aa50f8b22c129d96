import { PageTitle, ProgressBar, useText } from '@lentera/ui/parts'
import { useEffect, useState } from 'react'
import type { Founding } from '../../device/desk.ts'
import { Door } from '../door.tsx'
import { AdministratorStep } from './administrator-step.tsx'
import { AdmitStep } from './admit-step.tsx'
import { type Answers, noAnswers, type StepProps } from './answers.ts'
import { DoneStep } from './done-step.tsx'
import { FoundStep } from './found-step.tsx'
import { MakeSheetsStep } from './make-sheets-step.tsx'
import { OrganisationStep } from './organisation-step.tsx'
import { ProveStep } from './prove-step.tsx'
import { RecoveryStep } from './recovery-step.tsx'
import { SheetStep } from './sheet-step.tsx'

/**
 * The one guided path from an empty server to the first caseworker, a page a step. Back works and loses nothing; the root is
 * only in this tab until the organisation is founded.
 */
export function FirstRun({ onBegin, onDone }: { readonly onBegin: () => void; readonly onDone: () => void }) {
  const t = useText()
  const [setup] = useState(takeSetupToken)
  const [step, setStep] = useState(0)
  const [answers, setAnswers] = useState<Answers>(noAnswers)
  const [founding, setFounding] = useState<Founding>()
  const [recoveryCode, setRecoveryCode] = useState<string>()
  const isUnfinished = founding !== undefined && recoveryCode === undefined
  useEffect(() => {
    if (!isUnfinished) return
    const warn = (event: BeforeUnloadEvent): void => event.preventDefault()
    addEventListener('beforeunload', warn)
    return () => removeEventListener('beforeunload', warn)
  }, [isUnfinished])
  if (setup === '')
    return (
      <Door>
        <PageTitle>{t('found.no-token.title')}</PageTitle>
        <p>{t('found.no-token.text')}</p>
      </Door>
    )
  const props: StepProps = {
    setup,
    answers,
    founding,
    recoveryCode,
    change: (some) => setAnswers((before) => ({ ...before, ...some })),
    onFounding: setFounding,
    onFounded: setRecoveryCode,
    onBegin,
    // Once founded there is nothing to go back to.
    onBack: step > 0 && recoveryCode === undefined ? () => setStep(step - 1) : undefined,
    onNext: () => (step === steps.length - 1 ? onDone() : setStep(step + 1)),
  }
  const Step = steps[step] ?? DoneStep
  return (
    <Door>
      <ProgressBar label={t('found.progress')} done={step + 1} total={steps.length} />
      <Step key={step} {...props} />
    </Door>
  )
}

const steps = [
  OrganisationStep,
  AdministratorStep,
  MakeSheetsStep,
  (props: StepProps) => <SheetStep {...props} number={1} />,
  (props: StepProps) => <SheetStep {...props} number={2} />,
  ProveStep,
  FoundStep,
  RecoveryStep,
  AdmitStep,
  DoneStep,
]

/** The one-time right that the server printed, taken out of the address at once: it must not stand in a history. */
function takeSetupToken(): string {
  const token = location.hash.slice(1) || (new URLSearchParams(location.search).get('setup') ?? '')
  if (token) history.replaceState(null, '', '/')
  return token
}
