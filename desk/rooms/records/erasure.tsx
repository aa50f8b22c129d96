import type { Draft } from '@lentera/core/log/draft'
import { type Erasure, ErasureReason, personErased } from '@lentera/core/log/erasure'
import { type Decision, refuse } from '@lentera/core/shared/refusals'
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
import { useSnapshot } from '../../device/context.ts'
import { useWrite } from '../../device/use-write.ts'
import { FocusHere } from './focus-here.tsx'
import recordStyles from './records.module.css'

/** That somebody's identity is erased, and what is left; or who may erase it; or, for a supervisor, the way to do so. */
export function IdentityErasure({ erased, says, ...erasing }: IdentityErasureProps) {
  const t = useText()
  const format = useFormat()
  const me = useSnapshot((snapshot) => snapshot.me)
  const [asking, setAsking] = useState(false)
  const isHers = me?.roles.some((role) => personErased.who.includes(role)) === true
  if (erased)
    return (
      <Section title={says.title}>
        <p>
          {t('support.erasure.done', { when: format.date(erased.on), reason: t(`erasure-reason.${erased.reason}`) })}
        </p>
        <p>{says.left}</p>
      </Section>
    )
  return (
    <Section title={says.title}>
      {!isHers ? (
        <p>{says.who}</p>
      ) : asking ? (
        <Erase {...erasing} says={says} onDone={() => setAsking(false)} />
      ) : (
        <Actions>
          <QuietButton onClick={() => setAsking(true)}>{says.ask}</QuietButton>
        </Actions>
      )}
    </Section>
  )
}

export type IdentityErasureProps = {
  readonly code: string
  readonly erased: Erasure | undefined
  readonly erase: (reason: ErasureReason | undefined) => Decision<readonly Draft[]>
  readonly says: {
    readonly title: string
    /** Who may, to those who may not. */
    readonly who: string
    readonly ask: string
    /** What goes, what stays, what is not reached: read before she decides. */
    readonly before: readonly string[]
    /** What is left, of one who is erased. */
    readonly left: string
    readonly code: string
  }
}

/** Says plainly what goes and what stays, and lets it happen only after she has typed the code. */
function Erase({ code, erase, says, onDone }: Omit<IdentityErasureProps, 'erased'> & { readonly onDone: () => void }) {
  const t = useText()
  const [reason, setReason] = useState<ErasureReason>()
  const [typed, setTyped] = useState('')
  const { refusal, busy, write } = useWrite()
  const submit = async (): Promise<void> => {
    const isSame = typed.trim().toUpperCase() === code
    if (await write(isSame ? erase(reason) : refuse('support.code-differs', { code }))) onDone()
  }
  return (
    <FocusHere>
      <Form label={says.ask} onSubmit={submit}>
        <div className={recordStyles.fields}>
          <ul className={recordStyles.limits}>
            {says.before.map((each) => (
              <li key={each}>{each}</li>
            ))}
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
          <TextField label={says.code} value={typed} onChange={setTyped} />
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
