import type { Figure, FigurePart } from '@lentera/core/results/figure'
import { wordsOf } from '@lentera/core/results/groups'
import type { Translate } from '@lentera/ui/catalogues/text'
import { type Column, DataTable, type FigureValue, type Formats, useFormat, useText } from '@lentera/ui/parts'
import type { ReactNode } from 'react'
import type { Opening } from './door.tsx'
import { sayGroup, sayKey, sayPercent, shownFigure } from './figure-words.ts'
import styles from './results.module.css'

type TablesProps = { readonly figures: readonly Figure[]; readonly onOpen: (opening: Opening) => void }

/** Every breakdown of the figures of one scope: by one word side by side, by two crossed, by more as a list. */
export function BreakdownTables({ figures, onOpen }: TablesProps) {
  const t = useText()
  const single = [...new Set(figures.flatMap((figure) => namesOf(figure, 1).map(([name = '']) => name)))]
  const crossed = figures.flatMap((figure) => namesOf(figure, 2).map((by) => ({ figure, by })))
  const listed = figures.flatMap((figure) => namesOf(figure, 3).map((by) => ({ figure, by })))
  return (
    <>
      <div className={styles.tables}>
        {single.map((name) => (
          <SideBySide key={name} by={name} figures={figures} onOpen={onOpen} />
        ))}
      </div>
      {crossed.length + listed.length > 0 && (
        <details>
          <summary className={styles.more}>{t('results.more', { count: crossed.length + listed.length })}</summary>
          <div className={styles.tables}>
            {crossed.map(({ figure, by }) => (
              <Crossed key={`${figure.key} ${by}`} by={by} figure={figure} onOpen={onOpen} />
            ))}
            {listed.map(({ figure, by }) => (
              <Listed key={`${figure.key} ${by}`} by={by} figure={figure} onOpen={onOpen} />
            ))}
          </div>
        </details>
      )}
    </>
  )
}

const namesOf = (figure: Figure, length: number): readonly (readonly string[])[] =>
  figure.breakdowns.filter(({ by, parts }) => by.length === length && parts.length > 0).map(({ by }) => by)

const partsOf = (figure: Figure, by: readonly string[]): readonly FigurePart[] =>
  figure.breakdowns.find((each) => each.by.join() === by.join())?.parts ?? []

const partAt = (figure: Figure, key: FigurePart['key']): FigurePart | undefined =>
  partsOf(figure, Object.keys(key)).find((part) =>
    Object.entries(key).every(([name, value]) => part.key[name] === value),
  )

/**
 * A file of figures may leave the house only where they are released: counts of a team's own few cases, or of the few women
 * of an agency, live and unprotected, are not copied out of it.
 */
const fileOf = (figure: Figure | undefined, by: readonly string[]): { fileName?: string } =>
  figure && figure.opensTo !== 'records' && figure.opensTo !== 'entries' && !hasShares(figure)
    ? { fileName: `${figure.key}-${by.join('-')}-${figure.period}.csv` }
    : {}

function SideBySide({ by, figures, onOpen }: TablesProps & { readonly by: string }) {
  const format = useFormat()
  const having = figures.filter((figure) => partsOf(figure, [by]).length > 0)
  const t = wordsOf(having, useText())
  const groups = [...new Set(having.flatMap((figure) => partsOf(figure, [by]).map((part) => part.key[by] ?? '')))]
  return (
    <div className={`card ${styles.table}`}>
      <DataTable
        caption={t(`results.by.${by}`)}
        note={t('results.not-added')}
        rows={groups}
        keyOf={(group) => group}
        columns={[
          { id: by, label: t(`results.dimension.${by}`), value: (group) => sayGroup(by, group, t) },
          ...having.map(
            (figure): Column<string> => ({
              id: figure.key,
              label: t(`indicator.${figure.key}`),
              value: (group) => valueAt(figure, { [by]: group }, t),
              ...cellAt(figure, (group) => ({ [by]: group }), t, format),
              ...openAt(figure, (group) => ({ [by]: group }), onOpen),
            }),
          ),
        ]}
        {...(having.some(hasShares) ? {} : fileOf(having[0], [by]))}
      />
    </div>
  )
}

type OneProps = {
  readonly by: readonly string[]
  readonly figure: Figure
  readonly onOpen: (opening: Opening) => void
}

