import type { Draft } from '@lentera/core/log/draft'
import type { Decision } from '@lentera/core/shared/refusals'
import { Actions, Form, NextButton, QuietButton, RefusalNotice, useText } from '@lentera/ui/parts'
import { type ReactNode, useState } from 'react'
import { useDesk } from '../../device/context.ts'
import type { Seen } from '../../device/desk.ts'
import type { Typed } from '../../device/use-kept-form.ts'
import { type Decided, useWrite } from '../../device/use-write.ts'

/**
 * A correction: the fields as they stand, one entry of what differs, and what was typed by mistake marked as such. What a colleague, or she
 * herself in another tab, wrote into the same field since it was opened stands beside it, and is settled by whoever sees both.
 */
export function Correction({ label, typed, seen, decide, inError, onDone, children }: CorrectionProps) {
  const t = useText()
  const desk = useDesk()
  const [opened] = useState(() => desk.seen())
  const { refusal, busy, write } = useWrite(typed)
  const from = seen ?? opened
  const close = async (decision: Decided, over?: Seen): Promise<void> => {
    if (await write(decision, over)) await onDone()
  }
  return (
    <Form label={label ?? t('records.correct')} onSubmit={() => close(decide(from), from)}>
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
  /** What it was typed over, where that is known better than by when the form was opened: it was kept over a lock. */
  readonly seen?: Seen | undefined
  /** @param from what was seen when it was opened, or its first letter typed */
  readonly decide: (from: Seen) => Decided
  /** The mark of a record that never was: whether it stands, what setting it says, and the decision to set it or not. */
  readonly inError?: {
    readonly stands: boolean
    readonly says: string
    readonly mark: (isInError: boolean) => Decision<readonly Draft[]>
  }
  readonly onDone: () => void | Promise<void>
  readonly children: ReactNode
}
