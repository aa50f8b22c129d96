import { LoadingState } from '@lentera/ui/parts'
import { type ReactNode, useState } from 'react'
import type { Seen } from '../../device/desk.ts'
import { type Typed, useKeptForm } from '../../device/use-kept-form.ts'
import type { Decided } from '../../device/use-write.ts'
import { Correction, type CorrectionProps } from './correction.tsx'

/** What is typed, and where the next letter goes: a kept form, or a correction that is not kept. */
export type Typing = { readonly typed: Typed; readonly set: (field: string, value: string) => void }

/** A correction that holds what is typed, over the fields as they stand, and one entry of what differs. */
export function Correct({ stood, fields, decide, ...rest }: CorrectProps) {
  const [own, setOwn] = useState<Typed>({})
  const typed = { ...stood, ...own }
  return (
    <Correction {...rest} typed={own} decide={(from) => decide(typed, from)}>
      {fields({ typed, set: (field, value) => setOwn((now) => ({ ...now, [field]: value })) })}
    </Correction>
  )
}

export type CorrectProps = Pick<CorrectionProps, 'label' | 'inError' | 'onDone'> & {
  readonly stood: Typed
  readonly fields: (typing: Typing) => ReactNode
  readonly decide: (typed: Typed, from: Seen) => Decided
}

/**
 * A correction whose letters are kept, sealed, until it is written or given up. Only what was typed is kept: what a colleague corrects
 * meanwhile in another field stands as she left it.
 */
export function KeptCorrect({ name, stood, fields, decide, onDone, ...rest }: KeptCorrectProps) {
  const form = useKeptForm(name)
  if (!form.ready) return <LoadingState />
  const typed = { ...stood, ...form.typed }
  const close = async (): Promise<void> => {
    await form.forget()
    await onDone()
  }
  return (
    <Correction {...rest} typed={form.typed} seen={form.seen} decide={(from) => decide(typed, from)} onDone={close}>
      {fields({ typed, set: form.set })}
    </Correction>
  )
}

export type KeptCorrectProps = CorrectProps & {
  /** Under which the letters are kept: of a stream with keys of its own its noun and id come first, so that they are erased with it. */
  readonly name: string
}
