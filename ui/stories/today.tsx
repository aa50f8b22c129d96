import { CivilDate } from '@lentera/core/shared/dates'
import {
  ConflictNotice,
  DueItem,
  DueList,
  NextButton,
  PageTitle,
  QuietButton,
  Section,
  useFormat,
  useStaffLanguage,
  WithAside,
} from '../parts/index.ts'
import { StoryFrame, type StoryProps } from './frame.tsx'
import { words } from './words.ts'

export function TodayStory({ offline }: StoryProps) {
  const format = useFormat()
  const w = words[useStaffLanguage()]
  const quiet = <QuietButton>{w.open}</QuietButton>
  return (
    <StoryFrame current="room-0" offline={offline}>
      <PageTitle under={`${format.dateWithWeekday(CivilDate.parse('2026-11-24'))}. ${w.under}`}>{w.title}</PageTitle>
      <WithAside
        aside={
          <>
            <Section title={w.service}>
              <div style={{ display: 'flex', gap: 22 }}>
                {[
                  ['19 h', w.median],
                  ['3.1 d', w.ninety],
                ].map(([figure, label]) => (
                  <div key={label}>
                    <div className="num" style={{ fontSize: '1.9rem', fontWeight: 600, lineHeight: 1.2 }}>
                      {figure}
                    </div>
                    <div className="small">{label}</div>
                  </div>
                ))}
              </div>
              <div className="small">{w.delivered}</div>
            </Section>
            <ConflictNotice
              field={w.hours}
              sealed
              versions={[
                { id: 'a', value: w.morning, by: w.you, when: format.instant(Date.UTC(2026, 10, 23, 4, 12)) },
                { id: 'b', value: w.evening, by: w.clinic, when: format.instant(Date.UTC(2026, 10, 23, 6, 40)) },
              ]}
              onSettle={() => undefined}
              onWriteNew={() => undefined}
            />
          </>
        }
      >
        <DueList label={w.today}>
          <DueItem
            when={w.left}
            urgent
            code="KH-4R7"
            title={w.health}
            steps={{ done: 2, of: 5, label: w.sent }}
            action={<NextButton>{w.call}</NextButton>}
          >
            {w.sent}
          </DueItem>
          <DueItem when={w.late} urgent title={w.waits} action={quiet}>
            {w.shelter}
          </DueItem>
          <DueItem when={w.today} code="KH-2M9" title={w.appointment} action={quiet}>
            {w.lawyer}
          </DueItem>
          <DueItem when={w.today} code="KH-L12" title={w.instalment} action={<QuietButton>{w.record}</QuietButton>}>
            {w.receipt}
          </DueItem>
        </DueList>
      </WithAside>
    </StoryFrame>
  )
}
