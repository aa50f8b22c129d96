import { describeProduct, markProductInError, withdrawProduct } from '@lentera/core/evidence/dissemination/capture'
import { type Product, projectEvent, projectProduct } from '@lentera/core/evidence/dissemination/project'
import { streamRecord } from '@lentera/core/log/fold'
import { StreamId } from '@lentera/core/shared/ids'
import {
  Actions,
  EmptyState,
  Form,
  NextButton,
  PageTitle,
  QuietButton,
  RefusalNotice,
  Section,
  Stack,
  TextField,
  useFormat,
  useText,
} from '@lentera/ui/parts'
import { Link, useParams } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { type Projected, useDesk, useSnapshot, useStreams } from '../../../device/context.ts'
import { useKeptForm } from '../../../device/use-kept-form.ts'
import { useWrite } from '../../../device/use-write.ts'
import { InError } from '../../records/in-error.tsx'
import { newestFirst } from '../../records/newest-first.ts'
import recordStyles from '../../records/records.module.css'
import { ClaimForm } from './claim-form.tsx'
import { ClaimRows } from './claim-rows.tsx'
import styles from './dissemination.module.css'
import { Editions } from './edition/editions.tsx'
import { OutcomeForm, OutcomeRows } from './outcome-rows.tsx'
import { changeOfProduct, ProductFields, readProduct, typedOfProduct } from './product-fields.tsx'
import { isKeeper, sayAudiences, sayLanguages, sayLevel, sayTitle } from './said.ts'

/** One product: what it is, who received it, and where it was discussed. */
export function ProductPage() {
  const t = useText()
  const { stream } = useParams({ strict: false })
  const product = useStreams('product', projectProduct).find((each) => each.stream === StreamId.safeParse(stream).data)
  if (!product)
    return (
      <EmptyState
        title={t('dissemination.not-here')}
        action={<Link to="/dissemination">{t('dissemination.back')}</Link>}
      >
        {t('dissemination.not-here-text')}
      </EmptyState>
    )
  return <OneProduct product={product} />
}

type ProductProps = { readonly product: Projected<Product> }

function OneProduct({ product }: ProductProps) {
  const t = useText()
  const format = useFormat()
  const keeper = useSnapshot(({ me }) => isKeeper(me))
  const [doing, setDoing] = useState<'claim' | 'outcome' | 'describe' | 'withdraw'>()
  const done = (): void => setDoing(undefined)
  const { state, stream, unsent } = product
  const under = [
    state.kind ? t(`product-kind.${state.kind}`) : t('results.unsettled'),
    t('dissemination.edition-of', { edition: state.edition ?? t('results.unsettled') }),
    sayLanguages(state, t),
    format.date(state.publishedOn),
    ...(unsent ? [t('support.unsent')] : []),
    ...(state.enteredInError ? [t('support.entered-in-error')] : []),
  ].join(' · ')
  return (
    <>
      <PageTitle over={<Link to="/dissemination">{t('dissemination.back')}</Link>} under={under}>
        {sayTitle(state, t)}
      </PageTitle>
      <Stack>
        {state.standing !== 'standing' && (
          <p className={styles.notice}>
            {state.standing
              ? t('dissemination.withdrawn', { note: state.note ?? '' })
              : t('dissemination.two-versions')}
          </p>
        )}
        {keeper && !state.enteredInError && doing === undefined && (
          <Actions>
            <NextButton onClick={() => setDoing('claim')}>{t('dissemination.claim.new')}</NextButton>
            <QuietButton onClick={() => setDoing('outcome')}>{t('outcome.new')}</QuietButton>
            <QuietButton onClick={() => setDoing('describe')}>{t('dissemination.product.correct')}</QuietButton>
            <QuietButton onClick={() => setDoing('withdraw')}>
              {state.standing === 'withdrawn' ? t('dissemination.restore') : t('dissemination.withdraw')}
            </QuietButton>
          </Actions>
        )}
        {doing === 'claim' && <ClaimForm product={product} onDone={done} />}
        {doing === 'outcome' && <OutcomeForm product={product} onDone={done} />}
        {doing === 'describe' && <Describe product={product} onDone={done} />}
        {doing === 'withdraw' && <Withdraw product={product} onDone={done} />}
        {state.conflicts.some(({ record }) => record === streamRecord) && (
          <p className={recordStyles.quiet}>{t('dissemination.two-versions')}</p>
        )}
        <Editions product={product} keeper={keeper && !state.enteredInError} />
        <ClaimRows product={product} keeper={keeper} />
        <OutcomeRows product={product} keeper={keeper} />
        <Discussed product={product} />
        {keeper && (
          <InError
            isInError={state.enteredInError}
            says={t('dissemination.in-error.product')}
            mark={(is) => markProductInError(stream, state, state.opening, is)}
          />
        )}
      </Stack>
    </>
  )
}

