import { writeNarrative } from '@lentera/core/donor-report/capture'
import type { ReportModel } from '@lentera/core/donor-report/model'
import type { DonorReport } from '@lentera/core/donor-report/project'
import { type SaidObjective, type SaidReport, type SaidRow, sayNarrative } from '@lentera/core/donor-report/say'
import { readNarrative, slotsOf } from '@lentera/core/donor-report/slots'
import { fieldOf, type Part, partOfObjective, ReportedPeriod } from '@lentera/core/donor-report/words'
import type { PrintedLanguage } from '@lentera/core/shared/languages'
import {
  Actions,
  ConflictNotice,
  DataTable,
  Form,
  LoadingState,
  LongTextField,
  NextButton,
  RefusalNotice,
  Section,
  SelectField,
  useFormat,
  useText,
} from '@lentera/ui/parts'
import { useNavigate } from '@tanstack/react-router'
import { useMemo } from 'react'
import { type Projected, useDesk, useSnapshot } from '../../../device/context.ts'
import { useKeptForm } from '../../../device/use-kept-form.ts'
import { useWrite } from '../../../device/use-write.ts'
import styles from './report.module.css'
import { useReportVoice } from './use-report.ts'

export type ReportPartProps = {
  readonly report: Projected<DonorReport>
  readonly part: Part
  readonly language: PrintedLanguage
  /** Undefined while there is no network: texts can be written all the same. */
  readonly model: ReportModel | undefined
  readonly said: SaidReport | undefined
  readonly mayWrite: boolean
}

/** The figures of one objective (of the summary, none of its own), and the text beside them. */
export function ReportPart(props: ReportPartProps) {
  const t = useText()
  const { part, said, mayWrite } = props
  const objective = said?.objectives.find(({ number }) => partOfObjective(number) === part)
  const number = part === 'summary' ? undefined : part.slice(-1)
  return (
    <Section title={number === undefined ? t('donor-report.summary') : t(`objective.${number}`)}>
      <div className={objective ? styles.beside : undefined}>
        {said && objective && <Figures said={said} objective={objective} />}
        <div className={styles.words}>
          <Versions {...props} />
          {mayWrite && <Writing {...props} />}
          <Reading {...props} />
        </div>
      </div>
    </Section>
  )
}

function Figures({ said, objective }: { readonly said: SaidReport; readonly objective: SaidObjective }) {
  const t = useText()
  const navigate = useNavigate()
  const rows = objective.outcomes.flatMap(({ outputs }) => outputs.flatMap((output) => output.rows))
  const column = (id: string, label: string, value: (row: SaidRow) => string) => ({ id, label, value })
  return (
    <div className={styles.figures}>
      <DataTable
        caption={t('donor-report.figures')}
        rows={rows}
        keyOf={({ key }) => key}
        // Each figure is a door to its definition.
        onOpenRow={({ key }) => navigate({ to: '/results/plan/$indicator', params: { indicator: key } })}
        columns={[
          column('indicator', said.columns.indicator, ({ name }) => name),
          ...ReportedPeriod.options.map((period) =>
            column(period, said.columns[period], ({ values }) => values[period].text),
          ),
          ...(said.hasChanged ? [column('since', said.columns.since, ({ since }) => since?.text ?? '')] : []),
        ]}
      />
    </div>
  )
}

// ---------------------------------------------------------------- the text

const standingIn = ({ report: { state }, part, language }: ReportPartProps): readonly string[] =>
  state.narratives.find((each) => each.part === part && each.language === language)?.versions ?? []

