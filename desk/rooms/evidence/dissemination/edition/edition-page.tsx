import { sayEdition } from '@lentera/core/edition/say'
import { freezeEdition, markEditionInError } from '@lentera/core/evidence/dissemination/edition/capture'
import { editionText, projectEdition } from '@lentera/core/evidence/dissemination/edition/project'
import { projectProduct } from '@lentera/core/evidence/dissemination/project'
import { StreamId } from '@lentera/core/shared/ids'
import { hashNow } from '@lentera/sealed/verify'
import {
  Actions,
  EmptyState,
  LoadingState,
  NextButton,
  OfflineState,
  PageTitle,
  RefusalNotice,
  Section,
  Stack,
  useFormat,
  useStaffLanguage,
  useText,
} from '@lentera/ui/parts'
import { Link, useParams } from '@tanstack/react-router'
import { useDesk, useSnapshot, useStreams } from '../../../../device/context.ts'
import { useWrite } from '../../../../device/use-write.ts'
import { InError } from '../../../records/in-error.tsx'
import { useReportVoice } from '../../../results/donor-report/use-report.ts'
import { isKeeper } from '../said.ts'
import { Authors } from './authors.tsx'
import { Cover } from './cover.tsx'
import { DownloadEdition } from './download-edition.tsx'
import styles from './edition.module.css'
import { Figures } from './figures.tsx'
import { EditionLanguages } from './languages.tsx'
import { Reading } from './reading.tsx'
import { Sections } from './sections.tsx'
import { type EditionProps, useEdition } from './use-edition.ts'

/** One edition: how it reads, and while it is being written, all it is made of. */
export function EditionPage() {
  const t = useText()
  const { stream } = useParams({ strict: false })
  const edition = useStreams('edition', projectEdition).find((each) => each.stream === StreamId.safeParse(stream).data)
  if (!edition)
    return (
      <EmptyState title={t('edition.not-here')} action={<Link to="/dissemination">{t('dissemination.back')}</Link>}>
        {t('edition.not-here-text')}
      </EmptyState>
    )
  return <OneEdition edition={edition} />
}

function OneEdition({ edition }: Pick<EditionProps, 'edition'>) {
  const t = useText()
  const format = useFormat()
  const own = useStaffLanguage()
  const voice = useReportVoice()
  const desk = useDesk()
  const keeper = useSnapshot(({ me }) => isKeeper(me))
  const { stream, state, unsent } = edition
  const product = useStreams('product', projectProduct).find((each) => each.stream === state.product)
  const { answer, reload } = useEdition(stream)
  const model = answer?.ok ? answer.value : undefined
  const said = model && sayEdition(model, voice)
  const mayWrite = keeper && state.frozen === null && !state.enteredInError
  const title = said?.title ?? state.titles[own] ?? state.titles.en ?? product?.state.title
  return (
    <>
      <PageTitle
        over={
          <Link to="/dissemination/products/$stream" params={{ stream: state.product }}>
            {product?.state.title ?? t('dissemination.back')}
          </Link>
        }
        under={said?.under ?? t('edition.number', { number: format.number(state.number) })}
      >
        {title ?? t('results.unsettled')}
      </PageTitle>
      <Stack>
        {said && (
          <ul className={styles.notes}>
            {said.notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        )}
        {unsent && <p className={styles.quiet}>{t('edition.not-sent')}</p>}
        {answer === undefined ? (
          <LoadingState label={t('edition.loading')} lines={2} />
        ) : answer.ok ? (
          <DownloadEdition stream={stream} unsent={unsent} isNext={state.frozen !== null} />
        ) : answer.refusal.code === 'desk.offline' ? (
          <OfflineState onRetry={reload}>{t('edition.offline')}</OfflineState>
        ) : unsent ? null : (
          <RefusalNotice refusal={answer.refusal} />
        )}
        {said && <Reading said={said} />}
        <Figures edition={edition} mayWrite={mayWrite} said={said} />
        {mayWrite && <Sections edition={edition} mayWrite={mayWrite} />}
        {mayWrite && <Cover edition={edition} mayWrite={mayWrite} />}
        <Authors edition={edition} mayWrite={mayWrite} />
        <EditionLanguages edition={edition} mayWrite={keeper && !state.enteredInError} />
        {mayWrite && <Freeze edition={edition} />}
        {keeper && (
          <InError
            isInError={state.enteredInError}
            says={t('edition.never-meant')}
            mark={(is) => markEditionInError(stream, state, state.opening, is, desk.moment().today)}
          />
        )}
      </Stack>
    </>
  )
}

/** Nothing of it is written any more: what changes makes the next edition. */
function Freeze({ edition: { stream, state } }: Pick<EditionProps, 'edition'>) {
  const t = useText()
  const desk = useDesk()
  const { refusal, busy, write } = useWrite()
  const freeze = () => write(freezeEdition(stream, state, hashNow(editionText(state)), desk.moment().today))
  return (
    <Section title={t('edition.freeze')} note={t('edition.freeze-note')}>
      {refusal && <RefusalNotice refusal={refusal} />}
      <Actions>
        <NextButton disabled={busy} onClick={freeze}>
          {t('edition.freeze-now')}
        </NextButton>
      </Actions>
    </Section>
  )
}
