import type { Instrument, Question } from '@lentera/core/workforce/research/words'
import type { Translate } from '@lentera/ui/catalogues/text'

export const sayInstrument = ({ key }: Instrument, t: Translate): string => t(`research.instrument.${key}.title`)

export function sayQuestion({ key: instrument, mode }: Instrument, { key, kind }: Question, t: Translate): string {
  if (key === 'own-words') return t('research.own-words')
  // Of an interview the ten areas stand by their names alone: the question that opens them is asked once.
  if (mode === 'interview' && kind === 'one') return t(`barrier.area.${key}`)
  return t(`research.instrument.${instrument}.${key}`)
}

/** The words of a value that a question can take; of a band, from which number to which. */
export function sayValue(question: Question, value: string, t: Translate): string {
  switch (question.kind) {
    case 'one':
      return t(`research.scale.${question.scale}.${value}`)
    case 'several':
      return t(`research.several.${question.key}.${value}`)
    case 'bands':
      return sayBand(question.bands, Number(value), t)
    case 'text':
      return value
  }
}

export function sayBand(bands: readonly number[], low: number, t: Translate): string {
  const next = bands[bands.indexOf(low) + 1]
  if (next === undefined) return t('research.band-and-more', { low })
  return next === low + 1 ? t('research.band-one', { low }) : t('research.band', { low, high: next - 1 })
}
