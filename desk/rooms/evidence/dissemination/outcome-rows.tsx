import { correctOutcome, markProductInError, noteOutcome } from '@lentera/core/evidence/dissemination/capture'
import { type Product, projectEvent } from '@lentera/core/evidence/dissemination/project'
import { CivilDate } from '@lentera/core/shared/dates'
import { refuse } from '@lentera/core/shared/refusals'
import { DateField, Section, useFormat, useText } from '@lentera/ui/parts'
import { type Projected, useDesk, useStreams } from '../../../device/context.ts'
import { KeptForm } from '../../records/kept-form.tsx'
import recordStyles from '../../records/records.module.css'
import { RecordRow, RecordRows } from '../../records/rows.tsx'
import { Correct } from '../../records/typed-correction.tsx'
import { OutcomeFields, readOutcome, typedOfOutcome } from './outcome-fields.tsx'

/** What came of it, how strongly it is shown, and where; each can be corrected, or marked as never having been. */
export function OutcomeRows({ product, keeper }: { readonly product: Projected<Product>; readonly keeper: boolean }) {
  const t = useText()
  const format = useFormat()
  const events = useStreams('event', projectEvent).filter(({ state }) => !state.enteredInError)
  const { stream, state } = product
  return (
    <Section title={t('outcome.title')} note={t('outcome.note')}>
      <RecordRows none={t('outcome.none')}>
        {state.outcomes.map((row) => (
          <RecordRow
            key={row.record}
            row={row}
            conflicts={state.conflicts}
            correction={
              keeper
                ? (onDone) => (
                    <Correct
                      stood={typedOfOutcome(row)}
                      fields={(typing) => <OutcomeFields {...typing} events={events} />}
                      decide={(typed) => {
                        const said = readOutcome(typed)
                        return said.ok ? correctOutcome(stream, state, row.record, said.value) : said
                      }}
                      inError={{
                        stands: row.enteredInError,
                        says: t('outcome.in-error'),
                        mark: (is) => markProductInError(stream, state, row.record, is),
                      }}
                      onDone={onDone}
                    />
                  )
                : undefined
            }
          >
            <b>{row.outcome ? t(`outcome-kind.${row.outcome}`) : t('results.unsettled')}</b>
            <span>{row.what ?? t('results.unsettled')}</span>
            <span className={recordStyles.quiet}>
              {[
                format.date(row.on),
                ...(row.audience ? [t(`audience.${row.audience}`)] : []),
                row.strength ? t(`outcome-strength.${row.strength}`) : t('results.unsettled'),
                row.source ?? t('results.unsettled'),
              ].join(' · ')}
            </span>
            {row.address && (
              <a href={row.address} rel="noreferrer noopener" target="_blank">
                {row.address}
              </a>
            )}
          </RecordRow>
        ))}
      </RecordRows>
    </Section>
  )
}

/** An outcome is noted: what, by whom, and how anybody could tell. */
export function OutcomeForm({
  product: { stream, state },
  onDone,
}: {
  readonly product: Projected<Product>
  readonly onDone: () => void
}) {
  const t = useText()
  const { today } = useDesk().moment()
  const events = useStreams('event', projectEvent).filter((each) => !each.state.enteredInError)
  return (
    <Section title={t('outcome.new')} note={t('outcome.new-note')}>
      <KeptForm
        name={`outcome ${stream}`}
        label={t('outcome.new')}
        fields={({ typed, set }) => (
          <>
            <OutcomeFields typed={typed} set={set} events={events} />
            <DateField
              label={t('outcome.on')}
              finest="day"
              value={CivilDate.safeParse(typed.on ?? today).data ?? null}
              onChange={(day) => set('on', day ?? '')}
            />
          </>
        )}
        save={t('outcome.save')}
        decide={(typed) => {
          const said = readOutcome(typed)
          if (!said.ok) return said
          const on = CivilDate.safeParse(typed.on ?? today).data
          return on ? noteOutcome(stream, state, said.value, { on, today }) : refuse('evidence.no-day')
        }}
        onSaved={onDone}
        onGivenUp={onDone}
      />
    </Section>
  )
}
