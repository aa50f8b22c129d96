import type { Draft } from '@lentera/core/log/draft'
import type { Decision } from '@lentera/core/shared/refusals'
import { type ReactNode, useState } from 'react'
import type { Typed } from '../../device/use-kept-form.ts'
import { Correction, type CorrectionProps } from './correction.tsx'

/** What is typed, and where the next letter goes: a kept form, or a correction that is not kept. */
export type Typing = { readonly typed: Typed; readonly set: (field: string, value: string) => void }

/** A correction that holds what is typed: the fields as they stand, and one entry of what differs. */
export function Correct({ stood, fields, decide, ...rest }: CorrectProps) {
  const [typed, setTyped] = useState(stood)
  return (
    <Correction {...rest} typed={typed} decide={() => decide(typed)}>
      {fields({ typed, set: (field, value) => setTyped((now) => ({ ...now, [field]: value })) })}
    </Correction>
  )
}

export type CorrectProps = Pick<CorrectionProps, 'label' | 'inError' | 'onDone'> & {
  readonly stood: Typed
  readonly fields: (typing: Typing) => ReactNode
  readonly decide: (typed: Typed) => Decision<readonly Draft[]>
}
