import type { Report } from '@lentera/core/evidence/capture'
import { nameContradictions } from '@lentera/core/evidence/glotip'
import type { Unfamiliar } from '@lentera/core/evidence/unfamiliar'
import { ctdcPublishedK } from '@lentera/core/evidence/words'
import type { Translate } from '@lentera/ui/catalogues/text'
import { DataTable, useFormat, useText } from '@lentera/ui/parts'
import styles from './evidence.module.css'

/** What a person reads before she says yes: how much was read, what could not be, line by line and why. */
export function ImportReport({ report }: { readonly report: Report }) {
  const t = useText()
  const format = useFormat()
  const { rows, issues, issuesByReason, preamble, unfamiliar, glotip, ctdc } = report
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
      {glotip && glotip.contradictions.length > 0 && (
        <p className={styles.strong}>
          {t('evidence.import.contradictions', {
            cells: glotip.contradictions.length,
            lines: nameContradictions(glotip.contradictions),
          })}
        </p>
      )}
      {unfamiliar.length > 0 && (
        <DataTable
          caption={t('evidence.import.unfamiliar', {
            shown: Math.min(mostIssues, unfamiliar.length),
            all: unfamiliar.length,
          })}
          rows={unfamiliar.slice(0, mostIssues)}
          keyOf={({ what, column, value }) => JSON.stringify([what, column, value])}
          columns={[
            { id: 'column', label: t('evidence.unfamiliar.column'), value: ({ column }) => column },
            { id: 'value', label: t('evidence.unfamiliar.value'), value: ({ value }) => value },
            { id: 'lines', label: t('evidence.unfamiliar.lines'), value: (each) => sayLines(each, t) },
            { id: 'why', label: t('evidence.import.why'), value: ({ what }) => t(`evidence.unfamiliar.why.${what}`) },
          ]}
          fileName="unfamiliar-values.csv"
        />
      )}
      {ctdc && (
        <>
          <p>{t(`evidence.layout.${ctdc.layout}`)}</p>
          <p>{t('evidence.import.ctdc', { smallest: ctdc.smallestClass })}</p>
          {ctdc.layout === 'k-anonymous' && ctdc.smallestClass < ctdcPublishedK && (
            <p className={styles.strong}>
              {t('evidence.import.below-k', { smallest: ctdc.smallestClass, k: ctdcPublishedK })}
            </p>
          )}
          <p className={styles.strong}>{t('evidence.internal')}</p>
        </>
      )}
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

/** The lines of one value, the first of them by number. */
function sayLines({ lines, rows }: Unfamiliar, t: Translate): string {
  return t('evidence.unfamiliar.named', { lines: lines.join(', '), more: rows - lines.length })
}

const mostIssues = 500
