import type { CivilDate } from '@lentera/core/shared/dates'
import { refuse } from '@lentera/core/shared/refusals'
import { useState } from 'react'
import {
  Actions,
  CheckField,
  ChoiceField,
  ChoicesField,
  DateField,
  Form,
  LongTextField,
  NextButton,
  PageTitle,
  QuietButton,
  Section,
  SelectField,
  TextField,
  useStaffLanguage,
} from '../parts/index.ts'
import { StoryFrame, type StoryProps } from './frame.tsx'
import { words } from './words.ts'

export function FormStory({ offline }: StoryProps) {
  const w = words[useStaffLanguage()]
  const [name, setName] = useState('KH-4R7')
  const [long, setLong] = useState(w.lawyer)
  const [one, setOne] = useState<string | null>('a')
  const [many, setMany] = useState<readonly string[]>(['b'])
  const [select, setSelect] = useState('')
  const [day, setDay] = useState<CivilDate | null>(null)
  const [quarter, setQuarter] = useState<CivilDate | null>(null)
  const [check, setCheck] = useState(true)
  const choices = [
    { value: 'a', label: w.health },
    { value: 'b', label: w.shelter, hint: w.receipt },
    { value: 'c', label: w.waits, disabled: true },
  ]
  return (
    <StoryFrame current="room-1" offline={offline}>
      <PageTitle under={w.under}>{w.appointment}</PageTitle>
      <Section title={w.record}>
        <Form label={w.record}>
          <TextField label={w.hours} why={w.shelter} sealed save="saved" value={name} onChange={setName} />
          <LongTextField label={w.waits} why={w.lawyer} sealed optional save="saving" value={long} onChange={setLong} />
          <ChoiceField label={w.service} why={w.delivered} value={one} choices={choices} onChange={setOne} />
          <ChoicesField label={w.nav[2] ?? ''} value={many} choices={choices} onChange={setMany} />
          <SelectField
            label={w.nav[3] ?? ''}
            value={select}
            choices={choices}
            onChange={setSelect}
            refusal={refuse('support.unheard-of').refusal}
          />
          <DateField label={w.today} sealed finest="day" value={day} onChange={setDay} save="failed" />
          <DateField label={w.nav[4] ?? ''} finest="quarter" value={quarter} onChange={setQuarter} />
          <CheckField label={w.receipt} checked={check} onChange={setCheck} />
          <TextField label={w.clinic} value="" disabled onChange={() => undefined} />
          <Actions>
            <NextButton type="submit">{w.record}</NextButton>
            <QuietButton>{w.open}</QuietButton>
            <QuietButton disabled>{w.open}</QuietButton>
          </Actions>
        </Form>
      </Section>
    </StoryFrame>
  )
}
