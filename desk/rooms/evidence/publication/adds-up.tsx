import type { AddsUp, PublicationDraft } from '@lentera/core/evidence/publication/answers'
import type { PublishedField } from '@lentera/core/shared/publication'
import { Section, useFormat, useText } from '@lentera/ui/parts'
import styles from './publication.module.css'
import { inLanguage } from './said.ts'

/** Parts of a sum that are named; of more it is said how many. */
const mostNamed = 12

/**
 * What the protection took to add up, before it is signed: only those who know the figures see that a sum was missed, and what was
 * missed is open to whoever subtracts.
 */
export function AddsUpView({ draft: { content, inside } }: { readonly draft: PublicationDraft }) {
  const t = useText()
  const { addsUp = [] } = inside
  if (addsUp.length === 0) return null
  return (
    <Section title={t('publication.adds-up')} note={t('publication.adds-up-note')}>
      <dl className={styles.facts}>
        {addsUp.map((field) => (
          <FieldSums
            key={field.field}
            field={field}
            published={content.fields.find(({ name }) => name === field.field)}
          />
        ))}
      </dl>
    </Section>
  )
}

function FieldSums({
  field: { field, codes, sums, isWithoutWhole },
  published,
}: {
  readonly field: AddsUp
  /** Undefined where columns of the file add up together. */
  readonly published: PublishedField | undefined
}) {
  const t = useText()
  const { language } = useFormat()
  const say = (code: string): string => {
    const known = published?.codes.find((each) => each.code === code)
    return known ? inLanguage(known.label, language) : code
  }
  return (
    <>
      <dt>{published ? inLanguage(published.label, language) : field}</dt>
      <dd>
        {sums.map(({ whole, parts }) => (
          <p key={`${whole} ${parts[0]}`}>
            {t('publication.adds-up.sum', {
              whole: say(whole),
              count: parts.length,
              parts: [...parts.slice(0, mostNamed).map(say), ...(parts.length > mostNamed ? ['…'] : [])].join(', '),
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
