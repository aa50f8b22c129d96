import type { Draft } from '@lentera/core/log/draft'
import type { Decision } from '@lentera/core/shared/refusals'
import { Actions, Form, NextButton, QuietButton, RefusalNotice, useText } from '@lentera/ui/parts'
import type { ReactNode } from 'react'
import type { Typed } from '../../device/use-kept-form.ts'
import { useWrite } from '../../device/use-write.ts'

/** A correction: the fields as they stand, one entry of what differs, and what was typed by mistake marked as such. */
export function Correction({ label, typed, decide, inError, onDone, children }: CorrectionProps) {
  const t = useText()
  const { refusal, busy, write } = useWrite(typed)
  const close = async (decision: Decision<readonly Draft[]>): Promise<void> => {
    if (await write(decision)) await onDone()
  }
  return (
    <Form label={label ?? t('records.correct')} onSubmit={() => close(decide())}>
      {children}
      {refusal && <RefusalNotice refusal={refusal} />}
      <Actions>
        <NextButton type="submit" disabled={busy}>
          {t('support.save')}
        </NextButton>
        {inError && (
          <QuietButton disabled={busy} onClick={() => close(inError.mark(!inError.stands))}>
            {inError.stands ? t('records.restore') : inError.says}
          </QuietButton>
        )}
        <QuietButton onClick={onDone}>{t('support.give-up')}</QuietButton>
      </Actions>
    </Form>
  )
}

export type CorrectionProps = {
  /** Of the form; "Correct" where nothing else is said. */
  readonly label?: string | undefined
  /** What a refusal is about: it goes when this is typed anew. */
  readonly typed?: Typed
  readonly decide: () => Decision<readonly Draft[]>
  /** The mark of a record that never was: whether it stands, what setting it says, and the decision to set it or not. */
  readonly inError?: {
    readonly stands: boolean
    readonly says: string
    readonly mark: (isInError: boolean) => Decision<readonly Draft[]>
  }
  readonly onDone: () => void | Promise<void>
  readonly children: ReactNode
}
