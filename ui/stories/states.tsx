import { refuse } from '@lentera/core/shared/refusals'
import {
  ConflictNotice,
  DeviceState,
  EmptyState,
  exact,
  FailedState,
  FigureTile,
  LanguagePicker,
  LoadingState,
  OfflineState,
  PageTitle,
  ProgressBar,
  protectedFigure,
  QuietButton,
  RefusalNotice,
  Section,
  Stack,
  Tiles,
  unknownFigure,
  useStaffLanguage,
} from '../parts/index.ts'
import { StoryFrame, type StoryProps } from './frame.tsx'
import { words } from './words.ts'

const noop = (): void => undefined

export function StatesStory({ offline }: StoryProps) {
  const w = words[useStaffLanguage()]
  const counted = { kind: 'counted', at: Date.UTC(2026, 10, 24, 7, 2) } as const
  return (
    <StoryFrame current="room-1" offline={offline}>
      <PageTitle>{w.nav[1]}</PageTitle>
      <Stack>
        <Tiles least={300}>
          <Section title="Empty" flush>
            <EmptyState title={w.waits} action={<QuietButton>{w.open}</QuietButton>}>
              {w.under}
            </EmptyState>
          </Section>
          <Section title="Loading" flush>
            <LoadingState lines={4} />
          </Section>
          <Section title="Failed" flush>
            <FailedState onRetry={noop} />
          </Section>
          <Section title="Offline" flush>
            <OfflineState onRetry={noop} />
          </Section>
        </Tiles>
        <RefusalNotice refusal={refuse('log.unheard-of').refusal} action={<QuietButton>{w.open}</QuietButton>} />
        <Section title="Progress">
          <Stack>
            <ProgressBar label={w.service} done={31200} total={46556} onStop={noop} />
            <ProgressBar label={w.record} done={12} total={null} />
          </Stack>
        </Section>
        <Section title="Device">
          <Stack>
            <DeviceState lock="open" online unsent={0} lastExchange={Date.UTC(2026, 10, 24, 7, 5)} onLock={noop} />
            <DeviceState lock="open" online unsent={1} lastExchange={null} onLock={noop} onExchange={noop} />
            <DeviceState
              lock="open"
              online
              unsent={1250}
              lastExchange={Date.UTC(2026, 10, 24, 7, 5)}
              exchanging
              onLock={noop}
            />
            <DeviceState lock="locked" online={false} unsent={3} lastExchange={Date.UTC(2026, 10, 24, 7, 5)} />
          </Stack>
        </Section>
        <Tiles>
          <FigureTile figure={exact(1234567)} unit={w.delivered} counted={counted} onOpen={noop} />
          <FigureTile figure={protectedFigure} unit={w.health} counted={counted} onOpen={noop} />
          <FigureTile figure={unknownFigure} unit={w.health} counted={counted} />
          <FigureTile figure={{ kind: 'interval', low: 20, high: 24 }} unit={w.health} counted={counted} />
        </Tiles>
        <ConflictNotice
          field={w.hours}
          sealed
          versions={[
            { id: 'a', value: w.morning, by: w.you },
            { id: 'b', value: w.evening, by: w.clinic },
            { id: 'c', value: w.shelter, by: w.clinic },
          ]}
          onSettle={noop}
        />
        <LanguagePicker onChoose={noop} />
      </Stack>
    </StoryFrame>
  )
}
