import type { Refusal } from '@lentera/core/shared/refusals'
import {
  Actions,
  ChoiceField,
  LanguagePicker,
  PageTitle,
  QuietButton,
  RefusalNotice,
  Section,
  Stack,
  useFormat,
  useText,
} from '@lentera/ui/parts'
import { Modal } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useDesk, useSnapshot } from '../device/context.ts'
import { keepSettings, readSettings } from '../device/settings.ts'
import { OwnAccount } from './own-account.tsx'
import { hasCases, hasParticipants } from './posts.ts'
import { usePreferences } from './preferences.ts'
import styles from './shell.module.css'

/** The device itself: what has not been sent and why, how it is kept, how it looks, and the way to empty it. */
export function DevicePage() {
  const t = useText()
  const { unsent, answersMayWait, refused } = useSnapshot()
  return (
    <>
      <PageTitle under={t('device.under')}>
        {t('device.title', { unsent, refused: refused.length, answers: answersMayWait ? 'apart' : 'none' })}
      </PageTitle>
      <Stack>
        <Refused />
        <Exchange />
        <Keeping />
        <OwnAccount />
        <Looks />
        <Leaving />
      </Stack>
    </>
  )
}

function Refused() {
  const t = useText()
  const desk = useDesk()
  const { refused, caseload } = useSnapshot()
  const codes = new Map(caseload.map(({ stream, code }) => [stream, code]))
  if (refused.length === 0) return null
  return (
    <Section title={t('device.refused.title')} note={t('device.refused.note')}>
      <ul className={styles.rows}>
        {refused.map((each) => (
          <li key={each.entry}>
            <div className={styles.row}>
              <b>{[codes.get(each.stream), t(`entry.${each.kind}`)].filter(Boolean).join(' · ')}</b>
              <span className="small">{each.quarantined ? t('device.quarantined') : t('device.refused.one')}</span>
            </div>
            <RefusalNotice
              refusal={each.refusal}
              action={<QuietButton onClick={() => desk.setAside(each.entry)}>{t('device.set-aside')}</QuietButton>}
            />
          </li>
        ))}
      </ul>
    </Section>
  )
}

function Exchange() {
  const t = useText()
  const format = useFormat()
  const desk = useDesk()
  const { unsent, answersMayWait, caseload, lastExchange, online, exchanging, incomplete } = useSnapshot()
  const waiting = caseload.filter((each) => each.unsent)
  return (
    <Section title={t('device.exchange.title')}>
      <dl className={styles.facts}>
        <dt>{t('device.exchange.unsent')}</dt>
        <dd>{format.number(unsent)}</dd>
        <dt>{t('device.exchange.last')}</dt>
        <dd>{lastExchange === undefined ? t('ui.device.never') : format.instant(lastExchange)}</dd>
        <dt>{t('device.exchange.server')}</dt>
        <dd>{online ? t('device.exchange.reached') : t('device.exchange.not-reached')}</dd>
      </dl>
      {waiting.length > 0 && (
        <p>{t('device.exchange.waiting', { codes: waiting.map(({ code }) => code).join(', ') })}</p>
      )}
      {answersMayWait && <p>{t('device.answers')}</p>}
      {incomplete && <p>{t('today.incomplete')}</p>}
      <br />
      <QuietButton disabled={exchanging} onClick={() => desk.exchange()}>
        {exchanging ? t('ui.device.exchanging') : t('ui.device.exchange')}
      </QuietButton>
    </Section>
  )
}

/** Whether the browser may throw the store away when room runs short. */
function Keeping() {
  const t = useText()
  const [persisted, setPersisted] = useState<boolean>()
  useEffect(() => {
    navigator.storage?.persisted?.().then(setPersisted, () => undefined)
  }, [])
  const ask = (): void => {
    navigator.storage.persist().then(setPersisted, () => undefined)
  }
  return (
    <Section title={t('device.keeping.title')} note={t('device.keeping.note')}>
      {persisted === true ? (
        <p>{t('device.keeping.kept')}</p>
      ) : (
        <>
          <p>{t('device.keeping.may-go')}</p>
          <QuietButton onClick={ask}>{t('device.keeping.ask')}</QuietButton>
        </>
      )}
    </Section>
  )
}

