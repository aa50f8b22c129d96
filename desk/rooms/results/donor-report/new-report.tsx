import { openReport } from '@lentera/core/donor-report/capture'
import type { DonorReport } from '@lentera/core/donor-report/project'
import { Phase, Quarter } from '@lentera/core/plan/words'
import { CivilDate, firstDayOf } from '@lentera/core/shared/dates'
import { StreamId } from '@lentera/core/shared/ids'
import { refuse } from '@lentera/core/shared/refusals'
import { Actions, Form, NextButton, RefusalNotice, SelectField, useFormat, useText } from '@lentera/ui/parts'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useDesk, useSnapshot } from '../../../device/context.ts'
import type { Typed } from '../../../device/use-kept-form.ts'
import { useWrite } from '../../../device/use-write.ts'
import type { Choices } from './use-report.ts'

type NewReportProps = { readonly choices: Choices; readonly reports: readonly DonorReport[] }

/** Phase, quarter and cut-off: what a report is of. Nothing to type, so nothing is kept. */
export function NewReport({ choices, reports }: NewReportProps) {
  const t = useText()
  const format = useFormat()
  const desk = useDesk()
  const navigate = useNavigate()
  const me = useSnapshot((snapshot) => snapshot.me)
  const [typed, setTyped] = useState<Typed>(nothing)
  const { refusal, busy, write } = useWrite(typed)
  const { quarter = '', cutOff = '' } = typed
  const phase = choices.phases.find(({ key }) => key === typed.phase)
  const set = (field: string) => (value: string) => setTyped((now) => ({ ...now, [field]: value }))
  const dates = (phase?.dates ?? []).flatMap(({ from, to }) => {
    const [first, last] = [Quarter.safeParse(from).data, Quarter.safeParse(to).data]
    return first && last ? [{ from: first, to: last }] : []
  })
  const open = async (): Promise<void> => {
    const stream = StreamId.parse(crypto.randomUUID())
    const chosen = Phase.safeParse(typed.phase).data
    const decided =
      chosen && me
        ? openReport(
            { stream, organisation: me.organisation, phase: chosen, quarter, cutOff },
            { dates, cutOffs: choices.cutOffs },
            reports,
            desk.moment().today,
          )
        : refuse('donor-report.no-phase')
    if (await write(decided)) await navigate({ to: '/results/reports/$stream', params: { stream } })
  }
  return (
    <Form label={t('donor-report.new')} onSubmit={open}>
      <SelectField
        label={t('donor-report.phase')}
        value={typed.phase ?? ''}
        empty={t('donor-report.choose')}
        onChange={set('phase')}
        choices={choices.phases.map(({ key, dates: said }) => ({
          value: key,
          label: said.length > 0 ? t(`phase.${key}`) : t('donor-report.not-dated', { phase: t(`phase.${key}`) }),
        }))}
      />
      <SelectField
        label={t('donor-report.quarter')}
        value={quarter}
        empty={t('donor-report.choose')}
        onChange={set('quarter')}
        choices={quartersOf(dates, choices.cutOffs[0]).map((value) => ({ value, label: format.date(value) }))}
      />
      <SelectField
        label={t('donor-report.cut-off')}
        why={t('donor-report.cut-off-why')}
        value={cutOff}
        empty={t('donor-report.choose')}
        onChange={set('cutOff')}
        choices={choices.cutOffs.map((value) => {
          const day = CivilDate.safeParse(value).data
          return { value, label: day ? format.date(day) : value }
        })}
      />
      {refusal && <RefusalNotice refusal={refusal} />}
      <Actions>
        <NextButton type="submit" disabled={busy}>
          {t('donor-report.open')}
        </NextButton>
      </Actions>
    </Form>
  )
}

const nothing: Typed = {}

/** The quarters of the phase that had begun at the newest cut-off, newest first: of others nothing is counted. */
function quartersOf(
  dates: readonly { readonly from: CivilDate; readonly to: CivilDate }[],
  newest: string | undefined,
): readonly CivilDate[] {
  const quarters = new Set<CivilDate>()
  for (const { from, to } of dates)
    for (let each = from; each <= to && newest !== undefined && firstDayOf(each) <= newest; each = after(each))
      quarters.add(each)
  return [...quarters].sort().reverse()
}

function after(quarter: CivilDate): CivilDate {
  const [year, number] = [Number(quarter.slice(0, 4)), Number(quarter.slice(6))]
  return CivilDate.parse(number === 4 ? `${year + 1}-Q1` : `${year}-Q${number + 1}`)
}
