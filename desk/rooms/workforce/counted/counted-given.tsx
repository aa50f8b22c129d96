import { CivilDate } from '@lentera/core/shared/dates'
import type { Given } from '@lentera/core/workforce/counted/file'
import { Actions, DateField, Form, NextButton, QuietButton, TextField, useText } from '@lentera/ui/parts'
import { useState } from 'react'

/** What a table leaves out since it is the same for all of its rows: of which day or period it is, and where it comes from. */
export function CountedGiven({ date, asksSource, stood, onSaid, onGiveUp }: CountedGivenProps) {
  const t = useText()
  const [on, setOn] = useState<string>(stood?.on ?? '')
  const [source, setSource] = useState(stood?.source ?? '')
  return (
    <Form label={t('workforce.file.given')} onSubmit={() => onSaid({ on: CivilDate.safeParse(on).data, source })}>
      <p>{t('workforce.file.given-note')}</p>
      {date && (
        <DateField {...date} value={CivilDate.safeParse(on).data ?? null} onChange={(day) => setOn(day ?? '')} />
      )}
      {asksSource && (
        <TextField label={t('workforce.source')} why={t('workforce.source-why')} value={source} onChange={setSource} />
      )}
      <Actions>
        <NextButton type="submit">{t('workforce.file.go-on')}</NextButton>
        <QuietButton onClick={onGiveUp}>{t('support.give-up')}</QuietButton>
      </Actions>
    </Form>
  )
}

export type CountedGivenProps = {
  /** Undefined where a column says it. */
  readonly date: { readonly label: string; readonly finest: 'day' | 'month' } | undefined
  readonly asksSource: boolean
  readonly stood: Given | undefined
  readonly onSaid: (given: Given) => void
  readonly onGiveUp: () => void
}
