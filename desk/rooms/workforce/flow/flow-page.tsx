import { isExact } from '@lentera/core/shared/counts'
import { StreamId } from '@lentera/core/shared/ids'
import { refuse } from '@lentera/core/shared/refusals'
import { correctFlow, describeFlow, markFlowInError } from '@lentera/core/workforce/flow/capture'
import { type Flow, type FlowRow, projectFlow } from '@lentera/core/workforce/flow/project'
import {
  Actions,
  EmptyState,
  FigureText,
  PageTitle,
  QuietButton,
  Section,
  Stack,
  useFormat,
  useText,
} from '@lentera/ui/parts'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { type Projected, useSnapshot, useStreams } from '../../../device/context.ts'
import type { Typed } from '../../../device/use-kept-form.ts'
import { InError } from '../../records/in-error.tsx'
import { RecordRow, RecordRows } from '../../records/rows.tsx'
import { marksOf, sayCode } from '../../records/say.ts'
import { Correct } from '../../records/typed-correction.tsx'
import { CountFields, changeOf, HeadFields, readCounts, readHead, typedHead } from '../fields.tsx'
import { figureOf } from '../say.ts'
import styles from '../workforce.module.css'
import { sayRow } from './say.ts'

/** One period: of whom it is, who came, rose and left, and their corrections. */
export function FlowPage() {
  const t = useText()
  const { stream } = useParams({ strict: false })
  const flow = useStreams('workforce-flow', projectFlow).find((each) => each.stream === StreamId.safeParse(stream).data)
  if (!flow)
    return (
      <EmptyState title={t('workforce.not-here')} action={<Link to="/workforce/flows">{t('flow.back')}</Link>}>
        {t('workforce.not-here-text')}
      </EmptyState>
    )
  return <OneFlow flow={flow} />
}

type FlowProps = { readonly flow: Projected<Flow> }

function OneFlow({ flow }: FlowProps) {
  const t = useText()
  const format = useFormat()
  const isFocalPoint = useSnapshot(({ me }) => me?.roles.includes('focal-point') === true)
  const { state, stream } = flow
  return (
    <>
      <PageTitle over={<Link to="/workforce/flows">{t('flow.back')}</Link>} under={marksOf(flow, t).join(' · ')}>
        {t('flow.one-title', { period: format.date(state.on) })}
      </PageTitle>
      <Stack>
        <Head flow={flow} isFocalPoint={isFocalPoint} />
        <Rows flow={flow} isFocalPoint={isFocalPoint} />
        {isFocalPoint && (
          <InError
            says={t('workforce.in-error.mark')}
            isInError={state.enteredInError}
            mark={(is) => markFlowInError(stream, state, state.opening, is)}
          />
        )}
      </Stack>
    </>
  )
}

function Head({ flow: { stream, state }, isFocalPoint }: FlowProps & { readonly isFocalPoint: boolean }) {
  const t = useText()
  const [isCorrecting, setCorrecting] = useState(false)
  const decide = (typed: Typed) => {
    const now = readHead(typed)
    return now ? describeFlow(stream, state, changeOf(now, state)) : refuse('workforce.not-complete')
  }
  if (isCorrecting)
    return (
      <Section title={t('flow.head')}>
        <Correct
          stood={typedHead(state)}
          fields={(typing) => <HeadFields {...typing} />}
          decide={decide}
          onDone={() => setCorrecting(false)}
        />
      </Section>
    )
  return (
    <Section title={t('flow.head')}>
      <dl className={styles.facts}>
        <dt>{t('workforce.agency')}</dt>
        <dd>{sayCode((code) => t(`agency.${code}`), state.agency, t)}</dd>
        <dt>{t('workforce.place')}</dt>
        <dd>{sayCode((code) => t(`workforce.place.${code}`), state.place, t)}</dd>
        <dt>{t('workforce.counted')}</dt>
        <dd>{sayCode((code) => t(`workforce.counted.${code}`), state.counted, t)}</dd>
        <dt>{t('workforce.trust')}</dt>
        <dd>{sayCode((code) => t(`workforce.trust.${code}`), state.trust, t)}</dd>
        <dt>{t('workforce.source')}</dt>
        <dd>{sayCode((text) => text, state.source, t)}</dd>
      </dl>
      {isFocalPoint && !state.enteredInError && (
        <Actions>
          <QuietButton onClick={() => setCorrecting(true)}>{t('records.correct')}</QuietButton>
        </Actions>
      )}
    </Section>
  )
}

function Rows({ flow, isFocalPoint }: FlowProps & { readonly isFocalPoint: boolean }) {
  const t = useText()
  const { rows, conflicts } = flow.state
  return (
    <Section title={t('flow.rows')} note={t('flow.rows-note')}>
      <RecordRows none={t('flow.rows-none')}>
        {rows.map((row) => (
          <RecordRow
            key={row.record}
            row={row}
            conflicts={conflicts}
            correction={isFocalPoint ? (onDone) => <CorrectRow flow={flow} row={row} onDone={onDone} /> : undefined}
          >
            <span className={styles.name}>{sayRow(row, t)}</span>
            <span>
              {t('workforce.count.women')} <FigureText figure={figureOf(row.women)} /> · {t('workforce.count.men')}{' '}
              <FigureText figure={figureOf(row.men)} />
              {row.unrecorded.high > 0 && (
                <>
                  {' '}
                  · {t('workforce.count.unrecorded')} <FigureText figure={figureOf(row.unrecorded)} />
                </>
              )}
            </span>
          </RecordRow>
        ))}
      </RecordRows>
    </Section>
  )
}

function CorrectRow({ flow: { stream, state }, row, onDone }: CorrectRowProps) {
  const t = useText()
  const shown = { women: row.women.high, men: row.men.high, unrecorded: row.unrecorded.high }
  const stood = Object.fromEntries(Object.entries(shown).map(([name, count]) => [`row ${name}`, String(count)]))
  // Of two numbers that stand beside each other, the one that is saved settles them.
  const settled = (['women', 'men', 'unrecorded'] as const).filter((name) => isExact(row[name]))
  const decide = (typed: Typed) => {
    const stands = Object.fromEntries(settled.map((name) => [name, shown[name]]))
    return correctFlow(stream, state, row.record, changeOf(readCounts(typed, 'row'), stands))
  }
  return (
    <Correct
      stood={stood}
      fields={(typing) => <CountFields {...typing} of="row" />}
      decide={decide}
      inError={{
        stands: row.enteredInError,
        says: t('workforce.in-error.mark'),
        mark: (is) => markFlowInError(stream, state, row.record, is),
      }}
      onDone={onDone}
    />
  )
}

type CorrectRowProps = FlowProps & { readonly row: FlowRow; readonly onDone: () => void }
