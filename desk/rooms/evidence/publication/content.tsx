import type { Content } from '@lentera/core/evidence/publication/answers'
import type { PublishedField } from '@lentera/core/shared/publication'
import {
  Actions,
  type Column,
  DataTable,
  exact,
  type FigureValue,
  protectedFigure,
  QuietButton,
  Section,
  useFormat,
  useText,
} from '@lentera/ui/parts'
import { useState } from 'react'
import styles from './publication.module.css'
import { inLanguage, sayDay } from './said.ts'

type Row = { readonly key: string; readonly codes: readonly number[]; readonly figure: FigureValue }

/** Rows shown at first, and when more are asked for; the files on the public page have all of them. */
const firstRows = 15
const moreRows = 300

/** What will be public, as a table. */
export function ContentView({ content }: { readonly content: Content }) {
  const t = useText()
  const format = useFormat()
  const { data, fields } = content
  const [isLong, setIsLong] = useState(false)
  // Of records the most frequent first: the others are many, and one each.
  const all = data.kind === 'table' ? data.cells : data.rows.toSorted((a, b) => b.count - a.count)
  const shownRows = isLong ? moreRows : firstRows
  const rows = all.slice(0, shownRows).map((each): Row => {
    const key = each.codes.join()
    if ('count' in each) return { key, codes: each.codes, figure: exact(each.count) }
    return { key, codes: each.codes, figure: each.value === null ? protectedFigure : exact(each.value) }
  })
  return (
    <Section title={t('publication.content')} note={t('publication.content-note')}>
      <dl className={styles.facts}>
        <dt>{t('publication.as-of')}</dt>
        <dd>{sayDay(content.asOf, format)}</dd>
        <dt>{t('publication.about')}</dt>
        <dd>{inLanguage(content.about, format.language)}</dd>
        <dt>{t('publication.publisher')}</dt>
        <dd>{content.publisher}</dd>
        <dt>{t('publication.source')}</dt>
        <dd>{content.source}</dd>
        <dt>{t('publication.licence')}</dt>
        <dd>{content.licence}</dd>
      </dl>
      <DataTable
        stacks
        caption={
          data.kind === 'table'
            ? t('publication.cells', { count: all.length })
            : t('publication.rows', { count: all.length })
        }
        {...(all.length > shownRows ? { note: t('publication.first-rows', { count: shownRows }) } : {})}
        rows={rows}
        keyOf={({ key }) => key}
        columns={[
          ...fields.map(
            (field, at): Column<Row> => ({
              id: field.name,
              label: inLanguage(field.label, format.language),
              value: ({ codes }) => sayCode(field, codes[at] ?? -1, format.language, t),
            }),
          ),
          {
            id: 'count',
            label: t(content.unit === 'contacts' ? 'publication.unit.contacts' : 'publication.unit.persons'),
            value: ({ figure }) => figure,
          },
        ]}
      />
      {all.length > shownRows && !isLong && (
        <Actions>
          <QuietButton onClick={() => setIsLong(true)}>{t('publication.more-rows')}</QuietButton>
        </Actions>
      )}
    </Section>
  )
}

function sayCode(field: PublishedField, at: number, language: string, t: ReturnType<typeof useText>): string {
  const code = field.codes[at]
  return code ? inLanguage(code.label, language) : t('publication.unknown')
}
