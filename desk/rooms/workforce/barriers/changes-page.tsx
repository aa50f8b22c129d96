import { type Barrier, projectBarrier } from '@lentera/core/workforce/barrier/project'
import { projectRecommendation, projectReform, type Reform } from '@lentera/core/workforce/project'
import {
  Actions,
  EmptyState,
  PageTitle,
  QuietButton,
  Section,
  Stack,
  saveFile,
  Timeline,
  TimelineItem,
  useFormat,
  useText,
} from '@lentera/ui/parts'
import { Link } from '@tanstack/react-router'
import { type Projected, useSnapshot, useStreams } from '../../../device/context.ts'
import { sayCode } from '../../records/say.ts'
import { workbookType } from '../planner/workbook.ts'
import styles from '../workforce.module.css'
import { csvOfWays, workbookOfWays } from './changes-file.ts'
import { type Step, type Way, waysOf } from './ways.ts'

/** From each recommendation to what changed, in the order of its days; and the changes that follow none. */
export function ChangesPage() {
  const t = useText()
  const isWriter = useSnapshot(({ me }) => me?.roles.includes('focal-point') === true)
  const reforms = useStreams('reform', projectReform)
  const ways = waysOf(
    useStreams('recommendation', projectRecommendation),
    reforms,
    useStreams('barrier', projectBarrier),
  )
  return (
    <>
      <PageTitle over={<Link to="/workforce">{t('workforce.back')}</Link>} under={t('changes.under')}>
        {t('changes.title', { count: reforms.filter(({ state }) => !state.enteredInError).length })}
      </PageTitle>
      <Stack>
        {ways.length === 0 && (
          <EmptyState title={t(isWriter ? 'changes.none' : 'changes.none-here')}>
            {t(isWriter ? 'changes.none-text' : 'changes.none-here-text')}
          </EmptyState>
        )}
        {ways.map((way) => (
          <OneWay key={way.recommendation?.stream ?? ''} way={way} />
        ))}
        {ways.length > 0 && <SaveWays ways={ways} />}
      </Stack>
    </>
  )
}

function OneWay({ way: { recommendation, steps } }: { readonly way: Way }) {
  const t = useText()
  if (!recommendation)
    return (
      <Section title={t('changes.alone')}>
        <Steps label={t('changes.alone')} steps={steps} />
      </Section>
    )
  const { state } = recommendation
  const title = t('workforce.recommendation.short', { number: state.number ?? 0, text: state.text ?? '' })
  const origin = sayCode((code) => t(`workforce.origin.${code}`), state.origin, t)
  return (
    <Section title={title} note={`${origin} · ${sayCode((text) => text, state.source, t)}`}>
      <Steps label={title} steps={steps} />
    </Section>
  )
}

function SaveWays({ ways }: { readonly ways: readonly Way[] }) {
  const t = useText()
  const isDemonstration = useSnapshot(({ demonstration }) => demonstration)
  const stamp = isDemonstration ? t('cover.page.demonstration') : null
  return (
    <Section title={t('changes.file.title')} note={t('changes.file.note')}>
      <Actions>
        <QuietButton onClick={() => saveFile('changes.xlsx', workbookOfWays(ways, stamp, t), workbookType)}>
          {t('roster.file.workbook')}
        </QuietButton>
        <QuietButton onClick={() => saveFile('changes.csv', csvOfWays(ways, stamp, t))}>
          {t('roster.file.csv')}
        </QuietButton>
      </Actions>
    </Section>
  )
}

function Steps({ label, steps }: { readonly label: string; readonly steps: readonly Step[] }) {
  const format = useFormat()
  return (
    <Timeline label={label}>
      {steps.map((step) => (
        <TimelineItem key={step.key} when={format.date(step.on)} title={<OneStep step={step} />} />
      ))}
    </Timeline>
  )
}

function OneStep({ step }: { readonly step: Step }) {
  const t = useText()
  if (step.what === 'barrier') return <BarrierStep barrier={step.barrier} />
  if (step.what === 'reform') return <ReformStep stream={step.stream} reform={step.reform} />
  return (
    <p className={styles.text}>
      {sayCode((code) => t(`workforce.status.${code}`), step.status, t)}
      {step.evidence && `: ${step.evidence}`}
    </p>
  )
}

function BarrierStep({ barrier }: { readonly barrier: Barrier }) {
  const t = useText()
  return (
    <p className={styles.text}>
      {t('changes.barrier', {
        area: sayCode((code) => t(`barrier.area.${code}`), barrier.area, t),
        level: sayCode((code) => t(`barrier.level.${code}`), barrier.level, t),
      })}
    </p>
  )
}

/** Which kind of change it is, what changed, and by what evidence. */
function ReformStep({ stream, reform }: { readonly stream: Projected<Reform>['stream']; readonly reform: Reform }) {
  const t = useText()
  return (
    <>
      <strong>{sayCode((code) => t(`workforce.sphere.${code}`), reform.sphere, t)}</strong>
      <p className={styles.text}>
        <Link to="/workforce/reforms/$stream" params={{ stream }}>
          {sayCode((text) => text, reform.what, t)}
        </Link>
      </p>
      <p className={styles.text}>
        {t('workforce.evidence')}: {sayCode((text) => text, reform.evidence, t)}
      </p>
    </>
  )
}
