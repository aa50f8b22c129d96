import type { AddsUp, Inside } from '@lentera/core/evidence/publication/answers'
import { Section, useText } from '@lentera/ui/parts'
import styles from './publication.module.css'

/** Parts of a sum that are named; of more it is said how many. */
const mostNamed = 12

/**
 * What the protection took to add up, before it is signed: only those who know the figures see that a sum was missed, and what was
 * missed is open to whoever subtracts.
 */
export function AddsUpView({ inside: { addsUp = [] } }: { readonly inside: Pick<Inside, 'addsUp'> }) {
  const t = useText()
  if (addsUp.length === 0) return null
  return (
    <Section title={t('publication.adds-up')} note={t('publication.adds-up-note')}>
      <dl className={styles.facts}>
        {addsUp.map((field) => (
          <FieldSums key={field.field} field={field} />
        ))}
      </dl>
    </Section>
  )
}

function FieldSums({ field: { field, codes, sums, isWithoutWhole } }: { readonly field: AddsUp }) {
  const t = useText()
  return (
    <>
      <dt>{field}</dt>
      <dd>
        {sums.map(({ whole, parts }) => (
          <p key={`${whole} ${parts[0]}`}>
            {t('publication.adds-up.sum', {
              whole,
              count: parts.length,
              parts: [...parts.slice(0, mostNamed), ...(parts.length > mostNamed ? ['…'] : [])].join(', '),
            })}
          </p>
        ))}
        {isWithoutWhole ? (
          <p className={styles.notice}>{t('publication.adds-up.without', { codes })}</p>
        ) : (
          sums.length === 0 && <p>{t('publication.adds-up.none', { codes })}</p>
        )}
      </dd>
    </>
  )
}
