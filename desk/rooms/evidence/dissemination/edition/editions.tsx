import { beginEdition } from '@lentera/core/evidence/dissemination/edition/capture'
import { projectEdition } from '@lentera/core/evidence/dissemination/edition/project'
import type { Product } from '@lentera/core/evidence/dissemination/project'
import { StreamId } from '@lentera/core/shared/ids'
import { EmptyState, QuietButton, RefusalNotice, Section, useFormat, useText } from '@lentera/ui/parts'
import { Link, useNavigate } from '@tanstack/react-router'
import { type Projected, useDesk, useSnapshot, useStreams } from '../../../../device/context.ts'
import { useWrite } from '../../../../device/use-write.ts'
import recordStyles from '../../../records/records.module.css'

/** The editions that are written here, the newest first: a frozen one stays as it was, and the next begins with its texts. */
export function Editions({ product: { stream, state }, keeper }: EditionsProps) {
  const t = useText()
  const format = useFormat()
  const navigate = useNavigate()
  const desk = useDesk()
  const me = useSnapshot((snapshot) => snapshot.me)
  const { refusal, busy, write } = useWrite()
  const editions = useStreams('edition', projectEdition)
    .filter((each) => each.state.product === stream)
    .toSorted((a, b) => b.state.number - a.state.number)
  const begin = async (): Promise<void> => {
    if (!me) return
    const next = StreamId.parse(crypto.randomUUID())
    const others = editions.map((each) => each.state)
    const command = { stream: next, organisation: me.organisation, product: stream }
    if (await write(beginEdition(command, state, others, desk.moment().today)))
      await navigate({ to: '/dissemination/editions/$stream', params: { stream: next } })
  }
  return (
    <Section
      title={t('edition.editions')}
      note={t('edition.editions-note')}
      actions={
        keeper && (
          <QuietButton disabled={busy} onClick={begin}>
            {editions.length === 0 ? t('edition.begin-first') : t('edition.begin-next')}
          </QuietButton>
        )
      }
    >
      {refusal && <RefusalNotice refusal={refusal} />}
      {editions.length === 0 ? (
        <EmptyState title={t('edition.editions-none')} />
      ) : (
        <ul className={recordStyles.rows}>
          {editions.map(({ stream: edition, unsent, state: each }) => (
            <li key={edition} className={each.enteredInError ? recordStyles.gone : undefined}>
              <Link to="/dissemination/editions/$stream" params={{ stream: edition }}>
                {t('edition.number', { number: format.number(each.number) })}
              </Link>
              <span>
                {[
                  each.frozen
                    ? t('edition.frozen-on', { date: format.date(each.frozen.on) })
                    : t('edition.being-written'),
                  ...(each.changed ? [each.changed] : []),
                  ...(unsent ? [t('support.unsent')] : []),
                  ...(each.enteredInError ? [t('support.entered-in-error')] : []),
                ].join(' · ')}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}

export type EditionsProps = { readonly product: Projected<Product>; readonly keeper: boolean }
