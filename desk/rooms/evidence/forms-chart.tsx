import type { FormsBySexAndAge } from '@lentera/core/evidence/figures'
import { glotip } from '@lentera/core/evidence/words'
import type { StreamId } from '@lentera/core/shared/ids'
import { BarsByGroup, useFormat, useText } from '@lentera/ui/parts'
import type { OpenRows } from './rows-dialog.tsx'
import { cellFigure, sayAge, sayForm, saySex } from './source-words.ts'

/** Forms of exploitation by sex and age, in the classes of the source. */
export function FormsChart({
  figures,
  dataSet,
  source,
  onOpen,
}: {
  readonly figures: FormsBySexAndAge
  readonly dataSet: StreamId
  readonly source: string
  readonly onOpen: (open: OpenRows) => void
}) {
  const t = useText()
  const format = useFormat()
  const year = format.plain(figures.year)
  const groups = figures.groups
    .filter((group) => group.forms.some(({ cell }) => cell.count))
    .map(({ sex, age, forms }) => ({
      id: `${sex}|${age}`,
      label: `${saySex(sex, t)}, ${sayAge(age, t)}`,
      figures: Object.fromEntries(forms.map(({ form, cell }) => [form, cellFigure(cell, t)])),
    }))
  const most = mostOf(figures.groups.find(isOfWomen)?.forms ?? [])
  return (
    <BarsByGroup
      title={most ? t('evidence.forms.finding', { form: sayForm(most, t), year }) : t('evidence.forms.title', { year })}
      units={t('evidence.forms.units')}
      source={source}
      layout="grouped"
      groups={groups}
      series={Object.values(glotip.forms).map((form, index) => ({
        id: form,
        label: sayForm(form, t),
        look: looks[index] ?? 6,
      }))}
      fileName={`forms-by-sex-and-age-${figures.year}.csv`}
      onOpen={(group, form) => {
        const cell = figures.groups
          .find(({ sex, age }) => `${sex}|${age}` === group)
          ?.forms.find((each) => each.form === form)?.cell
        const label = groups.find(({ id }) => id === group)?.label ?? ''
        if (cell) onOpen({ title: `${label}: ${sayForm(form, t)}`, dataSet, filters: [cell.where] })
      }}
    />
  )
}

type Group = FormsBySexAndAge['groups'][number]
const isOfWomen = ({ sex, age }: Group): boolean => sex === glotip.sexes.female && age === glotip.ages.adult

/** The form that is the largest whatever each "<5" stands for; none where that is open. */
function mostOf(forms: Group['forms']): string | undefined {
  const known = forms.flatMap(({ form, cell }) => (cell.count ? [{ form, ...cell.count }] : []))
  const isLargest = (each: (typeof known)[number]): boolean =>
    known.every((other) => other === each || other.high < each.low)
  return known.length === forms.length ? known.find(isLargest)?.form : undefined
}

const looks = [1, 2, 3] as const
