import type { StreamId } from '@lentera/core/shared/ids'
import type { Decision, Refusal } from '@lentera/core/shared/refusals'
import {
  Actions,
  Form,
  LoadingState,
  NextButton,
  PageTitle,
  QuietButton,
  RefusalNotice,
  Stack,
  useText,
} from '@lentera/ui/parts'
import { type ReactNode, useState } from 'react'
import { type Typed, useKeptForm } from '../../device/use-kept-form.ts'
import type { Typing } from './typed-correction.tsx'

/** The page on which a stream with keys of its own is opened. What is typed is kept, sealed, from the first letter. */
export function NewStream({ name, title, under, back, blank, sections, save: says, open, onLeft }: NewStreamProps) {
  const t = useText()
  const form = useKeptForm(name, blank)
  const [refusal, setRefusal] = useState<Refusal>()
  const [busy, setBusy] = useState(false)
  if (!form.ready) return <LoadingState />
  const save = async (): Promise<void> => {
    setBusy(true)
    setRefusal(undefined)
    try {
      const opened = await open(form.typed)
      if (!opened.ok) return setRefusal(opened.refusal)
      await form.forget()
      await onLeft(opened.value)
    } finally {
      setBusy(false)
    }
  }
  const giveUp = async (): Promise<void> => {
    await form.forget()
    await onLeft(undefined)
  }
  return (
    <>
      <PageTitle over={back} under={under}>
        {title}
      </PageTitle>
      <Form label={title} onSubmit={save}>
        <Stack>
          {sections(form)}
          {refusal && <RefusalNotice refusal={refusal} />}
          <Actions>
            <NextButton type="submit" disabled={busy}>
              {says}
            </NextButton>
            <QuietButton onClick={giveUp}>{t('support.give-up')}</QuietButton>
          </Actions>
        </Stack>
      </Form>
    </>
  )
}

export type NewStreamProps = {
  /** Under which the letters are kept. */
  readonly name: string
  readonly title: string
  readonly under: string
  readonly back: ReactNode
  /** What stands in it before anything is typed: one object, the same at every drawing. */
  readonly blank?: Typed
  readonly sections: (typing: Typing) => ReactNode
  readonly save: string
  readonly open: (typed: Typed) => Promise<Decision<StreamId>>
  /** To the stream that was opened, or back where none was. */
  readonly onLeft: (opened: StreamId | undefined) => Promise<void>
}
