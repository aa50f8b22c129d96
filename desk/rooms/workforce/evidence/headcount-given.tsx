import { CivilDate } from '@lentera/core/shared/dates'
import type { Mapping } from '@lentera/core/sheets/mapping'
import type { HeadcountField } from '@lentera/core/workforce/headcount-fields'
import type { Reading } from '@lentera/core/workforce/headcount-file'
import { Actions, DateField, Form, NextButton, QuietButton, TextField, useText } from '@lentera/ui/parts'
import { useState } from 'react'

export type Given = Reading['given']

/** What a table leaves out since it is the same for all of its rows: of which day it is, and where it comes from. */
export function HeadcountGiven({ columns, stood, onSaid, onGiveUp }: HeadcountGivenProps) {
  const t = useText()
  const [on, setOn] = useState<string>(stood.on ?? '')
  const [source, setSource] = useState(stood.source)
  return (
    <Form label={t('workforce.file.given')} onSubmit={() => onSaid({ on: CivilDate.safeParse(on).data, source })}>
      <p>{t('workforce.file.given-note')}</p>
      {!columns.on && (
        <DateField
          label={t('workforce.counted-on')}
          finest="day"
          value={CivilDate.safeParse(on).data ?? null}
          onChange={(day) => setOn(day ?? '')}
        />
      )}
      {!columns.source && (
        <TextField label={t('workforce.source')} why={t('workforce.source-why')} value={source} onChange={setSource} />
      )}
      <Actions>
        <NextButton type="submit">{t('workforce.file.go-on')}</NextButton>
        <QuietButton onClick={onGiveUp}>{t('support.give-up')}</QuietButton>
      </Actions>
    </Form>
  )
}

export type HeadcountGivenProps = {
  readonly columns: Mapping<HeadcountField>['columns']
  readonly stood: Given
  readonly onSaid: (given: Given) => void
  readonly onGiveUp: () => void
}
