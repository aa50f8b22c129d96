import type { Report } from '@lentera/core/evidence/capture'
import { DataTable, useFormat, useText } from '@lentera/ui/parts'
import styles from './evidence.module.css'

/** What a person reads before she says yes: how much was read, what could not be, line by line and why. */
export function ImportReport({ report }: { readonly report: Report }) {
  const t = useText()
  const format = useFormat()
  const { rows, issues, issuesByReason, preamble, glotip, ctdc } = report
  return (
    <div className={styles.stack}>
      <p className={styles.strong}>{t('evidence.import.read', { rows, unreadable: issues.length })}</p>
      {preamble.length > 0 && <p className={styles.note}>{preamble.filter(Boolean).join(' · ')}</p>}
      {glotip?.coverage.years && (
        <p>
          {t('evidence.import.covers', {
            areas: glotip.coverage.areas,
            first: format.plain(glotip.coverage.years.first),
            last: format.plain(glotip.coverage.years.last),
            repeats: glotip.coverage.repeats,
            lessThanFive: glotip.coverage.lessThanFive,
          })}
        </p>
      )}
      {glotip && glotip.unfamiliar.length > 0 && (
        <p>
          {t('evidence.import.unfamiliar')}{' '}
          {glotip.unfamiliar
            .map(({ column, value, rows }) => `${column} = ${value} (${format.number(rows)})`)
            .join('; ')}
        </p>
      )}
      {ctdc && <p>{t('evidence.import.ctdc', { smallest: ctdc.smallestClass })}</p>}
      {issues.length > 0 && (
        <>
          <ul>
            {Object.entries(issuesByReason).map(([reason, count]) => (
              <li key={reason}>{t('evidence.import.reason', { reason: t(`evidence.reason.${reason}`), count })}</li>
            ))}
          </ul>
          <DataTable
            caption={t('evidence.import.issues', { shown: Math.min(mostIssues, issues.length), all: issues.length })}
            rows={issues.slice(0, mostIssues)}
            keyOf={(issue) => `${issue.line} ${issue.reason} ${JSON.stringify(issue.values)}`}
            columns={[
              { id: 'line', label: t('evidence.rows.line'), value: (issue) => format.plain(issue.line) },
              {
                id: 'why',
                label: t('evidence.import.why'),
                value: (issue) => t(`issue.evidence.${issue.reason}`, issue.values),
              },
            ]}
            fileName="unreadable-lines.csv"
          />
        </>
      )}
    </div>
  )
}

const mostIssues = 500
