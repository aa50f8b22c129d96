import type { Draft } from '@lentera/core/log/draft'
import type { Decision } from '@lentera/core/shared/refusals'
import { Actions, Form, LoadingState, NextButton, QuietButton, RefusalNotice, Stack, useText } from '@lentera/ui/parts'
import type { ReactNode } from 'react'
import { type Typed, useKeptForm } from '../../device/use-kept-form.ts'
import { useWrite } from '../../device/use-write.ts'
import type { Typing } from './typed-correction.tsx'

/** A form whose letters are kept, sealed, from the first touch until it is saved or given up. */
export function KeptForm({ name, label, initial, fields, save: says, decide, onSaved, onGivenUp }: KeptFormProps) {
  const t = useText()
  const form = useKeptForm(name)
  const { refusal, busy, write } = useWrite(form.typed)
  if (!form.ready) return <LoadingState />
  const typed = { ...initial, ...form.typed }
  const save = async (): Promise<void> => {
    if (!(await write(decide(typed)))) return
    await form.forget()
    await onSaved(typed)
  }
  const giveUp = async (): Promise<void> => {
    await form.forget()
    await onGivenUp()
  }
  return (
    <Form label={label} onSubmit={save}>
      <Stack>
        {fields({ typed, set: form.set })}
        {refusal && <RefusalNotice refusal={refusal} />}
        <Actions>
          <NextButton type="submit" disabled={busy}>
            {says ?? t('support.save')}
          </NextButton>
          <QuietButton onClick={giveUp}>{t('support.give-up')}</QuietButton>
        </Actions>
      </Stack>
    </Form>
  )
}

export type KeptFormProps = {
  /** Under which the letters are kept. */
  readonly name: string
  readonly label: string
  /** What stands in it before anything is typed. */
  readonly initial?: Typed
  readonly fields: (typing: Typing) => ReactNode
  /** What saving it says; "Save" where nothing else is said. */
  readonly save?: string
  readonly decide: (typed: Typed) => Decision<readonly Draft[]>
  readonly onSaved: (typed: Typed) => void | Promise<void>
  readonly onGivenUp: () => void | Promise<void>
}
