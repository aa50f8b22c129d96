import type { Draft } from '@lentera/core/log/draft'
import type { Decision } from '@lentera/core/shared/refusals'
import { Actions, Form, NextButton, QuietButton, RefusalNotice, useText } from '@lentera/ui/parts'
import { type ReactNode, useState } from 'react'
import type { Typed } from '../../device/use-kept-form.ts'
import { useWrite } from '../../device/use-write.ts'
import type { Typing } from './fields.tsx'

/** A correction: the fields as they stand, and one entry of what differs. */
export function Correct({ label, stood, fields, decide, onDone, children }: CorrectProps) {
  const t = useText()
  const [typed, setTyped] = useState(stood)
  const { refusal, busy, write } = useWrite(typed)
  const save = async (): Promise<void> => {
    if (await write(decide(typed))) onDone()
  }
  return (
    <Form label={label} onSubmit={save}>
      {fields({ typed, set: (field, value) => setTyped((now) => ({ ...now, [field]: value })) })}
      {refusal && <RefusalNotice refusal={refusal} />}
      <Actions>
        <NextButton type="submit" disabled={busy}>
          {t('support.save')}
        </NextButton>
        {children}
        <QuietButton onClick={onDone}>{t('support.give-up')}</QuietButton>
      </Actions>
    </Form>
  )
}

export type CorrectProps = {
  readonly label: string
  readonly stood: Typed
  readonly fields: (typing: Typing) => ReactNode
  readonly decide: (typed: Typed) => Decision<readonly Draft[]>
  readonly onDone: () => void
  /** What else may be done about it. */
  readonly children?: ReactNode
}
