import { ErasureReason, personErased } from '@lentera/core/log/erasure'
import { refuse } from '@lentera/core/shared/refusals'
import { eraseIdentity } from '@lentera/core/support/capture'
import {
  Actions,
  ChoiceField,
  Form,
  QuietButton,
  RefusalNotice,
  Section,
  TextField,
  useFormat,
  useText,
} from '@lentera/ui/parts'
import { useState } from 'react'
import { useDesk, useSnapshot } from '../../device/context.ts'
import type { OpenedCase } from '../../device/desk.ts'
import { useWrite } from '../../device/use-write.ts'
import recordStyles from '../records/records.module.css'
import { FocusHere } from './focus-here.tsx'
import styles from './support.module.css'

/** That her identity is erased, and what is left; or who may erase it; or, for her, the way to do so. */
export function CaseErasure({ opened }: { readonly opened: OpenedCase }) {
  const t = useText()
  const format = useFormat()
  const me = useSnapshot((snapshot) => snapshot.me)
  const [asking, setAsking] = useState(false)
  const { erased } = opened.file
  const isHers = me?.roles.some((role) => personErased.who.includes(role)) === true
  if (erased)
    return (
      <Section title={t('support.erasure.title')}>
        <p>
          {t('support.erasure.done', { when: format.date(erased.on), reason: t(`erasure-reason.${erased.reason}`) })}
        </p>
        <p>{t('support.erasure.left')}</p>
      </Section>
    )
  return (
    <Section title={t('support.erasure.title')}>
      {!isHers ? (
        <p>{t('support.erasure.who')}</p>
      ) : asking ? (
        <Erase opened={opened} onDone={() => setAsking(false)} />
      ) : (
        <Actions>
          <QuietButton onClick={() => setAsking(true)}>{t('support.erasure.ask')}</QuietButton>
        </Actions>
      )}
    </Section>
  )
}

/** Says plainly what goes and what stays, and lets it happen only after she has typed the code of this case. */
function Erase({ opened, onDone }: { readonly opened: OpenedCase; readonly onDone: () => void }) {
  const t = useText()
  const desk = useDesk()
  const { stream, file, code } = opened
  const [reason, setReason] = useState<ErasureReason>()
  const [typed, setTyped] = useState('')
  const { refusal, busy, write } = useWrite()
  const erase = async (): Promise<void> => {
    const isSame = typed.trim().toUpperCase() === code
    const decision = isSame
      ? eraseIdentity(stream, file, { reason }, desk.moment())
      : refuse('support.code-differs', { code })
    if (await write(decision)) onDone()
  }
  return (
    <FocusHere>
      <Form label={t('support.erasure.ask')} onSubmit={erase}>
        <div className={recordStyles.fields}>
          <ul className={styles.limits}>
            <li>{t('support.erasure.goes')}</li>
            <li>{t('support.erasure.stays')}</li>
            <li>{t('support.erasure.offline')}</li>
            <li>
              <b>{t('support.erasure.for-ever')}</b>
            </li>
          </ul>
          <ChoiceField
            label={t('support.field.erasureReason')}
            value={reason ?? null}
            onChange={(value) => setReason(ErasureReason.safeParse(value).data)}
            choices={ErasureReason.options.map((value) => ({ value, label: t(`erasure-reason.${value}`) }))}
          />
          <TextField label={t('support.erasure.code', { code })} value={typed} onChange={setTyped} />
          {refusal && <RefusalNotice refusal={refusal} />}
          <Actions>
            <QuietButton onClick={onDone}>{t('support.erasure.keep')}</QuietButton>
            <QuietButton type="submit" disabled={busy}>
              {t('support.erasure.do')}
            </QuietButton>
          </Actions>
        </div>
      </Form>
    </FocusHere>
  )
}
