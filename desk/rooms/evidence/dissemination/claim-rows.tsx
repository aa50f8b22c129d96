import { correctDistribution, markProductInError } from '@lentera/core/evidence/dissemination/capture'
import type { Distribution, Product } from '@lentera/core/evidence/dissemination/project'
import {
  Actions,
  EmptyState,
  Form,
  NextButton,
  QuietButton,
  RefusalNotice,
  Section,
  useFormat,
  useText,
} from '@lentera/ui/parts'
import { useState } from 'react'
import type { Projected } from '../../../device/context.ts'
import { useKeptForm } from '../../../device/use-kept-form.ts'
import { useWrite } from '../../../device/use-write.ts'
import { ClaimFields, changeOfClaim, readClaim, typedOfClaim } from './claim-fields.tsx'
import styles from './dissemination.module.css'
import { sayClaim } from './said.ts'

/** Who received it, as claimed and by whom; each claim can be corrected, or marked as never having been. */
export function ClaimRows({ product, keeper }: ClaimRowsProps) {
  const t = useText()
  const format = useFormat()
  const [correcting, setCorrecting] = useState<string>()
  const { distributions, conflicts } = product.state
  return (
    <Section title={t('dissemination.claims')} note={t('dissemination.claims-note')}>
      {distributions.length === 0 ? (
        <EmptyState title={t('dissemination.claims-none')} />
      ) : (
        <ul className={styles.rows}>
          {distributions.map((row) => (
            <li key={row.record} className={row.enteredInError ? styles.gone : undefined}>
              <b>{sayClaim(row, t, format)}</b>
              <span>{row.audience ? t(`audience.${row.audience}`) : t('results.unsettled')}</span>
              <span className={styles.note}>
                {format.date(row.on)} · {row.source ?? t('results.unsettled')}
              </span>
              {conflicts.some(({ record }) => record === row.record) && (
                <span className={styles.mark}>{t('support.two-versions')}</span>
              )}
              {row.enteredInError && <span className={styles.mark}>{t('support.entered-in-error')}</span>}
              {keeper && correcting !== row.record && (
                <QuietButton onClick={() => setCorrecting(row.record)}>{t('training.correct')}</QuietButton>
              )}
              {correcting === row.record && (
                <Correct product={product} row={row} onDone={() => setCorrecting(undefined)} />
              )}
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}

export type ClaimRowsProps = { readonly product: Projected<Product>; readonly keeper: boolean }

function Correct({ product: { stream, state }, row, onDone }: CorrectProps) {
  const t = useText()
  const [initial] = useState(() => typedOfClaim(row))
  const form = useKeptForm(`distribution ${row.record}`, initial)
  const { refusal, busy, write } = useWrite(form.typed)
  if (!form.ready) return null
  const close = async (): Promise<void> => {
    await form.forget()
    onDone()
  }
  const save = async (): Promise<void> => {
    const said = readClaim(form.typed)
    const decided = said.ok ? correctDistribution(stream, state, row.record, changeOfClaim(row, said.value)) : said
    if (await write(decided)) await close()
  }
  const mark = async (): Promise<void> => {
    if (await write(markProductInError(stream, state, row.record, !row.enteredInError))) await close()
  }
  return (
    <Form label={t('training.correct')} onSubmit={save}>
      <ClaimFields typed={form.typed} set={form.set} />
      {refusal && <RefusalNotice refusal={refusal} />}
      <Actions>
        <NextButton type="submit" disabled={busy}>
          {t('support.save')}
        </NextButton>
        <QuietButton disabled={busy} onClick={mark}>
          {row.enteredInError ? t('records.restore') : t('dissemination.in-error.claim')}
        </QuietButton>
        <QuietButton onClick={close}>{t('support.give-up')}</QuietButton>
      </Actions>
    </Form>
  )
}

type CorrectProps = {
  readonly product: Projected<Product>
  readonly row: Distribution
  readonly onDone: () => void
}
