import type { RateTable } from '@lentera/core/support/livelihoods/rates/project'
import { EmptyState, NextButton, PageTitle, useFormat, useText } from '@lentera/ui/parts'
import { Link, useNavigate } from '@tanstack/react-router'
import type { Projected } from '../../device/context.ts'
import { Marks } from '../records/list.tsx'
import recordStyles from '../records/records.module.css'
import { currenciesOf, daysOf, useMayImportRates, useRateTables } from './rates.ts'

/** The tables of exchange rates of the programme, each with its source. */
export function RateTablesPage() {
  const t = useText()
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
        <ul className={`card ${recordStyles.list}`} aria-label={t('rates.tables')}>
          {tables.map((table) => (
            <Row key={table.stream} table={table} />
          ))}
        </ul>
      )}
      <p className={recordStyles.quiet}>{t('rates.how')}</p>
    </>
  )
}

/** In lines, as a source is long and a screen is narrow. */
function Row({ table: { stream, state, unsent } }: { readonly table: Projected<RateTable> }) {
  const t = useText()
  const format = useFormat()
  const { source, edition, rates, enteredInError, conflicts } = state
  return (
    <li>
      <Link to="/livelihoods/rates/$stream" params={{ stream }} className={recordStyles.row}>
        <span className={recordStyles.name}>
          {[source ?? t('results.unsettled'), edition ?? t('results.unsettled')].join(', ')}
        </span>
        <Marks inError={enteredInError} twoVersions={conflicts.length > 0} unsent={unsent} />
        <span className={recordStyles.quiet}>
          {t('rates.holds', { rates: rates.length, currencies: currenciesOf(state), days: daysOf(state, format) })}
        </span>
      </Link>
    </li>
  )
}
