import type { Numbers, Wanted } from '@lentera/core/plan/capture'
import type { Aimed, Measured } from '@lentera/core/plan/words'
import { readWholeNumber } from '@lentera/core/shared/whole-number'
import { TextField, useText } from '@lentera/ui/parts'
import type { Typed } from '../../device/use-kept-form.ts'
import type { Typing } from '../records/typed-correction.tsx'
import styles from './plan.module.css'

/** A count, or both numbers of a share. */
export function MeasuredFields({ isShare, typed, set }: Typing & { readonly isShare: boolean }) {
  const t = useText()
  const field = (name: 'value' | 'numerator' | 'denominator', label: string) => (
    <TextField label={label} inputMode="numeric" value={typed[name] ?? ''} onChange={(value) => set(name, value)} />
  )
  if (!isShare) return field('value', t('plan.value'))
  return (
    <div className={styles.pair}>
      {field('numerator', t('plan.numerator'))}
      {field('denominator', t('plan.denominator'))}
    </div>
  )
}

/** A count, or of a share its percentage: of how many it will be nobody knows yet. */
export function AimedFields({ isShare, typed, set }: Typing & { readonly isShare: boolean }) {
  const t = useText()
  const name = isShare ? 'percent' : 'value'
  return (
    <TextField
      label={isShare ? t('plan.percent') : t('plan.value')}
      inputMode={isShare ? 'decimal' : 'numeric'}
      value={typed[name] ?? ''}
      onChange={(value) => set(name, value)}
    />
  )
}

export const readMeasured = (typed: Typed, isShare: boolean): Numbers =>
  isShare ? { numerator: read(typed.numerator), denominator: read(typed.denominator) } : { value: read(typed.value) }

export const readAimed = (typed: Typed, isShare: boolean): Wanted['aimed'] =>
  isShare ? { percentTenths: readTenths(typed.percent ?? '') } : { value: read(typed.value) }

export function typedNumbers(said: Measured | Aimed | undefined): Typed {
  if (!said) return {}
  if ('value' in said) return { value: String(said.value) }
  if ('numerator' in said) return { numerator: String(said.numerator), denominator: String(said.denominator) }
  const [whole, rest] = [Math.floor(said.percentTenths / 10), said.percentTenths % 10]
  return { percent: rest === 0 ? String(whole) : `${whole}.${rest}` }
}

/** NaN where it is no whole number: core refuses it by name. */
const read = (typed: string | undefined): number => readWholeNumber(typed ?? '') ?? Number.NaN

/** `48`, `48.5`, `48,5`, with or without a percent sign; in tenths. */
function readTenths(typed: string): number {
  const [whole = '', tenth = '0', ...more] = typed.replace('%', '').trim().split(/[.,]/)
  return more.length > 0 || tenth.length !== 1 ? Number.NaN : 10 * read(whole) + read(tenth)
}
