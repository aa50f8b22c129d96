import { TextField, useText } from '@lentera/ui/parts'
import { isPassphraseReady, PassphraseFields } from '../passphrase-fields.tsx'
import type { StepProps } from './answers.ts'
import { Step } from './step.tsx'

export function AdministratorStep({ answers, change, onBack, onNext }: StepProps) {
  const t = useText()
  const { label, login, passphrase, again } = answers
  return (
    <Step
      title={t('found.administrator.title')}
      under={t('found.administrator.under')}
      ready={label.trim() !== '' && login.trim() !== '' && isPassphraseReady(passphrase, again)}
      onBack={onBack}
      onNext={onNext}
    >
      <TextField
        label={t('found.post')}
        why={t('found.post-why')}
        value={label}
        onChange={(value) => change({ label: value })}
      />
      <TextField
        label={t('sign-in.login')}
        why={t('found.login-why')}
        value={login}
        autoComplete="username"
        onChange={(value) => change({ login: value })}
      />
      <PassphraseFields
        passphrase={passphrase}
        again={again}
        onChange={(changed) => change({ passphrase: changed.passphrase, again: changed.again })}
      />
    </Step>
  )
}
