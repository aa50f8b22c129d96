import { isExact, sum } from '@lentera/core/shared/counts'
import { StreamId } from '@lentera/core/shared/ids'
import { refuse } from '@lentera/core/shared/refusals'
import { correctRank, describeHeadcount, markHeadcountInError } from '@lentera/core/workforce/capture'
import { type Headcount, projectHeadcount, type RankCount } from '@lentera/core/workforce/project'
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
import { type Projected, useSnapshot, useStreams } from '../../device/context.ts'
import type { Typed } from '../../device/use-kept-form.ts'
import { InError } from '../records/in-error.tsx'
import { RecordRow, RecordRows } from '../records/rows.tsx'
import { marksOf, sayCode } from '../records/say.ts'
import { Correct } from '../records/typed-correction.tsx'
import { CountFields, changeOf, HeadcountFields, readCounts, readHeadcount, typedHeadcount } from './fields.tsx'
import { figureOf } from './say.ts'
import styles from './workforce.module.css'

/** One headcount: what it is of, its officers rank by rank, and their corrections. */
export function HeadcountPage() {
  const t = useText()
  const { stream } = useParams({ strict: false })
  const headcounts = useStreams('headcount', projectHeadcount)
  const headcount = headcounts.find((each) => each.stream === StreamId.safeParse(stream).data)
  if (!headcount)
    return (
      <EmptyState title={t('workforce.not-here')} action={<Link to="/workforce">{t('workforce.back')}</Link>}>
        {t('workforce.not-here-text')}
      </EmptyState>
    )
  return <OneHeadcount headcount={headcount} />
}

type HeadcountProps = { readonly headcount: Projected<Headcount> }

function OneHeadcount({ headcount }: HeadcountProps) {
  const t = useText()
  const format = useFormat()
  const isFocalPoint = useSnapshot(({ me }) => me?.roles.includes('focal-point') === true)
  const [isCorrecting, setCorrecting] = useState(false)
  const { state, stream } = headcount
  const rows = state.rows.filter(({ enteredInError }) => !enteredInError)
  const women = sum(rows.map((row) => row.women))
  const all = sum(rows.flatMap((row) => [row.women, row.men, row.unrecorded]))
  const decide = (typed: Typed) => {
    const now = readHeadcount(typed)
    return now ? describeHeadcount(stream, state, changeOf(now, state)) : refuse('workforce.not-complete')
  }
  return (
    <>
      <PageTitle
        over={<Link to="/workforce">{t('workforce.back')}</Link>}
        under={[format.date(state.on), ...marksOf(headcount, t)].join(' · ')}
      >
        {isExact(women) && isExact(all)
          ? t('workforce.headcount.title', { women: women.low, all: all.low })
          : t('workforce.headcount.title-disputed')}
      </PageTitle>
      <Stack>
        <Section title={t('workforce.headcount.of')}>
          {isCorrecting ? (
            <Correct
              stood={typedHeadcount(state)}
              fields={(typing) => <HeadcountFields {...typing} />}
              decide={decide}
              onDone={() => setCorrecting(false)}
            />
          ) : (
            <>
              <dl className={styles.facts}>
                <dt>{t('workforce.agency')}</dt>
                <dd>{sayCode((code) => t(`agency.${code}`), state.agency, t)}</dd>
                <dt>{t('workforce.unit')}</dt>
                <dd>{sayCode((code) => t(`workforce.unit.${code}`), state.unit, t)}</dd>
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
            </>
          )}
        </Section>
        <Ranks headcount={headcount} isFocalPoint={isFocalPoint} />
        {isFocalPoint && (
          <InError
            says={t('workforce.in-error.mark')}
            isInError={state.enteredInError}
            mark={(is) => markHeadcountInError(stream, state, state.opening, is)}
          />
        )}
      </Stack>
    </>
  )
}

function Ranks({ headcount, isFocalPoint }: HeadcountProps & { readonly isFocalPoint: boolean }) {
  const t = useText()
  const { rows, conflicts } = headcount.state
  return (
    <Section title={t('workforce.ranks')} note={t('workforce.ranks-note')}>
      <RecordRows none={t('workforce.ranks-none')}>
        {rows.map((row) => (
          <RecordRow
            key={row.record}
            row={row}
            conflicts={conflicts}
            correction={
              isFocalPoint ? (onDone) => <CorrectRank headcount={headcount} row={row} onDone={onDone} /> : undefined
            }
          >
            <span className={styles.name}>{sayCode((code) => t(`workforce.rank.${code}`), row.rank, t)}</span>
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

function CorrectRank({ headcount: { stream, state }, row, onDone }: CorrectRankProps) {
  const t = useText()
  const shown = { women: row.women.high, men: row.men.high, unrecorded: row.unrecorded.high }
  const stood = Object.fromEntries(Object.entries(shown).map(([name, count]) => [`row ${name}`, String(count)]))
  // Of two numbers that stand beside each other, the one that is saved settles them.
  const settled = (['women', 'men', 'unrecorded'] as const).filter((name) => isExact(row[name]))
  const decide = (typed: Typed) => {
    const stands = Object.fromEntries(settled.map((name) => [name, shown[name]]))
    return correctRank(stream, state, row.record, changeOf(readCounts(typed, 'row'), stands))
  }
  return (
    <Correct
      stood={stood}
      fields={(typing) => <CountFields {...typing} of="row" />}
      decide={decide}
      inError={{
        stands: row.enteredInError,
        says: t('workforce.in-error.mark'),
        mark: (is) => markHeadcountInError(stream, state, row.record, is),
      }}
      onDone={onDone}
    />
  )
}

type CorrectRankProps = HeadcountProps & { readonly row: RankCount; readonly onDone: () => void }
