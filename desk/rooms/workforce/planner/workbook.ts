import { type SheetToWrite, writeWorkbook } from '@lentera/core/sheets/write-workbook'
import type { SaidPlan } from './said-plan.ts'
import type { Say } from './say-plan.ts'

export const workbookType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** A plan for the agency's own files: gaps, options, steps, what is impossible and why, what was assumed; a sheet each. */
export const workbookOfPlan = (said: SaidPlan, say: Pick<Say, 't'>): Uint8Array =>
  writeWorkbook(sheetsOf(said, say), said.stamp)

function sheetsOf(said: SaidPlan, { t }: Pick<Say, 't'>): readonly SheetToWrite[] {
  const above = [said.title, said.under]
  const names = [...new Set(said.options.flatMap(({ facts }) => facts.map(([name]) => name)))]
  return [
    {
      name: t('cover.file.gaps'),
      above: [...above, said.now],
      head: [t('cover.post'), t('cover.file.needed'), t('cover.file.covered'), t('cover.file.missing')],
      rows: said.open.map(({ post, needed, covered }) => [post, needed, covered, needed - covered]),
      widths: [48, 16, 16, 16],
    },
    {
      name: t('cover.file.options'),
      above: [...above, said.proposed, ...said.judged],
      head: ['', ...said.options.map(({ name }) => name)],
      rows: names.map((name) => [
        name,
        ...said.options.map(({ facts }) => numberIn(facts.find(([each]) => each === name)?.[1] ?? '')),
      ]),
      widths: [34, 34, 34, 34],
    },
    {
      name: t('cover.file.steps'),
      above: [...above, said.proposed, ...(said.sums ?? [])],
      head: ['year', 'step', 'officers', 'cost', 'by-hand'].map((column) => t(`cover.column.${column}`)),
      rows: said.steps.map(({ year, text, who, cost, isByHand }) => [
        year,
        text,
        who.join(' '),
        cost ?? t('cover.price.unknown'),
        isByHand ? t('cover.file.yes') : null,
      ]),
      widths: [10, 80, 30, 18, 14],
    },
    {
      name: t('cover.file.stays'),
      above: [...above, ...(said.staySums ?? [])],
      head: [t('cover.file.stays-open'), t('cover.file.why')],
      rows: said.stays.map(({ text, proof }) => [text, proof.join(' ')]),
      widths: [60, 120],
    },
    {
      name: t('cover.assume.title'),
      above,
      head: [t('cover.file.assumed'), t('cover.file.value')],
      rows: said.assumed.map(([name, value]) => [name, numberIn(value)]),
      widths: [60, 40],
    },
  ]
}

/** What is a whole number and nothing else is one in its cell too, so that it can be added up. */
const numberIn = (text: string): string | number => (/^\d{1,12}$/.test(text) ? Number(text) : text)
