import type { Refusal } from '@lentera/core/shared/refusals'
import { QuietButton, RefusalNotice, TextField, useText } from '@lentera/ui/parts'
import { useState } from 'react'
import { useDesk } from '../../device/context.ts'
import { isPassphraseReady, PassphraseFields } from '../passphrase-fields.tsx'
import { PrintedCode } from '../printed-code.tsx'
import type { StepProps } from './answers.ts'
import { Step } from './step.tsx'

/** The first caseworker: she types her passphrase herself, and it is forgotten as soon as her account is made. */
export function AdmitStep({ answers, change, onNext }: StepProps) {
  const t = useText()
  const desk = useDesk()
  const [passphrase, setPassphrase] = useState('')
  const [again, setAgain] = useState('')
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<Refusal>()
  const [recoveryCode, setRecoveryCode] = useState<string>()
  const { memberLabel, memberTeam, memberLogin } = answers
  const admit = async (): Promise<void> => {
    setBusy(true)
    const admitted = await desk.admit({
      // Typed a moment ago on this very path.
      present: answers.passphrase,
      label: memberLabel,
      roles: ['caseworker'],
      team: { name: memberTeam },
      login: memberLogin,
      passphrase,
    })
    setBusy(false)
    setRefusal(admitted.ok ? undefined : admitted.refusal)
    if (!admitted.ok) return
    setPassphrase('')
    setAgain('')
    setRecoveryCode(admitted.value.recoveryCode)
  }
  if (recoveryCode !== undefined)
    return (
      <Step
        key="code"
        title={t('members.recovery.title')}
        under={t('members.recovery.under', { post: memberLabel })}
        next={t('found.recovery.printed')}
        other={<QuietButton onClick={() => print()}>{t('found.print')}</QuietButton>}
        onNext={onNext}
      >
        <PrintedCode
          title={t('found.recovery.heading', { login: memberLogin })}
          code={recoveryCode}
          note={t('found.recovery.note')}
        />
      </Step>
    )
  return (
    <Step
      title={t('found.admit.title')}
      under={t('found.admit.under')}
      next={t('found.admit.do')}
      busy={busy}
      other={
        <QuietButton onClick={onNext} disabled={busy}>
          {t('found.admit.later')}
        </QuietButton>
      }
      ready={
        [memberLabel, memberTeam, memberLogin].every((text) => text.trim() !== '') &&
        isPassphraseReady(passphrase, again)
      }
      onNext={admit}
    >
      {refusal && <RefusalNotice refusal={refusal} />}
      <TextField
        label={t('found.post')}
        why={t('found.post-why')}
        value={memberLabel}
        onChange={(value) => change({ memberLabel: value })}
      />
      <TextField
        label={t('found.admit.team')}
        why={t('found.admit.team-why')}
        value={memberTeam}
        onChange={(value) => change({ memberTeam: value })}
      />
      <TextField
        label={t('sign-in.login')}
        why={t('found.login-why')}
        value={memberLogin}
        onChange={(value) => change({ memberLogin: value })}
      />
      <PassphraseFields
        passphrase={passphrase}
        again={again}
        onChange={(changed) => {
          setPassphrase(changed.passphrase)
          setAgain(changed.again)
        }}
      />
    </Step>
  )
}
