import type { PublicationRow } from '@lentera/core/evidence/publication/answers'
import type { Refusal } from '@lentera/core/shared/refusals'
import { Actions, NextButton, ProgressBar, RefusalNotice, Section, useText } from '@lentera/ui/parts'
import { useEffect, useState } from 'react'
import { useDesk, useSnapshot } from '../../../device/context.ts'
import styles from './publication.module.css'
import { isSteward } from './said.ts'

/** Milliseconds from one answer to the next look at how far the making is. */
const patience = 700

/** The content is made by the server, once; how far it is, and why it was not. */
export function Making({ row, onMoved }: { readonly row: PublicationRow; readonly onMoved: () => void }) {
  const t = useText()
  const desk = useDesk()
  const steward = useSnapshot(({ me }) => isSteward(me))
  const [refusal, setRefusal] = useState<Refusal>()
  const { stream, preparation } = row
  const isRunning = preparation?.state === 'running'
  // biome-ignore lint/correctness/useExhaustiveDependencies: every answer is a row of its own
  useEffect(() => {
    if (!isRunning) return
    const looking = setTimeout(onMoved, patience)
    return () => clearTimeout(looking)
  }, [row, isRunning, onMoved])
  const tell = async (what: 'prepare' | 'cancel'): Promise<void> => {
    setRefusal(undefined)
    // The server must have heard of it first.
    if (what === 'prepare') await desk.exchange()
    const answer = await desk.ask(`/api/publications/${stream}/${what}`, {})
    if (!answer.ok) setRefusal(answer.refusal)
    onMoved()
  }
  return (
    <Section title={t('publication.making')} note={t('publication.making-note')}>
      <div className={styles.stack}>
        {preparation?.state === 'running' ? (
          <ProgressBar
            label={t(`publication.stage.${preparation.stage}`)}
            done={preparation.done}
            total={preparation.of}
            {...(steward ? { onStop: () => void tell('cancel') } : {})}
          />
        ) : (
          <>
            {preparation?.state === 'refused' && <RefusalNotice refusal={preparation.refusal} />}
            {steward ? (
              <Actions>
                <NextButton onClick={() => tell('prepare')}>{t('publication.make')}</NextButton>
              </Actions>
            ) : (
              <p>{t('publication.not-made')}</p>
            )}
          </>
        )}
        {refusal && <RefusalNotice refusal={refusal} />}
      </div>
    </Section>
  )
}