/** Two texts that were written apart: one of them is kept, or another is written over both. */
function Versions({ report: { stream, state }, part, language, mayWrite }: ReportPartProps) {
  const t = useText()
  const format = useFormat()
  const desk = useDesk()
  const members = useSnapshot((snapshot) => snapshot.members)
  const { refusal, write } = useWrite()
  const conflict = state.conflicts.find(({ field }) => field === fieldOf(part, language))
  if (!conflict) return null
  const textOf = (id: string): string => {
    const head = conflict.heads.find(({ entry }) => entry === id)
    return head && 'value' in head ? String(head.value) : ''
  }
  const settle = (id: string) =>
    write(writeNarrative(stream, state, { part, language, text: textOf(id) }, desk.moment().today))
  return (
    <>
      <ConflictNotice
        field={t('donor-report.text')}
        versions={conflict.heads.map(({ entry, author, on }) => ({
          id: entry,
          value: textOf(entry),
          by: members.find((member) => member.member === author)?.label ?? t('support.someone'),
          when: format.date(on),
        }))}
        {...(mayWrite ? { onSettle: settle } : {})}
      />
      {refusal && <RefusalNotice refusal={refusal} />}
    </>
  )
}

function Writing(props: ReportPartProps) {
  const t = useText()
  const desk = useDesk()
  const { report, part, language } = props
  const stands = standingIn(props)[0] ?? ''
  const form = useKeptForm(`donor-report ${report.stream} ${fieldOf(part, language)}`)
  const { refusal, busy, write } = useWrite(form.typed)
  const slots = useSlots(part, report.state)
  if (!form.ready) return <LoadingState lines={1} />
  // What is typed covers what stands, until it is handed in.
  const { text = stands } = form.typed
  const save = async (): Promise<void> => {
    const said = { part, language, text }
    if (await write(writeNarrative(report.stream, report.state, said, desk.moment().today), form.seen))
      await form.forget()
  }
  const label = part === 'summary' ? t('donor-report.summary') : t(`objective.${part.slice(-1)}`)
  return (
    <Form label={label} onSubmit={save}>
      <div lang={language}>
        <LongTextField
          label={t('donor-report.text')}
          why={t('donor-report.no-names')}
          optional
          save={form.state}
          value={text}
          onChange={(typed) => form.set('text', typed)}
        />
      </div>
      <SelectField
        label={t('donor-report.slots')}
        why={t('donor-report.slots-why')}
        value=""
        empty={t('donor-report.choose')}
        onChange={(slot) => form.set('text', `${text}${text === '' || /\s$/.test(text) ? '' : ' '}${slot}`)}
        choices={slots}
      />
      {text !== stands && <p className={styles.quiet}>{t('donor-report.text-unsaved')}</p>}
      {refusal && <RefusalNotice refusal={refusal} />}
      <Actions>
        <NextButton type="submit" disabled={busy}>
          {t('donor-report.save-text')}
        </NextButton>
      </Actions>
    </Form>
  )
}

/** Every figure that this text may hold, by its name and period. */
function useSlots(part: Part, { phase, quarter }: DonorReport) {
  const t = useText()
  const format = useFormat()
  return useMemo(() => {
    const periods = {
      quarter: format.date(quarter),
      phase: t(`phase.${phase}`),
      year: format.plain(Number(quarter.slice(0, 4))),
      all: t('donor-report.period.all'),
    }
    return slotsOf(part).flatMap((value) => {
      const read = readNarrative(part, value)
      const piece = read.ok ? read.value[0] : undefined
      if (!piece || !('slot' in piece)) return []
      return [{ value, label: `${t(`indicator.${piece.slot.key}`)} · ${periods[piece.slot.period]}` }]
    })
  }, [part, phase, quarter, t, format])
}

/** What stands, with its figures in it, as a reader of this text's own language will find it. */
function Reading({ report, part, model }: ReportPartProps) {
  const t = useText()
  const voice = useReportVoice()
  const said = sayNarrative({ objectives: model?.objectives ?? [], narratives: report.state.narratives }, part, voice)
  if (!model && said.paragraphs.length > 0) return null
  return (
    <div className={styles.reads}>
      <h3 className={styles.readsTitle}>{t('donor-report.reads')}</h3>
      {said.note !== null && <p className={styles.quiet}>{said.note}</p>}
      {said.paragraphs.map((text, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the paragraphs of one text never move
        <p key={at} lang={said.language}>
          {text}
        </p>
      ))}
    </div>
  )
}
