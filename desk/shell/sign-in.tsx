import type { Decision, Refusal } from '@lentera/core/shared/refusals'
import { Actions, Form, NextButton, PageTitle, QuietButton, RefusalNotice, TextField, useText } from '@lentera/ui/parts'
import { useState } from 'react'
import { useDesk, useSnapshot } from '../device/context.ts'
import type { CastMember } from '../device/desk.ts'
import styles from './door.module.css'
import { Door } from './door.tsx'
import { RecoverPage } from './recover.tsx'

/** Signing in with a login name and a passphrase; in the demonstration its people stand above, one touch each. */
export function SignInPage({ onBack }: { readonly onBack?: () => void }) {
  const t = useText()
  const { cast } = useSnapshot()
  const signingIn = useSigningIn()
  const [lost, setLost] = useState(false)
  const isDemonstration = cast.length > 0
  if (lost) return <RecoverPage onBack={() => setLost(false)} />
  return (
    <Door wide={isDemonstration} foot={t('sign-in.what-is-sealed')}>
      <PageTitle under={isDemonstration ? t('sign-in.choose-person') : t('sign-in.under')}>
        {isDemonstration ? t('sign-in.title-demonstration') : t('sign-in.title')}
      </PageTitle>
      {signingIn.refusal && <RefusalNotice refusal={signingIn.refusal} />}
      {isDemonstration && <Cast cast={cast} busy={signingIn.busy} onChoose={signingIn.signIn} />}
      {isDemonstration ? (
        <details className={styles.other}>
          <summary>{t('sign-in.with-name')}</summary>
          <SignInForm {...signingIn} />
        </details>
      ) : (
        <SignInForm {...signingIn} />
      )}
      <Actions>
        {!isDemonstration && <QuietButton onClick={() => setLost(true)}>{t('sign-in.lost')}</QuietButton>}
        {onBack && <QuietButton onClick={onBack}>{t('sign-in.back')}</QuietButton>}
      </Actions>
      <p className="small" role="status">
        {signingIn.busy ? t('sign-in.opening') : ''}
      </p>
    </Door>
  )
}

function SignInForm({ busy, signIn }: SigningIn) {
  const t = useText()
  const [login, setLogin] = useState('')
  const [passphrase, setPassphrase] = useState('')
  return (
    <Form label={t('sign-in.title')} onSubmit={() => signIn(login, passphrase)}>
      <TextField label={t('sign-in.login')} value={login} onChange={setLogin} autoComplete="username" />
      <TextField
        label={t('sign-in.passphrase')}
        value={passphrase}
        onChange={setPassphrase}
        autoComplete="current-password"
        secret
      />
      <div>
        <NextButton type="submit" disabled={busy || login.trim() === '' || passphrase === ''}>
          {t('sign-in.do')}
        </NextButton>
      </div>
    </Form>
  )
}

function Cast({
  cast,
  busy,
  onChoose,
}: {
  readonly cast: readonly CastMember[]
  readonly busy: boolean
  readonly onChoose: (login: string, passphrase: string) => void
}) {
  const t = useText()
  const places = Map.groupBy(cast, ({ programmeName }) => programmeName)
  return [...places].map(([place, people]) => (
    <section key={place} className={styles.group} aria-label={place}>
      <h2 className={styles.place}>{place}</h2>
      <ul className={styles.cast}>
        {people.map((person) => (
          <li key={person.login}>
            <button
              type="button"
              className={styles.person}
              disabled={busy}
              onClick={() => onChoose(person.login, person.passphrase)}
            >
              <b>{person.label}</b>
              <span className="small">{person.roles.map((role) => t(`role.${role}`)).join(', ')}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  ))
}

type SigningIn = {
  readonly busy: boolean
  readonly refusal: Refusal | undefined
  readonly signIn: (login: string, passphrase: string) => void
}

function useSigningIn(): SigningIn {
  const desk = useDesk()
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<Refusal>()
  const signIn = (login: string, passphrase: string): void => {
    setBusy(true)
    setRefusal(undefined)
    desk
      .signIn(login, passphrase)
      .then((decided: Decision<void>) => setRefusal(decided.ok ? undefined : decided.refusal))
      .finally(() => setBusy(false))
  }
  return { busy, refusal, signIn }
}
