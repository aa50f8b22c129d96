import type { RateTable } from '@lentera/core/support/livelihoods/rates/project'
import { EmptyState, NextButton, PageTitle, useFormat, useText } from '@lentera/ui/parts'
import { Link, useNavigate } from '@tanstack/react-router'
import type { Projected } from '../../device/context.ts'
import styles from './livelihoods.module.css'
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
        <ul className={`card ${styles.people}`} aria-label={t('rates.tables')}>
          {tables.map((table) => (
            <Row key={table.stream} table={table} />
          ))}
        </ul>
      )}
      <p className={styles.quiet}>{t('rates.how')}</p>
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
      <Link to="/livelihoods/rates/$stream" params={{ stream }} className={styles.person}>
        <span className={styles.name}>
          {[source ?? t('results.unsettled'), edition ?? t('results.unsettled')].join(', ')}
        </span>
        {enteredInError && <span className={styles.mark}>{t('support.entered-in-error')}</span>}
        {conflicts.length > 0 && <span className={styles.mark}>{t('support.two-versions')}</span>}
        {unsent && <span className={styles.mark}>{t('support.unsent')}</span>}
        <span className={styles.quiet}>
          {t('rates.holds', { rates: rates.length, currencies: currenciesOf(state), days: daysOf(state, format) })}
        </span>
      </Link>
    </li>
  )
}
