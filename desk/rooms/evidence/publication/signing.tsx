import type { PublicationRow } from '@lentera/core/evidence/publication/answers'
import { signPublication, withdrawPublication } from '@lentera/core/evidence/publication/capture'
import type { Hash } from '@lentera/core/shared/ids'
import { Actions, Form, NextButton, QuietButton, RefusalNotice, Section, TextField, useText } from '@lentera/ui/parts'
import { useState } from 'react'
import { useDesk, useSnapshot } from '../../../device/context.ts'
import { useWrite } from '../../../device/use-write.ts'
import styles from './publication.module.css'
import { isOfficer, signsAs } from './said.ts'

/** Signs the content that stands on this page, by its hash; or withdraws it for ever. */
export function Signing({
  row,
  shown,
  onDone,
}: {
  readonly row: PublicationRow
  /** Of the content she has before her eyes; undefined where there is none. */
  readonly shown: Hash | undefined
  readonly onDone: () => void
}) {
  const t = useText()
  const desk = useDesk()
  const me = useSnapshot((snapshot) => snapshot.me)
  const { refusal, busy, write } = useWrite()
  const [withdrawing, setWithdrawing] = useState(false)
  const { stream, judged } = row
  const as = signsAs(me)
  const hasSigned = judged.counting.some(({ member }) => member === me?.member)
  const isOpen = judged.standing === 'prepared' || judged.standing === 'signed-once'
  const sign = async (): Promise<void> => {
    if (!me || !as) return
    const signing = { hash: shown, as, member: me.member }
    if (!(await write(signPublication(stream, judged, signing, desk.moment().today)))) return
    await desk.exchange()
    onDone()
  }
  const mayWithdraw = isOfficer(me) && judged.standing !== 'withdrawn'
  if (!isOpen && !mayWithdraw) return null
  return (
    <Section title={t('publication.signing')} note={t('publication.signing-note')}>
      <div className={styles.stack}>
        {judged.wanted && isOpen && <p>{t(`publication.wanted.${judged.wanted}`)}</p>}
        {hasSigned && isOpen && <p role="status">{t('publication.you-signed')}</p>}
        {refusal && <RefusalNotice refusal={refusal} />}
        {!withdrawing && (
          <Actions>
            {isOpen && as && !hasSigned && shown && (
              <NextButton onClick={sign} disabled={busy}>
                {t('publication.sign', { role: t(`role.${as}`) })}
              </NextButton>
            )}
            {mayWithdraw && <QuietButton onClick={() => setWithdrawing(true)}>{t('publication.withdraw')}</QuietButton>}
          </Actions>
        )}
        {withdrawing && <Withdraw row={row} onDone={onDone} onGivenUp={() => setWithdrawing(false)} />}
      </div>
    </Section>
  )
}

function Withdraw({
  row: { stream, publication },
  onDone,
  onGivenUp,
}: {
  readonly row: PublicationRow
  readonly onDone: () => void
  readonly onGivenUp: () => void
}) {
  const t = useText()
  const desk = useDesk()
  const [why, setWhy] = useState('')
  const { refusal, busy, write } = useWrite()
  const save = async (): Promise<void> => {
    if (!(await write(withdrawPublication(stream, publication, why, desk.moment().today)))) return
    await desk.exchange()
    onDone()
  }
  return (
    <Form label={t('publication.withdraw')} onSubmit={save}>
      <TextField
        label={t('publication.withdraw-why')}
        why={t('publication.withdraw-note')}
        value={why}
        onChange={setWhy}
      />
      {refusal && <RefusalNotice refusal={refusal} />}
      <Actions>
        <NextButton type="submit" disabled={busy}>
          {t('publication.withdraw')}
        </NextButton>
        <QuietButton onClick={onGivenUp}>{t('support.give-up')}</QuietButton>
      </Actions>
    </Form>
  )
}
