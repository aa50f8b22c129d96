import { Actions, NextButton, QuietButton, useText } from '@lentera/ui/parts'
import { useEffect } from 'react'
import { PrintedCode } from './printed-code.tsx'

/** A recovery code shown once, with its way to paper: the tab is not left by mistake before it is printed. */
export function RecoveryCode({ of, code, busy = false, onPrinted }: RecoveryCodeProps) {
  const t = useText()
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent): void => event.preventDefault()
    addEventListener('beforeunload', warn)
    return () => removeEventListener('beforeunload', warn)
  }, [])
  return (
    <>
      <PrintedCode title={t('found.recovery.heading', { login: of })} code={code} note={t('found.recovery.note')} />
      <Actions>
        <NextButton onClick={onPrinted} disabled={busy}>
          {busy ? t('ui.loading') : t('found.recovery.printed')}
        </NextButton>
        <QuietButton onClick={() => print()}>{t('found.print')}</QuietButton>
      </Actions>
    </>
  )
}

export type RecoveryCodeProps = {
  /** Whose it is: a login name or a post, never a person's name. */
  readonly of: string
  readonly code: string
  readonly busy?: boolean
  readonly onPrinted: () => void
}