type DoingProps = ProductProps & { readonly onDone: () => void }

function Describe({ product: { stream, state }, onDone }: DoingProps) {
  const t = useText()
  const desk = useDesk()
  const initial = useMemo(() => typedOfProduct(state), [state])
  const form = useKeptForm(`product ${stream}`, initial)
  const { refusal, busy, write } = useWrite(form.typed)
  if (!form.ready) return null
  const close = async (): Promise<void> => {
    await form.forget()
    onDone()
  }
  const save = async (): Promise<void> => {
    const said = readProduct(form.typed)
    const { today } = desk.moment()
    if (
      await write(said.ok ? describeProduct(stream, state, changeOfProduct(state, said.value), today) : said, form.seen)
    )
      await close()
  }
  return (
    <Section title={t('dissemination.product.correct')}>
      <Form label={t('dissemination.product.correct')} onSubmit={save}>
        <ProductFields typed={form.typed} set={form.set} />
        {refusal && <RefusalNotice refusal={refusal} />}
        <Actions>
          <NextButton type="submit" disabled={busy}>
            {t('support.save')}
          </NextButton>
          <QuietButton onClick={close}>{t('support.give-up')}</QuietButton>
        </Actions>
      </Form>
    </Section>
  )
}

/** Withdraws it, or lets it stand again; either with a reason. */
function Withdraw({ product: { stream, state }, onDone }: DoingProps) {
  const t = useText()
  const desk = useDesk()
  const [note, setNote] = useState('')
  const { refusal, busy, write } = useWrite()
  const withdrawn = state.standing !== 'withdrawn'
  const title = withdrawn ? t('dissemination.withdraw') : t('dissemination.restore')
  const save = async (): Promise<void> => {
    if (await write(withdrawProduct(stream, state, { withdrawn, note }, desk.moment().today))) onDone()
  }
  return (
    <Section title={title} note={t('dissemination.withdraw-note')}>
      <Form label={title} onSubmit={save}>
        <TextField label={t('dissemination.withdraw-why')} value={note} onChange={setNote} />
        {refusal && <RefusalNotice refusal={refusal} />}
        <Actions>
          <NextButton type="submit" disabled={busy}>
            {title}
          </NextButton>
          <QuietButton onClick={onDone}>{t('support.give-up')}</QuietButton>
        </Actions>
      </Form>
    </Section>
  )
}

/** The events at which it was discussed, as those say. */
function Discussed({ product: { stream } }: ProductProps) {
  const t = useText()
  const format = useFormat()
  const events = newestFirst(
    useStreams('event', projectEvent).filter(({ state }) => !state.enteredInError && state.products.includes(stream)),
    ({ heldOn }) => heldOn,
  )
  return (
    <Section title={t('dissemination.discussed', { count: events.length })}>
      {events.length === 0 ? (
        <EmptyState title={t('dissemination.discussed-none')} />
      ) : (
        <ul className={recordStyles.rows}>
          {events.map(({ stream: event, state }) => (
            <li key={event}>
              <Link to="/dissemination/events/$stream" params={{ stream: event }}>
                {format.date(state.heldOn)}
              </Link>
              <span>{[sayLevel(state, t), sayAudiences(state, t)].join(' · ')}</span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}
