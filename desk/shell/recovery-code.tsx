import { Actions, NextButton, QuietButton, useText } from '@lentera/ui/parts'
import { useEffect } from 'react'
import { PrintedCode } from './printed-code.tsx'

/** A recovery code with its way to paper: the tab is not left by mistake before it is printed. */
export function RecoveryCode({ title, code, busy = false, onPrinted, onLeave }: RecoveryCodeProps) {
  const t = useText()
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent): void => event.preventDefault()
    addEventListener('beforeunload', warn)
    return () => removeEventListener('beforeunload', warn)
  }, [])
  return (
    <>
      <PrintedCode title={title} code={code} note={t('found.recovery.note')} />
      <Actions>
        <NextButton onClick={onPrinted} disabled={busy}>
          {busy ? t('ui.loading') : t('found.recovery.printed')}
        </NextButton>
        <QuietButton onClick={() => print()}>{t('found.print')}</QuietButton>
        {onLeave && (
          <QuietButton onClick={onLeave} disabled={busy}>
            {t('account.leave')}
          </QuietButton>
        )}
      </Actions>
    </>
  )
}

export type RecoveryCodeProps = {
  /** Whose it is, by a login name or a post, never by a person's name. */
  readonly title: string
  readonly code: string
  readonly busy?: boolean
  readonly onPrinted: () => void
  /** The way back, where the code before it is good still. */
  readonly onLeave?: () => void
}
