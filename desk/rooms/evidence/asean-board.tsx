import type { AseanSideBySide, Cell } from '@lentera/core/evidence/figures'
import { glotip } from '@lentera/core/evidence/words'
import type { StreamId } from '@lentera/core/shared/ids'
import { BarsByGroup, type Column, DataTable, SelectField, useFormat, useText } from '@lentera/ui/parts'
import { useState } from 'react'
import styles from './evidence.module.css'
import type { OpenRows } from './rows-dialog.tsx'
import { cellFigure, sayCaution, sayForm, saySex } from './source-words.ts'

type Country = AseanSideBySide['countries'][number]

/** The countries of ASEAN side by side in one year. A country without a row is unknown, never zero. */
export function AseanBoard({ figures, boardYear, dataSet, source, onOpen }: AseanProps) {
  const t = useText()
  const format = useFormat()
  const [year, setYear] = useState(boardYear)
  const years = figures.countries[0]?.years.map((each) => each.year) ?? []
  const at = (country: Country) => country.years.find((each) => each.year === year)
  const name = (country: Country): string => t(`country.${country.country}`)
  const open = (country: Country, cell: Cell | undefined): void => {
    if (cell?.count) onOpen({ title: `${name(country)}, ${format.plain(year)}`, dataSet, filters: [cell.where] })
  }
  const known = figures.countries.filter((country) => at(country)?.total.count)
  const column = (id: string, label: string, cellOf: (country: Country) => Cell | undefined): Column<Country> => ({
    id,
    label,
    value: (country) => cellFigure(cellOf(country), t),
    onOpen: (country) => open(country, cellOf(country)),
  })
  const sexes = Object.values(glotip.sexes).filter((sex) => sex !== glotip.sexes.total)
  return (
    <div className={styles.stack}>
      <div className={styles.choice}>
        <SelectField
          label={t('evidence.asean.year')}
          value={String(year)}
          onChange={(chosen) => setYear(Number(chosen) || boardYear)}
          choices={years.map((each) => ({ value: String(each), label: format.plain(each) }))}
        />
      </div>
      <BarsByGroup
        title={t('evidence.asean.finding', {
          known: known.length,
          all: figures.countries.length,
          year: format.plain(year),
        })}
        units={t('evidence.asean.units')}
        source={source}
        layout="grouped"
        groups={figures.countries.map((country) => ({
          id: country.country,
          label: name(country),
          figures: { total: cellFigure(at(country)?.total, t) },
        }))}
        series={[{ id: 'total', label: t('evidence.asean.total'), look: 1 }]}
        onOpen={(id) => {
          const country = figures.countries.find((each) => each.country === id)
          if (country) open(country, at(country)?.total)
        }}
      />
      <div className={`card ${styles.table}`}>
        <DataTable
          caption={t('evidence.asean.table', { year: format.plain(year) })}
          note={t('evidence.asean.note')}
          rows={figures.countries}
          keyOf={(country) => country.country}
          columns={[
            { id: 'country', label: t('evidence.asean.country'), value: name },
            column('total', t('evidence.asean.total'), (country) => at(country)?.total),
            ...sexes.map((sex) =>
              column(sex, saySex(sex, t), (country) => at(country)?.bySex.find((cell) => cell.where.sex === sex)),
            ),
            ...Object.values(glotip.forms).map((form) =>
              column(form, sayForm(form, t), (country) =>
                at(country)?.byForm.find((cell) => cell.where.category === form),
              ),
            ),
          ]}
          fileName={`asean-${year}.csv`}
        />
      </div>
      {figures.cautions.length > 0 && (
        <ul className={styles.cautions}>
          {figures.cautions.map((caution) => (
            <li key={caution.code}>{sayCaution(caution, t)}</li>
          ))}
        </ul>
      )}
    </div>
  )
}

type AseanProps = {
  readonly figures: AseanSideBySide
  readonly boardYear: number
  readonly dataSet: StreamId
  readonly source: string
  readonly onOpen: (open: OpenRows) => void
}