function Crossed({ by, figure, onOpen }: OneProps) {
  const t = wordsOf([figure], useText())
  const format = useFormat()
  const [first = '', second = ''] = by
  // Countries stand beside one another, as on the paper a report asks for.
  const [across, down] = first === 'country' ? [first, second] : [second, first]
  const valuesOf = (name: string): string[] => [...new Set(partsOf(figure, by).map((part) => part.key[name] ?? ''))]
  const keyOf = (row: string, column: string): FigurePart['key'] =>
    Object.fromEntries(by.map((name) => [name, name === down ? row : column]))
  return (
    <div className={`card ${styles.table} ${valuesOf(across).length > 3 ? styles.wide : ''}`}>
      <DataTable
        caption={t('results.crossed', {
          figure: t(`indicator.${figure.key}`),
          down: t(`results.dimension.${down}`),
          across: t(`results.dimension.${across}`),
        })}
        note={t('results.not-added')}
        rows={valuesOf(down)}
        keyOf={(row) => row}
        columns={[
          { id: down, label: t(`results.dimension.${down}`), value: (row) => sayGroup(down, row, t) },
          ...valuesOf(across).map(
            (column): Column<string> => ({
              id: column,
              label: sayGroup(across, column, t),
              value: (row) => valueAt(figure, keyOf(row, column), t),
              ...cellAt(figure, (row) => keyOf(row, column), t, format),
              ...openAt(figure, (row) => keyOf(row, column), onOpen),
            }),
          ),
        ]}
        {...fileOf(figure, by)}
      />
    </div>
  )
}

function Listed({ by, figure, onOpen }: OneProps) {
  const t = wordsOf([figure], useText())
  const format = useFormat()
  return (
    <details className={`card ${styles.table}`}>
      <summary>
        {t(`indicator.${figure.key}`)}: {by.map((name) => t(`results.dimension.${name}`)).join(', ')}
      </summary>
      <DataTable
        caption={t(`indicator.${figure.key}`)}
        rows={partsOf(figure, by)}
        keyOf={(part) => sayKey(part.key, t)}
        columns={[
          ...by.map(
            (name): Column<FigurePart> => ({
              id: name,
              label: t(`results.dimension.${name}`),
              value: (part) => sayGroup(name, part.key[name] ?? '', t),
            }),
          ),
          {
            id: 'value',
            label: t('results.count'),
            value: (part) => shownFigure(part.value, t),
            ...shareCell(t, format),
            ...openAt<FigurePart>(figure, (part) => part.key, onOpen),
          },
        ]}
        {...fileOf(figure, by)}
      />
    </details>
  )
}

/** Where there is no part nothing was recorded: unknown to this board, and never a zero. */
function valueAt(figure: Figure, key: FigurePart['key'], t: Translate): FigureValue {
  const part = partAt(figure, key)
  return part ? shownFigure(part.value, t) : { kind: 'unknown', why: t('figure.none.nothing-recorded') }
}

/**
 * What stands in a cell besides its number: a share with both its numbers. Of her own team everything is here: where nothing
 * is recorded, that is known and said so.
 */
function cellAt(
  figure: Figure,
  keyOf: (row: string) => FigurePart['key'],
  t: Translate,
  format: Formats,
): { cell?: (row: string) => ReactNode } {
  if (figure.opensTo !== 'records' && !hasShares(figure)) return {}
  return {
    cell: (row) => {
      const part = partAt(figure, keyOf(row))
      if (part) return shareCell(t, format).cell(part)
      return figure.opensTo === 'records' ? t('results.none-recorded') : undefined
    },
  }
}

function shareCell(t: Translate, format: Formats) {
  return {
    cell: ({ value }: FigurePart): ReactNode => {
      if (value.kind !== 'ratio') return undefined
      const [part, whole] = [format.interval(value.numerator), format.interval(value.denominator)]
      return t('results.share-cell', { share: sayPercent(value, format), part, whole })
    },
  }
}

/** A share would go into a file as its first number alone, which says nothing. */
const hasShares = ({ breakdowns }: Figure): boolean =>
  breakdowns.some(({ parts }) => parts.some(({ value }) => value.kind === 'ratio'))

function openAt<Row>(
  figure: Figure,
  partOf: (row: Row) => FigurePart['key'],
  onOpen: (opening: Opening) => void,
): { onOpen?: (row: Row) => void } {
  return figure.opensTo === 'none' ? {} : { onOpen: (row) => onOpen({ figure, part: partOf(row) }) }
}
