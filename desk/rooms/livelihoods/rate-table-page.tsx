import { StreamId } from '@lentera/core/shared/ids'
import { describeRates, markRatesInError } from '@lentera/core/support/livelihoods/rates/capture'
import type { RateTable } from '@lentera/core/support/livelihoods/rates/project'
import {
  Actions,
  DataTable,
  EmptyState,
  PageTitle,
  QuietButton,
  Section,
  Stack,
  useFormat,
  useText,
} from '@lentera/ui/parts'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { type Projected, useDesk } from '../../device/context.ts'
import type { Typed } from '../../device/use-kept-form.ts'
import { Correction } from '../records/correction.tsx'
import { InError } from '../records/in-error.tsx'
import recordStyles from '../records/records.module.css'
import { currenciesOf, daysOf, useMayImportRates, useRateTables } from './rates.ts'
import { readSource, SourceFields } from './source-fields.tsx'

/** One table of rates: where it is from, what it says, its correction. */
export function RateTablePage() {
  const t = useText()
  const { stream } = useParams({ strict: false })
  const tables = useRateTables()
  const table = tables.find((each) => each.stream === StreamId.safeParse(stream).data)
  if (!table)
    return (
      <EmptyState title={t('rates.not-here')} action={<Link to="/livelihoods/rates">{t('rates.back')}</Link>}>
        {t('rates.not-here-text')}
      </EmptyState>
    )
  return <OneTable table={table} others={tables.filter((each) => each !== table).map(({ state }) => state)} />
}

type TableProps = { readonly table: Projected<RateTable>; readonly others: readonly RateTable[] }

function OneTable({ table: { stream, state, unsent }, others }: TableProps) {
  const t = useText()
  const format = useFormat()
  const desk = useDesk()
  const mayImport = useMayImportRates()
  const { source, edition, verifiedOn, rates, leftOut, enteredInError } = state
  const under = [
    t('rates.imported-on', { day: format.date(state.on) }),
    ...(enteredInError ? [t('support.entered-in-error')] : []),
    ...(state.conflicts.length > 0 ? [t('support.two-versions')] : []),
    ...(unsent ? [t('support.unsent')] : []),
  ].join(' · ')
  const newest = rates.toSorted((a, b) => (a[1] === b[1] ? (a[0] < b[0] ? -1 : 1) : a[1] < b[1] ? 1 : -1))
  return (
    <>
      <PageTitle over={<Link to="/livelihoods/rates">{t('rates.back')}</Link>} under={under}>
        {source ?? t('results.unsettled')}
      </PageTitle>
      <Stack>
        <Section title={t('rates.facts')}>
          <dl className={recordStyles.facts}>
            <dt>{t('rates.edition')}</dt>
            <dd>{edition ?? t('results.unsettled')}</dd>
            <dt>{t('rates.verified-on')}</dt>
            <dd>{verifiedOn ? format.date(verifiedOn) : t('results.unsettled')}</dd>
            <dt>{t('rates.days')}</dt>
            <dd>{daysOf(state, format)}</dd>
            <dt>{t('rates.currencies')}</dt>
            <dd>{currenciesOf(state)}</dd>
            <dt>{t('rates.left-out')}</dt>
            <dd>{format.number(leftOut)}</dd>
          </dl>
          {mayImport && <CorrectSource stream={stream} table={state} />}
        </Section>
        <DataTable
          caption={t('rates.newest')}
          {...(rates.length > shown ? { note: t('rates.of', { shown, all: rates.length }) } : {})}
          rows={newest.slice(0, shown)}
          keyOf={([currency, day]) => `${currency} ${day}`}
          columns={[
            { id: 'day', label: t('rates.day'), value: ([, day]) => format.date(day) },
            { id: 'currency', label: t('rates.currency'), value: ([currency]) => currency },
            { id: 'rate', label: t('rates.rate'), value: ([, , rate]) => rate },
          ]}
        />
        {mayImport && (
          <InError
            isInError={enteredInError}
            says={t('rates.in-error.mark')}
            mark={(is) => markRatesInError(stream, state, is, { today: desk.moment().today, others })}
          />
        )}
      </Stack>
    </>
  )
}

const shown = 60

function CorrectSource({ stream, table }: { readonly stream: StreamId; readonly table: RateTable }) {
  const t = useText()
  const desk = useDesk()
  const { source = '', edition = '', verifiedOn = '' } = table
  const [typed, setTyped] = useState<Typed>()
  if (!typed)
    return (
      <Actions>
        <QuietButton onClick={() => setTyped({ source, edition, verifiedOn })}>{t('records.correct')}</QuietButton>
      </Actions>
    )
  const set = (field: string, value: string): void => setTyped((was) => ({ ...was, [field]: value }))
  return (
    <Correction
      typed={typed}
      decide={() => describeRates(stream, table, readSource(typed), desk.moment().today)}
      onDone={() => setTyped(undefined)}
    >
      <div className={recordStyles.fields}>
        <SourceFields typed={typed} set={set} />
      </div>
    </Correction>
  )
}
