import type { StreamNoun } from '@lentera/core/log/kind'
import type { StreamId } from '@lentera/core/shared/ids'
import { QuietButton, SealMark, Section, useText } from '@lentera/ui/parts'
import { type ReactNode, useState } from 'react'
import type { Seen } from '../../device/desk.ts'
import { type Typed, useReopened } from '../../device/use-kept-form.ts'
import type { Decided } from '../../device/use-write.ts'
import recordStyles from './records.module.css'
import { KeptCorrect, type Typing } from './typed-correction.tsx'

/** One thing that is said: sealed for a team, or in the clear. */
export type FactSaid = { readonly label: string; readonly text: string; readonly isSealed: boolean }

/** What a stream with keys of its own says of itself, fact by fact, and its correction in the same place. */
export function Itself({ of, title, note, facts, correction }: ItselfProps) {
  const [editing, setEditing] = useState(false)
  const name = `${of} correction`
  useReopened(name, () => setEditing(true))
  if (editing && correction) {
    const { label, stood, fields, decide } = correction
    return (
      <Section title={label}>
        <KeptCorrect
          name={name}
          label={label}
          stood={stood}
          fields={(typing) => <div className={recordStyles.fields}>{fields(typing)}</div>}
          decide={decide}
          onDone={() => setEditing(false)}
        />
      </Section>
    )
  }
  return (
    <Section title={title} note={note}>
      <dl className={recordStyles.facts}>
        {facts.map((fact) => (
          <Fact key={fact.label} {...fact} />
        ))}
      </dl>
      {correction && <QuietButton onClick={() => setEditing(true)}>{correction.label}</QuietButton>}
    </Section>
  )
}

export type ItselfProps = {
  /** Noun and id of the stream: what is typed into a correction is kept, and erased, with it. */
  readonly of: `${StreamNoun} ${StreamId}`
  readonly title: string
  readonly note: string
  readonly facts: readonly FactSaid[]
  /** Undefined where she may not, or nothing is to be corrected any more. */
  readonly correction:
    | {
        readonly label: string
        readonly stood: Typed
        readonly fields: (typing: Typing) => ReactNode
        readonly decide: (typed: Typed, from: Seen) => Decided
      }
    | undefined
}

function Fact({ label, text, isSealed }: FactSaid) {
  const t = useText()
  return (
    <>
      <dt>{label}</dt>
      <dd>
        {isSealed && <SealMark />} {text || t('records.not-said')}
      </dd>
    </>
  )
}

/** What stands under the title of such a stream: its code, what is the room's own, and what has to be known before it is read. */
export function useUnder(
  { code, unsent }: { readonly code: string; readonly unsent: boolean },
  isInError: boolean,
  ...own: readonly string[]
): string {
  const t = useText()
  return [
    code,
    ...own,
    ...(unsent ? [t('support.unsent')] : []),
    ...(isInError ? [t('support.entered-in-error')] : []),
  ].join(' · ')
}
