import type { Draft } from '@lentera/core/log/draft'
import type { Decision } from '@lentera/core/shared/refusals'
import { QuietButton, RefusalNotice, Section, useText } from '@lentera/ui/parts'
import { useWrite } from '../../device/use-write.ts'

/** Marks a whole stream as never having been, or takes that back. */
export function InError({ isInError, says, mark }: InErrorProps) {
  const t = useText()
  const { refusal, busy, write } = useWrite()
  return (
    <Section title={t('records.in-error')} note={t('records.in-error-note')}>
      {refusal && <RefusalNotice refusal={refusal} />}
      <QuietButton disabled={busy} onClick={() => write(mark(!isInError))}>
        {isInError ? t('records.restore') : says}
      </QuietButton>
    </Section>
  )
}

export type InErrorProps = {
  readonly isInError: boolean
  /** What marking it says: "This session never was". */
  readonly says: string
  readonly mark: (isInError: boolean) => Decision<readonly Draft[]>
}
