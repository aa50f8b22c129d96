import { correctDistribution, markProductInError } from '@lentera/core/evidence/dissemination/capture'
import type { Distribution, Product } from '@lentera/core/evidence/dissemination/project'
import { Section, useFormat, useText } from '@lentera/ui/parts'
import { useMemo } from 'react'
import type { Projected } from '../../../device/context.ts'
import { useKeptForm } from '../../../device/use-kept-form.ts'
import { Correction } from '../../records/correction.tsx'
import recordStyles from '../../records/records.module.css'
import { RecordRow, RecordRows } from '../../records/rows.tsx'
import { ClaimFields, changeOfClaim, readClaim, typedOfClaim } from './claim-fields.tsx'
import { sayClaim } from './said.ts'

/** Who received it, as claimed and by whom; each claim can be corrected, or marked as never having been. */
export function ClaimRows({ product, keeper }: ClaimRowsProps) {
  const t = useText()
  const format = useFormat()
  const { distributions, conflicts } = product.state
  return (
    <Section title={t('dissemination.claims')} note={t('dissemination.claims-note')}>
      <RecordRows none={t('dissemination.claims-none')}>
        {distributions.map((row) => (
          <RecordRow
            key={row.record}
            row={row}
            conflicts={conflicts}
            correction={keeper ? (onDone) => <Correct product={product} row={row} onDone={onDone} /> : undefined}
          >
            <b>{sayClaim(row, t, format)}</b>
            <span>{row.audience ? t(`audience.${row.audience}`) : t('results.unsettled')}</span>
            <span className={recordStyles.quiet}>
              {format.date(row.on)} · {row.source ?? t('results.unsettled')}
            </span>
          </RecordRow>
        ))}
      </RecordRows>
    </Section>
  )
}

export type ClaimRowsProps = { readonly product: Projected<Product>; readonly keeper: boolean }

function Correct({ product: { stream, state }, row, onDone }: CorrectProps) {
  const t = useText()
  const initial = useMemo(() => typedOfClaim(row), [row])
  const form = useKeptForm(`distribution ${row.record}`, initial)
  if (!form.ready) return null
  const close = async (): Promise<void> => {
    await form.forget()
    onDone()
  }
  const decide = () => {
    const said = readClaim(form.typed)
    const decided = said.ok ? correctDistribution(stream, state, row.record, changeOfClaim(row, said.value)) : said
    return decided
  }
  return (
    <Correction
      typed={form.typed}
      decide={decide}
      onDone={close}
      inError={{
        stands: row.enteredInError,
        says: t('dissemination.in-error.claim'),
        mark: (is) => markProductInError(stream, state, row.record, is),
      }}
    >
      <ClaimFields typed={form.typed} set={form.set} />
    </Correction>
  )
}

type CorrectProps = {
  readonly product: Projected<Product>
  readonly row: Distribution
  readonly onDone: () => void
}
