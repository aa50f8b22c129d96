import { changeText } from '@lentera/core/support/story/capture'
import { QuietButton, SealMark, Section, useText } from '@lentera/ui/parts'
import { useMemo, useState } from 'react'
import { useDesk } from '../../device/context.ts'
import type { OpenedStory } from '../../device/desk.ts'
import { useKeptForm } from '../../device/use-kept-form.ts'
import { Correction } from '../records/correction.tsx'
import { oneValue, sayHeads } from '../records/opened.ts'
import recordStyles from '../records/records.module.css'
import { PrintedFields, readPrinted } from './fields.tsx'
import styles from './story.module.css'

type TextProps = { readonly of: OpenedStory; readonly isOpen: boolean }

/** The text as it stands; where two were written apart, both. */
export function PrintedText({ of, isOpen }: TextProps) {
  const t = useText()
  const [changing, setChanging] = useState(false)
  const { story, fields } = of
  if (changing) return <ChangeText of={of} onDone={() => setChanging(false)} />
  return (
    <Section title={t('story.printed')} note={t('story.printed-why')}>
      {(fields.text ?? []).map(({ entry, value }) => (
        <div key={entry} className={styles.text} lang={story.language}>
          <SealMark /> {value ?? t('support.not-openable')}
        </div>
      ))}
      <dl className={recordStyles.facts}>
        <dt>{t('story.changed-name')}</dt>
        <dd>
          <SealMark /> {sayHeads(fields.changedName, t)}
        </dd>
        <dt>{t('story.language')}</dt>
        <dd>{story.language ? t(`language.${story.language}`) : t('results.unsettled')}</dd>
        <dt>{t('story.photo')}</dt>
        <dd>
          <SealMark /> {sayHeads(fields.photo, t) || t('story.photo-none')}
        </dd>
      </dl>
      {isOpen && <QuietButton onClick={() => setChanging(true)}>{t('story.text-change')}</QuietButton>}
    </Section>
  )
}

/** The correction of a text is another version of it, which is read again. What is typed is kept, sealed. */
function ChangeText({ of, onDone }: { readonly of: OpenedStory; readonly onDone: () => void }) {
  const t = useText()
  const desk = useDesk()
  const { stream, story, fields } = of
  const stands = useMemo(
    () => ({
      language: story.language ?? '',
      changedName: oneValue(fields.changedName),
      text: oneValue(fields.text),
      photo: oneValue(fields.photo),
    }),
    [story, fields],
  )
  const form = useKeptForm(`story ${stream} text`, stands)
  if (!form.ready) return null
  const who = oneValue(fields.who)
  const leave = async (): Promise<void> => {
    await form.forget()
    onDone()
  }
  return (
    <Section title={t('story.text-change')} note={t('story.text-change-why')}>
      <Correction
        label={t('story.text-change')}
        typed={form.typed}
        seen={form.seen}
        decide={() =>
          changeText(stream, story, readPrinted(form.typed), { ...readPrinted(stands), who }, desk.moment())
        }
        onDone={leave}
      >
        <div className={recordStyles.fields}>
          <PrintedFields {...form} />
        </div>
      </Correction>
    </Section>
  )
}
