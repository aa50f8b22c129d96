import { type Refusal, refuse } from '@lentera/core/shared/refusals'
import { Actions, Form, NextButton, QuietButton, RefusalNotice, Section, useText } from '@lentera/ui/parts'
import { useState } from 'react'
import { useDesk, useSnapshot } from '../device/context.ts'
import type { NewRecovery } from '../device/desk.ts'
import { isPassphraseReady, PassphraseFields, PresentPassphrase } from './passphrase-fields.tsx'
import { RecoveryCode } from './recovery-code.tsx'

/** Her own account: another passphrase, or a new recovery code. Each asks for the passphrase again. */
export function OwnAccount() {
  const t = useText()
  const { demonstration, online } = useSnapshot()
  const [doing, setDoing] = useState<'passphrase' | 'code'>()
  const [done, setDone] = useState('')
  const end = (said: string): void => {
    setDoing(undefined)
    setDone(said)
  }
  const begin = (what: 'passphrase' | 'code'): void => {
    setDone('')
    setDoing(what)
  }
  return (
    <Section title={t('account.title')} note={demonstration ? t('account.demonstration') : t('account.note')}>
      {doing === 'passphrase' && <ChangePassphrase onEnd={end} />}
      {doing === 'code' && <NewCode onEnd={end} />}
      {doing === undefined && !demonstration && (
        <Actions>
          <QuietButton disabled={!online} onClick={() => begin('passphrase')}>
            {t('account.change')}
          </QuietButton>
          <QuietButton disabled={!online} onClick={() => begin('code')}>
            {t('account.new-code')}
          </QuietButton>
        </Actions>
      )}
      <p role="status">{done || (!online && !demonstration && t('account.offline'))}</p>
    </Section>
  )
}

type DoingProps = { readonly onEnd: (said: string) => void }

function ChangePassphrase({ onEnd }: DoingProps) {
  const t = useText()
  const desk = useDesk()
  const [present, setPresent] = useState('')
  const [next, setNext] = useState({ passphrase: '', again: '' })
  const asking = useAsking()
  const change = (): Promise<void> =>
    asking.ask(async () => {
      const changed = await desk.changePassphrase(present, next.passphrase)
      if (changed.ok) onEnd(t('account.changed'))
      return changed
    })
  return (
    <Form label={t('account.change')} onSubmit={change}>
      {asking.refusal && <RefusalNotice refusal={asking.refusal} />}
      <PresentPassphrase value={present} onChange={setPresent} />
      <PassphraseFields label={t('passphrase.new')} {...next} onChange={setNext} />
      <Actions>
        <NextButton
          type="submit"
          disabled={asking.busy || present === '' || !isPassphraseReady(next.passphrase, next.again)}
        >
          {asking.busy ? t('ui.loading') : t('account.change')}
        </NextButton>
        <QuietButton disabled={asking.busy} onClick={() => onEnd('')}>
          {t('account.leave')}
        </QuietButton>
      </Actions>
    </Form>
  )
}

function NewCode({ onEnd }: DoingProps) {
  const t = useText()
  const desk = useDesk()
  const { me } = useSnapshot()
  const [present, setPresent] = useState('')
  const [made, setMade] = useState<NewRecovery>()
  const asking = useAsking()
  const make = (): Promise<void> =>
    asking.ask(async () => {
      const decided = await desk.newRecoveryCode(present)
      if (decided.ok) setMade(decided.value)
      return decided
    })
  const confirm = (): Promise<void> =>
    asking.ask(async () => {
      const confirmed = made ? await made.confirm() : refuse('desk.unexpected')
      if (confirmed.ok) onEnd(t('account.code-made'))
      return confirmed
    })
  if (made)
    return (
      <>
        <p>{t('account.code-shown')}</p>
        {asking.refusal && <RefusalNotice refusal={asking.refusal} />}
        <RecoveryCode
          title={t('account.code-heading', { post: me?.label ?? '' })}
          code={made.recoveryCode}
          busy={asking.busy}
          onPrinted={confirm}
          onLeave={() => onEnd(t('account.code-left'))}
        />
      </>
    )
  return (
    <Form label={t('account.new-code')} onSubmit={make}>
      {asking.refusal && <RefusalNotice refusal={asking.refusal} />}
      <PresentPassphrase value={present} onChange={setPresent} />
      <Actions>
        <NextButton type="submit" disabled={asking.busy || present === ''}>
          {asking.busy ? t('ui.loading') : t('account.new-code')}
        </NextButton>
        <QuietButton disabled={asking.busy} onClick={() => onEnd('')}>
          {t('account.leave')}
        </QuietButton>
      </Actions>
    </Form>
  )
}

function useAsking() {
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<Refusal>()
  const ask = async (
    asked: () => Promise<{ readonly ok: true } | { readonly ok: false; readonly refusal: Refusal }>,
  ): Promise<void> => {
    if (busy) return
    setBusy(true)
    const decided = await asked()
    setBusy(false)
    setRefusal(decided.ok ? undefined : decided.refusal)
  }
  return { busy, refusal, ask }
}
