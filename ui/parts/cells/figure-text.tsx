import type { Translate } from '../../catalogues/text.ts'
import { IntervalText } from '../interval-text/interval-text.tsx'
import { type Formats, useFormat, useText } from '../language/language.tsx'
import styles from './cells.module.css'
import type { FigureValue } from './figure-value.ts'

/** A figure in a line of text or a cell: digits, bounds, stripes for protected, a hatch for unknown. */
export function FigureText({ figure, decimals }: { readonly figure: FigureValue; readonly decimals?: number }) {
  const t = useText()
  const format = useFormat()
  switch (figure.kind) {
    case 'exact':
      return <span className="num">{sayExact(figure, t, format, decimals)}</span>
    case 'interval':
      return <IntervalText interval={figure} {...(decimals === undefined ? {} : { decimals })} />
    case 'protected':
      return <ProtectedMark {...(figure.why === undefined ? {} : { why: figure.why })} />
    case 'unknown':
      return (
        <span className={styles.unknown} title={figure.why ?? t('ui.figure.unknown-why')}>
          {t('ui.figure.unknown')}
        </span>
      )
  }
}

function sayExact(
  { value, read }: Extract<FigureValue, { kind: 'exact' }>,
  t: Translate,
  format: Formats,
  decimals: number | undefined,
): string {
  if (read === 'percent') return format.percent(value, decimals ?? 1)
  const number = format.number(value, decimals)
  return read === undefined ? number : t(`ui.figure.${read}`, { number })
}

/** The stripes themselves, with the word for those who do not see them. */
export function ProtectedMark({ why }: { readonly why?: string }) {
  const t = useText()
  return (
    <span className={styles.protected} title={why ?? t('ui.figure.protected-why')}>
      <span className="said">{t('ui.figure.protected')}</span>
    </span>
  )
}

/** A cell of a table that may not be shown because too few people stand behind it, or behind what it would give away. */
export function ProtectedCell({ why }: { readonly why?: string }) {
  const t = useText()
  return (
    <td className={styles.protectedCell} title={why ?? t('ui.figure.protected-why')}>
      <span className="said">{t('ui.figure.protected')}</span>
    </td>
  )
}
