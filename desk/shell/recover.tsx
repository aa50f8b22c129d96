import type { Refusal } from '@lentera/core/shared/refusals'
import {
  Actions,
  Form,
  LongTextField,
  NextButton,
  PageTitle,
  QuietButton,
  RefusalNotice,
  TextField,
  useText,
} from '@lentera/ui/parts'
import { useState } from 'react'
import { useDesk, useSnapshot } from '../device/context.ts'
import type { NewRecovery } from '../device/desk.ts'
import { Door } from './door.tsx'
import { isPassphraseReady, PassphraseFields } from './passphrase-fields.tsx'
import { RecoveryCode } from './recovery-code.tsx'

/** A lost passphrase: the printed code gives a new one and a new code, and then she is signed in. */
export function RecoverPage({ onBack }: { readonly onBack: () => void }) {
  const t = useText()
  const desk = useDesk()
  const { online } = useSnapshot()
  const [typed, setTyped] = useState(nothingTyped)
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<Refusal>()
  const [made, setMade] = useState<NewRecovery>()
  const { login, code, passphrase, again } = typed
  const change = (some: Partial<typeof nothingTyped>): void => setTyped({ ...typed, ...some })
  const ready = login.trim() !== '' && code.trim() !== '' && isPassphraseReady(passphrase, again)
  const recover = async (): Promise<void> => {
    if (!ready || busy) return
    setBusy(true)
    const recovered = await desk.recover({ login, code, passphrase })
    setBusy(false)
    setRefusal(recovered.ok ? undefined : recovered.refusal)
    if (!recovered.ok) return
    setMade(recovered.value)
    change({ code: '' })
  }
  const confirm = async (of: NewRecovery): Promise<void> => {
    setBusy(true)
    const confirmed = await of.confirm()
    setRefusal(confirmed.ok ? undefined : confirmed.refusal)
    const entered = confirmed.ok ? await desk.signIn(login, passphrase) : confirmed
    setBusy(false)
    if (confirmed.ok && !entered.ok) onBack()
  }
  if (made)
    return (
      <Door>
        <PageTitle under={t('recover.done.under')}>{t('recover.done.title')}</PageTitle>
        {refusal && <RefusalNotice refusal={refusal} />}
        <RecoveryCode
          title={t('found.recovery.heading', { login })}
          code={made.recoveryCode}
          busy={busy}
          onPrinted={() => confirm(made)}
        />
      </Door>
    )
  return (
    <Door foot={t('recover.no-code')}>
      <PageTitle under={online ? t('recover.under') : t('recover.offline')}>{t('recover.title')}</PageTitle>
      {refusal && <RefusalNotice refusal={refusal} />}
      <Form label={t('recover.title')} onSubmit={recover}>
        <TextField
          label={t('sign-in.login')}
          value={login}
          autoComplete="username"
          onChange={(value) => change({ login: value })}
        />
        <LongTextField
          label={t('recover.code')}
          why={t('recover.code-why')}
          value={code}
          onChange={(value) => change({ code: value })}
        />
        <PassphraseFields label={t('passphrase.new')} passphrase={passphrase} again={again} onChange={change} />
        <Actions>
          <NextButton type="submit" disabled={!ready || busy || !online}>
            {busy ? t('ui.loading') : t('recover.do')}
          </NextButton>
          <QuietButton onClick={onBack} disabled={busy}>
            {t('sign-in.back')}
          </QuietButton>
        </Actions>
      </Form>
    </Door>
  )
}

const nothingTyped = { login: '', code: '', passphrase: '', again: '' }
