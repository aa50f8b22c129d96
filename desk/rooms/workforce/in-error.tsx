import type { Draft } from '@lentera/core/log/draft'
import type { Decision } from '@lentera/core/shared/refusals'
import { QuietButton, RefusalNotice, Section, useText } from '@lentera/ui/parts'
import { useWrite } from '../../device/use-write.ts'

/** Marks a whole record as never having been, or takes that back. */
export function InError({ isInError, mark }: InErrorProps) {
  const t = useText()
  const { refusal, busy, write } = useWrite()
  return (
    <Section title={t('workforce.in-error.title')} note={t('workforce.in-error.note')}>
      {refusal && <RefusalNotice refusal={refusal} />}
      <QuietButton disabled={busy} onClick={() => write(mark(!isInError))}>
        {isInError ? t('workforce.in-error.restore') : t('workforce.in-error.mark')}
      </QuietButton>
    </Section>
  )
}

export type InErrorProps = {
  readonly isInError: boolean
  readonly mark: (isInError: boolean) => Decision<readonly Draft[]>
}
