import { Actions, Form, LoadingState, NextButton, QuietButton, RefusalNotice, Stack, useText } from '@lentera/ui/parts'
import { type ReactNode, useState } from 'react'
import { useDesk } from '../../device/context.ts'
import type { Seen } from '../../device/desk.ts'
import { type Typed, useKeptForm } from '../../device/use-kept-form.ts'
import { type Decided, useWrite } from '../../device/use-write.ts'
import type { Typing } from './typed-correction.tsx'

/**
 * A form whose letters are kept, sealed, from the first touch until it is saved or given up. What is written of a stream that goes on meanwhile stands
 * beside what came since the form was opened, as with a correction.
 */
export function KeptForm({ name, label, initial, fields, save: says, decide, onSaved, onGivenUp }: KeptFormProps) {
  const t = useText()
  const desk = useDesk()
  const form = useKeptForm(name)
  const [opened, setOpened] = useState(() => desk.seen())
  const { refusal, busy, write } = useWrite(form.typed)
  if (!form.ready) return <LoadingState />
  const typed = { ...initial, ...form.typed }
  const save = async (): Promise<void> => {
    const from = form.seen ?? opened
    if (!(await write(decide(typed, from), from))) return
    await form.forget()
    setOpened(() => desk.seen())
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
  /** @param from what was seen when it was opened, or its first letter typed */
  readonly decide: (typed: Typed, from: Seen) => Decided
  readonly onSaved: (typed: Typed) => void | Promise<void>
  readonly onGivenUp: () => void | Promise<void>
}
