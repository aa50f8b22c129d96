import type { EntryId } from '@lentera/core/shared/ids'
import { approveText, sendBack } from '@lentera/core/support/story/capture'
import { Check } from '@lentera/core/support/story/words'
import {
  Actions,
  ChoicesField,
  Form,
  LongTextField,
  NextButton,
  QuietButton,
  RefusalNotice,
  SealMark,
  Section,
  useFormat,
  useText,
} from '@lentera/ui/parts'
import { useState } from 'react'
import { useDesk, useSnapshot } from '../../device/context.ts'
import type { OpenedStory } from '../../device/desk.ts'
import { useKeptForm } from '../../device/use-kept-form.ts'
import { useWrite } from '../../device/use-write.ts'
import { sayHeads } from '../records/opened.ts'
import recordStyles from '../records/records.module.css'
import styles from './story.module.css'

type Of = { readonly of: OpenedStory }

/** Who read this version beside its writer, and what she found; to whoever did not write it, the reading itself. */
export function SecondReading({ of }: Of) {
  const t = useText()
  const me = useSnapshot((snapshot) => snapshot.me?.member)
  const [reading, setReading] = useState(false)
  const { version, reading: stands } = of.story
  const isHers = version?.author === me
  return (
    <Section title={t('story.reading')} note={t('story.reading-why')}>
      {version ? <Standing of={of} /> : <p>{t('refusal.story.two-texts')}</p>}
      {version && isHers && stands.reading === 'unread' && <p>{t('story.reading-own')}</p>}
      {version &&
        !isHers &&
        (reading ? (
          <Read key={version.entry} of={of} version={version.entry} onDone={() => setReading(false)} />
        ) : (
          <QuietButton onClick={() => setReading(true)}>
            {stands.reading === 'unread' ? t('story.reading-begin') : t('story.reading-again')}
          </QuietButton>
        ))}
    </Section>
  )
}

function Standing({ of: { story, records } }: Of) {
  const t = useText()
  const format = useFormat()
  const { reading, by, on } = story.reading
  const reader = useSnapshot(({ members }) => members.find(({ member }) => member === by)?.label)
  if (reading === 'unread' || !on) return <p>{t('story.reading.unread')}</p>
  const said = { reader: reader ?? t('story.reading-somebody'), quarter: format.date(on) }
  if (reading === 'approved') return <p>{t('story.reading.approved', said)}</p>
  const remove = story.version && records[story.version.entry]?.remove
  return (
    <>
      <p>{t('story.reading.sent-back', said)}</p>
      <p className={styles.text}>
        <SealMark /> {sayHeads(remove, t)}
      </p>
    </>
  )
}

/** `version`: the one on the screen when the reading began; where another arrives meanwhile, it is read anew. */
function Read({
  of: { stream, story },
  version,
  onDone,
}: Of & { readonly version: EntryId; readonly onDone: () => void }) {
  const t = useText()
  const desk = useDesk()
  const reader = useSnapshot((snapshot) => snapshot.me?.member)
  const [checked, setChecked] = useState<readonly Check[]>([])
  const form = useKeptForm(`story ${stream} reading`)
  const { refusal, busy, write } = useWrite(form.typed)
  if (!form.ready || !reader) return null
  const leave = async (): Promise<void> => {
    await form.forget()
    onDone()
  }
  const approve = async (): Promise<void> => {
    if (await write(approveText(stream, story, { reader, version, checked }, desk.moment()))) await leave()
  }
  const back = async (): Promise<void> => {
    const remove = form.typed.remove ?? ''
    if (await write(sendBack(stream, story, { reader, version, remove }, desk.moment()))) await leave()
  }
  return (
    <Form label={t('story.reading-begin')} onSubmit={approve}>
      <div className={recordStyles.fields}>
        <ChoicesField
          label={t('story.checked')}
          why={t('story.checked-why')}
          value={checked}
          choices={Check.options.map((value) => ({ value, label: t(`story.check.${value}`) }))}
          onChange={(values) => setChecked(Check.options.filter((each) => values.includes(each)))}
        />
        <LongTextField
          label={t('story.remove')}
          why={t('story.remove-why')}
          sealed
          optional
          value={form.typed.remove ?? ''}
          onChange={(value) => form.set('remove', value)}
        />
        {refusal && <RefusalNotice refusal={refusal} />}
        <Actions>
          <NextButton type="submit" disabled={busy}>
            {t('story.approve')}
          </NextButton>
          <QuietButton disabled={busy} onClick={back}>
            {t('story.send-back')}
          </QuietButton>
          <QuietButton onClick={leave}>{t('support.give-up')}</QuietButton>
        </Actions>
      </div>
    </Form>
  )
}
