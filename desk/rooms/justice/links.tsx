import { StreamId } from '@lentera/core/shared/ids'
import { linkSurvivor, unlinkSurvivor } from '@lentera/core/support/justice/capture'
import {
  Actions,
  CheckField,
  Form,
  NextButton,
  QuietButton,
  RefusalNotice,
  SealMark,
  Section,
  SelectField,
  useText,
} from '@lentera/ui/parts'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useDesk, useSnapshot } from '../../device/context.ts'
import { isOpen, type OpenedCriminalCase } from '../../device/desk.ts'
import { useWrite } from '../../device/use-write.ts'
import recordStyles from '../records/records.module.css'
import { openedOf } from './about.tsx'
import styles from './justice.module.css'

/** The survivors' cases a criminal case is linked to, as this device opens them: by code, with no name beside an accused. */
export function SurvivorLinks({ of, mayWrite }: { readonly of: OpenedCriminalCase; readonly mayWrite: boolean }) {
  const t = useText()
  const desk = useDesk()
  const caseload = useSnapshot((snapshot) => snapshot.caseload)
  const [linking, setLinking] = useState(false)
  const { refusal, busy, write } = useWrite()
  const { stream, survivors, criminalCase } = of
  const here = caseload.filter((each) => survivors.includes(each.stream))
  const elsewhere = survivors.filter((survivor) => !here.some((each) => each.stream === survivor))
  const unlink = (survivor: StreamId) => write(unlinkSurvivor(stream, openedOf(of), survivor, desk.moment()))
  return (
    <Section title={t('justice.links')} note={t('justice.links-note')}>
      {survivors.length === 0 && <p>{t('justice.links-none')}</p>}
      <ul className={styles.links}>
        {here.map((each) => (
          <li key={each.stream}>
            <SealMark />{' '}
            <Link to="/cases/$stream" params={{ stream: each.stream }}>
              {each.code}
            </Link>
            {mayWrite && (
              <QuietButton disabled={busy} onClick={() => unlink(each.stream)}>
                {t('justice.unlink', { code: each.code })}
              </QuietButton>
            )}
          </li>
        ))}
      </ul>
      {elsewhere.length > 0 && <p>{t('justice.links-elsewhere', { count: elsewhere.length })}</p>}
      {refusal && <RefusalNotice refusal={refusal} />}
      {linking && <NewLink of={of} onDone={() => setLinking(false)} />}
      {mayWrite && !linking && !criminalCase.enteredInError && (
        <QuietButton onClick={() => setLinking(true)}>{t('justice.link')}</QuietButton>
      )}
    </Section>
  )
}

/** One of the open cases on this device. What is chosen is not kept while it is typed: no form may name two cases. */
function NewLink({ of, onDone }: { readonly of: OpenedCriminalCase; readonly onDone: () => void }) {
  const t = useText()
  const desk = useDesk()
  const caseload = useSnapshot((snapshot) => snapshot.caseload)
  const open = caseload.filter((each) => isOpen(each) && !each.file.erased)
  const [typed, setTyped] = useState({ survivor: '', agreed: '' })
  const { refusal, busy, write } = useWrite(typed)
  const save = async (): Promise<void> => {
    const survivor = StreamId.safeParse(typed.survivor).data
    const said = { survivor, agreed: typed.agreed === 'yes' }
    if (await write(linkSurvivor(of.stream, of.criminalCase, openedOf(of), said, desk.moment()))) onDone()
  }
  return (
    <Form label={t('justice.link')} onSubmit={save}>
      <div className={recordStyles.fields}>
        <SelectField
          label={t('justice.survivor')}
          why={t('justice.survivor-why')}
          sealed
          value={typed.survivor}
          choices={open.map(({ stream, code }) => ({ value: stream, label: code }))}
          onChange={(survivor) => setTyped((was) => ({ ...was, survivor }))}
        />
        <CheckField
          label={t('justice.agreed')}
          why={t('justice.agreed-why')}
          checked={typed.agreed === 'yes'}
          onChange={(is) => setTyped((was) => ({ ...was, agreed: is ? 'yes' : '' }))}
        />
        {refusal && <RefusalNotice refusal={refusal} />}
        <Actions>
          <NextButton type="submit" disabled={busy}>
            {t('support.save')}
          </NextButton>
          <QuietButton onClick={onDone}>{t('support.give-up')}</QuietButton>
        </Actions>
      </div>
    </Form>
  )
}

/** In a survivor's case: the criminal cases it is linked to. Nothing of it stands in her case. */
export function CriminalCasesOf({ stream }: { readonly stream: StreamId }) {
  const t = useText()
  const linked = useSnapshot(({ criminalCases }) => criminalCases).filter(({ survivors }) => survivors.includes(stream))
  if (linked.length === 0) return null
  return (
    <Section title={t('justice.nav')} note={t('justice.of-survivor-note')}>
      <ul className={styles.links}>
        {linked.map((each) => (
          <li key={each.stream}>
            <SealMark />{' '}
            <Link to="/justice/$stream" params={{ stream: each.stream }}>
              {each.code}
            </Link>
            {each.criminalCase.stage && (
              <span className={recordStyles.quiet}>{t(`justice-stage.${each.criminalCase.stage}`)}</span>
            )}
          </li>
        ))}
      </ul>
    </Section>
  )
}
