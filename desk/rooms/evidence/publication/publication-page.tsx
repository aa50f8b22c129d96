import type { PublicationRow } from '@lentera/core/evidence/publication/answers'
import { StreamId } from '@lentera/core/shared/ids'
import {
  Actions,
  EmptyState,
  FailedState,
  LoadingState,
  OfflineState,
  PageTitle,
  QuietButton,
  RefusalNotice,
  Section,
  Stack,
  useFormat,
  useText,
} from '@lentera/ui/parts'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useSnapshot } from '../../../device/context.ts'
import { useAnswer } from '../../../device/use-answer.ts'
import { AddsUpView } from './adds-up.tsx'
import { parseBoard, parseDraft } from './answers.ts'
import { ContentView } from './content.tsx'
import { Making } from './making.tsx'
import styles from './publication.module.css'
import { PictureView, QualityView } from './quality.tsx'
import { inLanguage, isOfficer, isSteward, sayMethod, signsAs } from './said.ts'
import { Signatures } from './signatures.tsx'
import { Signing } from './signing.tsx'

/** One publication: its content as it is made, what is looked at before it is signed, and who signed. */
export function PublicationPage() {
  const t = useText()
  const { stream } = useParams({ strict: false })
  const { answer, reload } = useAnswer('/api/publications', parseBoard)
  if (answer === undefined) return <LoadingState />
  if (!answer.ok)
    return answer.refusal.code === 'desk.offline' ? (
      <OfflineState onRetry={reload}>{t('publication.offline')}</OfflineState>
    ) : (
      <FailedState onRetry={reload}>
        <RefusalNotice refusal={answer.refusal} />
      </FailedState>
    )
  const row = answer.value.publications.find((each) => each.stream === StreamId.safeParse(stream).data)
  if (!row)
    return (
      <EmptyState title={t('publication.not-here')} action={<Link to="/publications">{t('publication.back')}</Link>}>
        {t('publication.not-here-text')}
      </EmptyState>
    )
  return <OnePublication row={row} onMoved={reload} />
}

type OneProps = { readonly row: PublicationRow; readonly onMoved: () => void }

function OnePublication({ row, onMoved }: OneProps) {
  const t = useText()
  const format = useFormat()
  const me = useSnapshot((snapshot) => snapshot.me)
  const { publication, judged, hash } = row
  const { proposal, withdrawn } = publication
  const under = [
    t(`publication-standing.${judged.standing}`),
    sayMethod(proposal.method, t),
    ...(judged.releasedOn ? [t('publication.released', { date: format.date(judged.releasedOn) })] : []),
  ].join(' · ')
  return (
    <>
      <PageTitle over={<Link to="/publications">{t('publication.back')}</Link>} under={under}>
        {inLanguage(proposal.title, format.language)}
      </PageTitle>
      <Stack>
        {withdrawn && <p className={styles.notice}>{t('publication.withdrawn', { why: withdrawn.why })}</p>}
        {judged.standing === 'released' && <PublicAddress address={proposal.address} />}
        {hash === null ? (
          <Making row={row} onMoved={onMoved} />
        ) : signsAs(me) ? (
          <Draft row={row} onMoved={onMoved} />
        ) : (
          <p className={styles.note}>{t('publication.for-signers')}</p>
        )}
        {hash === null && <Signing row={row} shown={undefined} onDone={onMoved} />}
        <Signatures row={row} />
      </Stack>
    </>
  )
}

/** What those who sign see: the content, what is said of it, what it was made of. */
function Draft({ row, onMoved }: OneProps) {
  const me = useSnapshot((snapshot) => snapshot.me)
  const { answer } = useAnswer(`/api/publications/${row.stream}`, parseDraft)
  if (answer === undefined) return <LoadingState />
  if (!answer.ok) return <RefusalNotice refusal={answer.refusal} />
  const draft = answer.value
  return (
    <>
      <ContentView content={draft.content} />
      <QualityView draft={draft} />
      <AddsUpView inside={draft.inside} />
      {(isSteward(me) || isOfficer(me)) && <PictureView stream={row.stream} />}
      <Signing row={row} shown={draft.hash} onDone={onMoved} />
    </>
  )
}

function PublicAddress({ address }: { readonly address: string }) {
  const t = useText()
  const [copied, setCopied] = useState(false)
  const path = `/en/data/${address}`
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(path)
    setCopied(true)
  }
  return (
    <Section title={t('publication.public')} note={t('publication.public-note')}>
      <div className={styles.stack}>
        <code className={styles.note}>{path}</code>
        <Actions>
          <QuietButton onClick={copy}>{t('publication.copy-address')}</QuietButton>
        </Actions>
        {copied && <p role="status">{t('publication.copied')}</p>}
      </div>
    </Section>
  )
}