function Looks() {
  const t = useText()
  const { theme, change } = usePreferences()
  const [lockAfter, setLockAfter] = useState(() => readSettings().lockAfter)
  return (
    <Section title={t('device.looks.title')}>
      <Stack>
        <LanguagePicker onChoose={(language) => change({ language })} />
        <ChoiceField
          label={t('device.looks.theme')}
          value={theme}
          choices={[
            { value: 'auto', label: t('device.looks.auto') },
            { value: 'light', label: t('device.looks.light') },
            { value: 'dark', label: t('device.looks.dark') },
          ]}
          onChange={(value) => change({ theme: value === 'light' || value === 'dark' ? value : 'auto' })}
        />
        <ChoiceField
          label={t('device.looks.lock-after')}
          why={t('device.looks.lock-after-why')}
          value={String(lockAfter)}
          choices={['2', '5', '10', '30'].map((value) => ({
            value,
            label: t('device.looks.minutes', { count: Number(value) }),
          }))}
          onChange={(value) => setLockAfter(keepSettings({ lockAfter: Number(value) }).lockAfter)}
        />
      </Stack>
    </Section>
  )
}

function Leaving() {
  const t = useText()
  const desk = useDesk()
  const { unsent, answersMayWait, me, travelling } = useSnapshot()
  const isLosing = unsent > 0 || answersMayWait
  const [asking, setAsking] = useState(false)
  const [refusal, setRefusal] = useState<Refusal>()
  const wipe = async (losingUnsent: boolean): Promise<void> => {
    const decided = await desk.wipe({ losingUnsent })
    if (decided.ok) return
    setRefusal(decided.refusal)
  }
  return (
    <Section title={t('device.leaving.title')} note={t('device.leaving.note')}>
      {travelling && <p>{t('travel.title')}</p>}
      <Actions>
        <QuietButton onClick={desk.lock}>{t('ui.device.lock')}</QuietButton>
        {(hasCases(me) || hasParticipants(me)) && !travelling && <Travel />}
        <QuietButton onClick={() => setAsking(true)}>{t('device.leaving.wipe')}</QuietButton>
      </Actions>
      <Modal
        opened={asking}
        onClose={() => setAsking(false)}
        title={t('device.wipe.title')}
        lockScroll={false}
        closeButtonProps={{ 'aria-label': t('ui.frame.close'), size: 36 }}
      >
        <p>{t('device.wipe.text')}</p>
        {unsent > 0 && (
          <p>
            <b>{t('device.wipe.unsent', { count: unsent })}</b>
          </p>
        )}
        {answersMayWait && (
          <p>
            <b>{t('device.wipe.answers')}</b>
          </p>
        )}
        {refusal && <RefusalNotice refusal={refusal} />}
        <Actions>
          <QuietButton onClick={() => setAsking(false)}>{t('device.wipe.keep')}</QuietButton>
          <QuietButton onClick={() => wipe(isLosing)}>
            {isLosing ? t('device.wipe.losing') : t('device.wipe.do')}
          </QuietButton>
        </Actions>
      </Modal>
    </Section>
  )
}

/** Leaves with no cases, after saying what that does; where something of them is unsent, only once she says it may be lost. */
function Travel() {
  const t = useText()
  const desk = useDesk()
  const { unsent, answersMayWait } = useSnapshot()
  const [asking, setAsking] = useState(false)
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<Refusal>()
  const isLosing = unsent > 0 || answersMayWait || refusal?.code === 'desk.unsent-would-be-lost'
  const travel = async (): Promise<void> => {
    setBusy(true)
    const left = await desk.travel({ losingUnsent: isLosing })
    setBusy(false)
    if (!left.ok) setRefusal(left.refusal)
  }
  return (
    <>
      <QuietButton onClick={() => setAsking(true)}>{t('travel.leave')}</QuietButton>
      <Modal
        opened={asking}
        onClose={() => setAsking(false)}
        title={t('travel.ask')}
        lockScroll={false}
        closeButtonProps={{ 'aria-label': t('ui.frame.close'), size: 36 }}
      >
        <p>{t('travel.what')}</p>
        <p>{t('travel.limits')}</p>
        {unsent > 0 && (
          <p>
            <b>{t('device.wipe.unsent', { count: unsent })}</b>
          </p>
        )}
        {answersMayWait && (
          <p>
            <b>{t('device.wipe.answers')}</b>
          </p>
        )}
        {refusal && <RefusalNotice refusal={refusal} />}
        <Actions>
          <QuietButton onClick={() => setAsking(false)}>{t('travel.stay')}</QuietButton>
          <QuietButton onClick={travel} disabled={busy}>
            {isLosing ? t('travel.losing') : t('travel.do')}
          </QuietButton>
        </Actions>
      </Modal>
    </>
  )
}
