import { DataTable, EmptyState, exact, NextButton, PageTitle, useFormat, useText } from '@lentera/ui/parts'
import { Link, useNavigate } from '@tanstack/react-router'
import styles from './livelihoods.module.css'
import { currenciesOf, daysOf, useMayImportRates, useRateTables } from './rates.ts'

/** The tables of exchange rates of the programme, each with its source. */
export function RateTablesPage() {
  const t = useText()
  const format = useFormat()
  const navigate = useNavigate()
  const mayImport = useMayImportRates()
  const tables = useRateTables()
  return (
    <>
      <PageTitle over={<Link to="/livelihoods">{t('livelihoods.back')}</Link>} under={t('rates.under')}>
        {t('rates.title')}
      </PageTitle>
      {mayImport && (
        <p>
          <NextButton onClick={() => navigate({ to: '/livelihoods/rates/new' })}>{t('rates.new')}</NextButton>
        </p>
      )}
      {tables.length === 0 ? (
        <EmptyState title={t('rates.none')}>
          {mayImport ? t('rates.none-text') : t('rates.none-text-reader')}
        </EmptyState>
      ) : (
        <DataTable
          caption={t('rates.tables')}
          rows={tables}
          keyOf={({ stream }) => stream}
          onOpenRow={({ stream }) => navigate({ to: '/livelihoods/rates/$stream', params: { stream } })}
          columns={[
            { id: 'source', label: t('rates.source'), value: ({ state }) => state.source ?? t('results.unsettled') },
            { id: 'edition', label: t('rates.edition'), value: ({ state }) => state.edition ?? t('results.unsettled') },
            { id: 'days', label: t('rates.days'), value: ({ state }) => daysOf(state, format) },
            { id: 'currencies', label: t('rates.currencies'), value: ({ state }) => currenciesOf(state) },
            { id: 'rates', label: t('rates.count'), value: ({ state }) => exact(state.rates.length) },
            {
              id: 'marks',
              label: t('rates.marks'),
              value: ({ state, unsent }) =>
                [
                  ...(state.enteredInError ? [t('support.entered-in-error')] : []),
                  ...(state.conflicts.length > 0 ? [t('support.two-versions')] : []),
                  ...(unsent ? [t('support.unsent')] : []),
                ].join(', '),
            },
          ]}
        />
      )}
      <p className={styles.quiet}>{t('rates.how')}</p>
    </>
  )
}
