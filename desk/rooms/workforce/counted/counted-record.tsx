import type { Draft } from '@lentera/core/log/draft'
import type { Conflict } from '@lentera/core/log/records'
import { isExact } from '@lentera/core/shared/counts'
import type { EntryId } from '@lentera/core/shared/ids'
import { type Decision, refuse } from '@lentera/core/shared/refusals'
import type { Counts } from '@lentera/core/workforce/counted/capture'
import type { CountedRow, HeadSaid } from '@lentera/core/workforce/counted/project'
import { Actions, FigureText, PageTitle, QuietButton, Section, Stack, useText } from '@lentera/ui/parts'
import { type ReactNode, useState } from 'react'
import { type Projected, useSnapshot } from '../../../device/context.ts'
import type { Typed } from '../../../device/use-kept-form.ts'
import { InError } from '../../records/in-error.tsx'
import { RecordRow, RecordRows } from '../../records/rows.tsx'
import { marksOf, sayCode } from '../../records/say.ts'
import { Correct, type Typing } from '../../records/typed-correction.tsx'
import { CountFields, changeOf, readCounts } from '../fields.tsx'
import { figureOf } from '../say.ts'
import styles from '../workforce.module.css'

/** A record of rows: of whom it is, its numbers row by row, and their corrections, each by a gender focal point. */
export function CountedRecord<Row extends CountedRow, Head extends object>({
  record: { stream, state, unsent },
  over,
  title,
  under,
  head,
  rows,
  decide,
}: CountedRecordProps<Row, Head>) {
  const t = useText()
  const isFocalPoint = useSnapshot(({ me }) => me?.roles.includes('focal-point') === true)
  return (
    <>
      <PageTitle over={over} under={[...under, ...marksOf({ state, unsent }, t)].join(' · ')}>
        {title}
      </PageTitle>
      <Stack>
        <HeadOf state={state} head={head} describe={isFocalPoint ? decide.describe : undefined} />
        <Section title={rows.title} note={rows.note}>
          <RecordRows none={rows.none}>
            {state.rows.map((row) => (
              <RecordRow
                key={row.record}
                row={row}
                conflicts={state.conflicts}
                correction={
                  isFocalPoint ? (onDone) => <CorrectRow row={row} decide={decide} onDone={onDone} /> : undefined
                }
              >
                <span className={styles.name}>{rows.name(row)}</span>
                <Numbers row={row} />
              </RecordRow>
            ))}
          </RecordRows>
        </Section>
        {isFocalPoint && (
          <InError
            key={stream}
            says={t('workforce.in-error.mark')}
            isInError={state.enteredInError}
            mark={(is) => decide.mark(state.opening, is)}
          />
        )}
      </Stack>
    </>
  )
}

type State<Row> = HeadSaid & {
  readonly opening: EntryId
  readonly enteredInError: boolean
  readonly conflicts: readonly Conflict[]
  readonly rows: readonly Row[]
}

export type CountedRecordProps<Row extends CountedRow, Head extends object> = {
  readonly record: Projected<State<Row>>
  readonly over: ReactNode
  readonly title: string
  readonly under: readonly string[]
  readonly head: {
    readonly title: string
    /** What else it is of, between agency and place. */
    readonly more?: { readonly label: string; readonly said: string }
    readonly typed: Typed
    readonly fields: (typing: Typing) => ReactNode
    /** Undefined where a choice has not been made. */
    readonly read: (typed: Typed) => Head | undefined
  }
  readonly rows: {
    readonly title: string
    readonly note: string
    readonly none: string
    readonly name: (row: Row) => string
  }
  readonly decide: Decide<Head>
}

type Decide<Head> = {
  readonly describe: (change: Partial<Head>) => Decision<Draft[]>
  readonly correct: (record: EntryId, change: Partial<Counts>) => Decision<Draft[]>
  readonly mark: (record: EntryId, isInError: boolean) => Decision<Draft[]>
}

/** `describe` is undefined where she may not. */
function HeadOf<Head extends object>({ state, head, describe }: HeadOfProps<Head>) {
  const t = useText()
  const [isCorrecting, setCorrecting] = useState(false)
  if (isCorrecting && describe)
    return (
      <Section title={head.title}>
        <Correct
          stood={head.typed}
          fields={head.fields}
          decide={(typed) => {
            const now = head.read(typed)
            // What stood is headed by the same fields, undefined where two answers stand.
            return now
              ? describe(changeOf(now, state as Partial<Record<keyof Head, unknown>>))
              : refuse('workforce.not-complete')
          }}
          onDone={() => setCorrecting(false)}
        />
      </Section>
    )
  return (
    <Section title={head.title}>
      <dl className={styles.facts}>
        <dt>{t('workforce.agency')}</dt>
        <dd>{sayCode((code) => t(`agency.${code}`), state.agency, t)}</dd>
        {head.more && (
          <>
            <dt>{head.more.label}</dt>
            <dd>{head.more.said}</dd>
          </>
        )}
        <dt>{t('workforce.place')}</dt>
        <dd>{sayCode((code) => t(`workforce.place.${code}`), state.place, t)}</dd>
        <dt>{t('workforce.counted')}</dt>
        <dd>{sayCode((code) => t(`workforce.counted.${code}`), state.counted, t)}</dd>
        <dt>{t('workforce.trust')}</dt>
        <dd>{sayCode((code) => t(`workforce.trust.${code}`), state.trust, t)}</dd>
        <dt>{t('workforce.source')}</dt>
        <dd>{sayCode((text) => text, state.source, t)}</dd>
      </dl>
      {describe && !state.enteredInError && (
        <Actions>
          <QuietButton onClick={() => setCorrecting(true)}>{t('records.correct')}</QuietButton>
        </Actions>
      )}
    </Section>
  )
}

type HeadOfProps<Head extends object> = {
  readonly state: State<unknown>
  readonly head: CountedRecordProps<CountedRow, Head>['head']
  readonly describe: Decide<Head>['describe'] | undefined
}

function Numbers({ row }: { readonly row: CountedRow }) {
  const t = useText()
  return (
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
  )
}

function CorrectRow({ row, decide, onDone }: CorrectRowProps) {
  const t = useText()
  const shown = { women: row.women.high, men: row.men.high, unrecorded: row.unrecorded.high }
  const stood = Object.fromEntries(Object.entries(shown).map(([name, count]) => [`row ${name}`, String(count)]))
  // Of two numbers that stand beside each other, the one that is saved settles them.
  const settled = (['women', 'men', 'unrecorded'] as const).filter((name) => isExact(row[name]))
  return (
    <Correct
      stood={stood}
      fields={(typing) => <CountFields {...typing} of="row" />}
      decide={(typed) => {
        const stands = Object.fromEntries(settled.map((name) => [name, shown[name]]))
        return decide.correct(row.record, changeOf(readCounts(typed, 'row'), stands))
      }}
      inError={{
        stands: row.enteredInError,
        says: t('workforce.in-error.mark'),
        mark: (is) => decide.mark(row.record, is),
      }}
      onDone={onDone}
    />
  )
}

type CorrectRowProps = {
  readonly row: CountedRow
  readonly decide: Pick<Decide<never>, 'correct' | 'mark'>
  readonly onDone: () => void
}
