import type { Caution, Cell } from '@lentera/core/evidence/figures'
import { glotip } from '@lentera/core/evidence/words'
import type { Translate } from '@lentera/ui/catalogues/text'
import { between, type FigureValue } from '@lentera/ui/parts'

/** A class of the source in the reader's language; one this version does not know stays in the source's words. */
export function saySex(value: string, t: Translate): string {
  const code = codeOf(glotip.sexes, value)
  return code === undefined ? value : t(`evidence.sex.${code}`)
}

export function sayAge(value: string, t: Translate): string {
  const code = codeOf(glotip.ages, value)
  return code === undefined ? value : t(`evidence.age.${code}`)
}

export function sayForm(value: string, t: Translate): string {
  const code = codeOf(glotip.forms, value)
  return code === undefined ? value : t(`evidence.form.${code}`)
}

const codeOf = (words: Readonly<Record<string, string>>, value: string): string | undefined =>
  Object.entries(words).find(([, word]) => word === value)?.[0]

/** No row is unknown: neither zero nor an interval. */
export const cellFigure = (cell: Cell | undefined, t: Translate): FigureValue =>
  cell?.count ? between(cell.count) : { kind: 'unknown', why: t('evidence.no-row') }

export const sayCaution = ({ code, ...values }: Caution, t: Translate): string => t(`caution.evidence.${code}`, values)
