import type { FigureValue } from '@lentera/core/results/figure'
import type { CivilDate } from '@lentera/core/shared/dates'
import type { StreamId } from '@lentera/core/shared/ids'
import type { Survey } from '@lentera/core/workforce/research/project'
import { dimensionsOf } from '@lentera/core/workforce/research/tally'
import { groupsBySex, type Instrument, type Question, skipped } from '@lentera/core/workforce/research/words'
import type { Translate } from '@lentera/ui/catalogues/text'
import {
  between,
  type Column,
  DataTable,
  LoadingState,
  RefusalNotice,
  Section,
  type FigureValue as Shown,
  useFormat,
  useText,
} from '@lentera/ui/parts'
import * as z from 'zod'
import { useAnswer } from '../../../device/use-answer.ts'
import workforceStyles from '../workforce.module.css'
import { Remarks } from './remarks.tsx'
import { sayQuestion, sayValue } from './say.ts'

type Cell = { readonly key: Readonly<Record<string, string>>; readonly value: FigureValue }
type Answered =
  | { readonly state: 'open' }
  | { readonly state: 'more-than-asked' }
  | { readonly state: 'closed'; readonly asOf: CivilDate; readonly cells: readonly Cell[] }

const Answered = z.custom<Answered>((value) => typeof value === 'object' && value !== null && 'state' in value)
const parseAnswered = (answer: unknown): Answered => Answered.parse(answer)

/** What was answered, by sex and by kind of agency: made when the survey is closed, and protected as whatever leaves the house. */
export function Results({ stream, survey, instrument }: ResultsProps) {
  const t = useText()
  const format = useFormat()
  const { answer } = useAnswer(`/api/research?survey=${stream}`, parseAnswered)
  if (!survey.closed) return <Waiting note={t('research.results-open')} />
  if (!answer) return <LoadingState />
  if (!answer.ok) return <RefusalNotice refusal={answer.refusal} />
  const { value } = answer
  if (value.state === 'open') return <Waiting note={t('research.results-unsent')} />
  if (value.state === 'more-than-asked') return <Waiting note={t('research.results-more-than-asked')} />
  const all = find(value.cells, {})
  if (all?.value.kind !== 'count')
    return (
      <Section title={t('research.results-few')} note={t('research.results-few-note')}>
        <p>{t('research.asked-were', { asked: survey.asked ?? 0 })}</p>
      </Section>
    )
  const { low } = all.value.count
  return (
    <>
      <Section
        title={t('research.results-count', { count: low })}
        note={t('research.results-note', { asked: survey.asked ?? 0, day: format.date(value.asOf) })}
      >
        <p>{t('research.protected-note')}</p>
      </Section>
      {instrument.questions.map((question) => (
        <Answers key={question.key} {...{ instrument, question, survey }} cells={value.cells} />
      ))}
      <Remarks stream={stream} instrument={instrument} />
    </>
  )
}

function Waiting({ note }: { readonly note: string }) {
  const t = useText()
  return <Section title={t('research.results')}>{note}</Section>
}

type ResultsProps = {
  readonly stream: StreamId
  readonly survey: Survey
  readonly instrument: Instrument
}

/** One row of a table: a value that the question can take, and the cell it stands in. */
type Row = { readonly value: string; readonly key: Readonly<Record<string, string>> }

function Answers({ instrument, question, survey, cells }: AnswersProps) {
  const t = useText()
  if (question.kind === 'text') return null
  const rows = rowsOf(question)
  const shownOf = (row: Row, group: Readonly<Record<string, string>>): Shown =>
    figureOf(find(cells, { ...row.key, ...group })?.value, t)
  const isCrossed = (name: string): boolean =>
    cells.some(({ key }) => name in key && rows.some((row) => Object.keys(row.key).every((each) => each in key)))
  const isTold = rows.some((row) => find(cells, row.key))
  const columns: Column<Row>[] = [
    {
      id: 'value',
      label: t('research.answer'),
      value: ({ value }) => (value === skipped ? t('research.skipped') : sayValue(question, value, t)),
    },
    { id: 'all', label: t('research.all'), align: 'end', value: (row) => shownOf(row, {}) },
    ...(isCrossed('sex')
      ? groupsBySex.map(
          (sex): Column<Row> => ({
            id: sex,
            label: t(`research.group.${sex}`),
            align: 'end',
            value: (row) => shownOf(row, { sex }),
          }),
        )
      : []),
    ...(isCrossed('agency') && survey.agencies.length > 1
      ? survey.agencies.map(
          (agency): Column<Row> => ({
            id: agency,
            label: t(`agency.${agency}`),
            align: 'end',
            value: (row) => shownOf(row, { agency }),
          }),
        )
      : []),
  ]
  return (
    <div className={`card ${workforceStyles.table}`}>
      <DataTable
        caption={sayQuestion(instrument, question, t)}
        {...(isTold
          ? isCrossed('sex') && isCrossed('agency')
            ? {}
            : { note: t('research.not-crossed') }
          : { note: t('research.not-told') })}
        rows={rows}
        keyOf={({ value }) => value}
        columns={columns}
      />
    </div>
  )
}

type AnswersProps = Omit<ResultsProps, 'stream'> & { readonly question: Question; readonly cells: readonly Cell[] }

/** Of several answers only those that were ticked: the rest of the officers did not tick it. */
const rowsOf = (question: Question): Row[] =>
  dimensionsOf(question).flatMap(({ name, values }) =>
    question.kind === 'several'
      ? [{ value: name.slice(question.key.length + 1), key: { [name]: 'ticked' } }]
      : values.map((value) => ({ value, key: { [name]: value } })),
  )

function find(cells: readonly Cell[], wanted: Readonly<Record<string, string>>): Cell | undefined {
  const names = Object.keys(wanted)
  return cells.find(
    ({ key }) => Object.keys(key).length === names.length && names.every((name) => key[name] === wanted[name]),
  )
}

function figureOf(value: FigureValue | undefined, t: Translate): Shown {
  if (value?.kind === 'count') return between(value.count)
  if (value?.kind === 'protected')
    return {
      kind: 'protected',
      why: t(value.rule === 'fewer-than-five' ? 'research.fewer-than-five' : 'research.complement'),
    }
  // What no table holds is held back: all answered alike, or a group could be worked out.
  return { kind: 'protected', why: t('research.complement') }
}
