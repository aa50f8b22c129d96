import type { Refusal } from '@lentera/core/shared/refusals'
import { Actions, Form, NextButton, PageTitle, QuietButton, RefusalNotice, TextField, useText } from '@lentera/ui/parts'
import { useEffect, useRef, useState } from 'react'
import { useDesk, useSnapshot } from '../device/context.ts'
import { Door } from './door.tsx'
import { RecoverPage } from './recover.tsx'
import { SignInPage } from './sign-in.tsx'

/** The device is known and locked: her passphrase opens it, without the network too. */
export function UnlockPage() {
  const t = useText()
  const desk = useDesk()
  const { online, unsent, demonstration } = useSnapshot()
  const [passphrase, setPassphrase] = useState('')
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<Refusal>()
  const [asAnother, setAsAnother] = useState(false)
  const [lost, setLost] = useState(false)
  const unlock = (): void => {
    setBusy(true)
    setRefusal(undefined)
    desk
      .unlock(passphrase)
      .then((decided) => {
        if (decided.ok) return
        setRefusal(decided.refusal)
        setPassphrase('')
      })
      .finally(() => setBusy(false))
  }
  const form = useRef<HTMLDivElement>(null)
  // There is one thing to do here: she may type at once.
  useEffect(() => form.current?.querySelector('input')?.focus(), [])
  if (lost) return <RecoverPage onBack={() => setLost(false)} />
  if (asAnother) return <SignInPage onBack={() => setAsAnother(false)} />
  return (
    <Door foot={t('sign-in.what-is-sealed')}>
      <PageTitle under={online ? t('unlock.under') : t('unlock.under-offline')}>{t('unlock.title')}</PageTitle>
      {unsent > 0 && <p>{t('unlock.unsent', { count: unsent })}</p>}
      {refusal && <RefusalNotice refusal={refusal} />}
      <div ref={form}>
        <Form label={t('unlock.title')} onSubmit={unlock}>
          <TextField
            label={t('sign-in.passphrase')}
            value={passphrase}
            onChange={setPassphrase}
            autoComplete="current-password"
            secret
          />
          <div>
            <NextButton type="submit" disabled={busy || passphrase === ''}>
              {busy ? t('sign-in.opening') : t('unlock.do')}
            </NextButton>
          </div>
        </Form>
      </div>
      <Actions>
        <QuietButton onClick={() => setAsAnother(true)}>{t('unlock.as-another')}</QuietButton>
        {!demonstration && <QuietButton onClick={() => setLost(true)}>{t('sign-in.lost')}</QuietButton>}
      </Actions>
    </Door>
  )
}
