import { CivilDate } from '@lentera/core/shared/dates'
import {
  Actions,
  KeyHint,
  PageTitle,
  QuietButton,
  SealMark,
  Section,
  Timeline,
  TimelineItem,
  useFormat,
  useStaffLanguage,
  WithAside,
} from '../parts/index.ts'
import { StoryFrame, type StoryProps } from './frame.tsx'
import { words } from './words.ts'

export function CaseStory({ offline }: StoryProps) {
  const format = useFormat()
  const w = words[useStaffLanguage()]
  const on = (text: string) => format.date(CivilDate.parse(text))
  return (
    <StoryFrame current="room-1" offline={offline}>
      <PageTitle
        over={
          <>
            <SealMark /> KH-4R7
          </>
        }
        under={w.under}
      >
        {w.health}
      </PageTitle>
      <Actions>
        <QuietButton shortcut="S">{w.record}</QuietButton>
        <QuietButton>{w.open}</QuietButton>
        <KeyHint keys="/">{w.nav[3] ?? ''}</KeyHint>
      </Actions>
      <div style={{ height: 18 }} />
      <WithAside aside={<Section title={w.service}>{w.delivered}</Section>}>
        <Section title={w.nav[1]} flush>
          <Timeline label={w.nav[1] ?? ''}>
            <TimelineItem when={on('2026-11-24')} title={w.appointment} by={w.you} sealed state="unsent" note={w.late}>
              {w.lawyer}
            </TimelineItem>
            <TimelineItem when={on('2026-11-21')} title={w.waits} by={w.clinic}>
              {w.shelter}
            </TimelineItem>
            <TimelineItem when={on('2026-11')} title={w.instalment} by={w.you} state="corrected" note={w.receipt} />
            <TimelineItem when={on('2026-Q3')} title={w.health} by={w.you} sealed />
          </Timeline>
        </Section>
      </WithAside>
    </StoryFrame>
  )
}
