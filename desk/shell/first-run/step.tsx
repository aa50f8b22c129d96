import { Actions, Form, NextButton, PageTitle, QuietButton, useText } from '@lentera/ui/parts'
import { type ReactNode, useEffect, useRef } from 'react'

/** One page of the path: a title, its fields, the next step and the way back. The focus is at its beginning. */
export function Step({
  title,
  under,
  children,
  next,
  other,
  ready = true,
  busy = false,
  onBack,
  onNext,
}: StepPageProps) {
  const t = useText()
  const top = useRef<HTMLDivElement>(null)
  useEffect(() => {
    scrollTo(0, 0)
    top.current?.focus()
  }, [])
  return (
    <div ref={top} tabIndex={-1}>
      <PageTitle under={under}>{title}</PageTitle>
      <Form label={title} onSubmit={() => ready && !busy && onNext()}>
        {children}
        <Actions>
          <NextButton type="submit" disabled={!ready || busy}>
            {busy ? t('ui.loading') : (next ?? t('found.next'))}
          </NextButton>
          {other}
          {onBack && (
            <QuietButton onClick={onBack} disabled={busy}>
              {t('found.back')}
            </QuietButton>
          )}
        </Actions>
      </Form>
    </div>
  )
}

export type StepPageProps = {
  readonly title: string
  readonly under?: string
  readonly children?: ReactNode
  readonly next?: string
  /** A quiet button beside the next step. */
  readonly other?: ReactNode
  /** Whether what this page asks for is given. */
  readonly ready?: boolean
  readonly busy?: boolean
  readonly onBack?: (() => void) | undefined
  readonly onNext: () => void
}
