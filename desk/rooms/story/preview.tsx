import { notReady } from '@lentera/core/support/story/capture'
import { mayShowPhotograph, standingOf, whyNotReady } from '@lentera/core/support/story/project'
import { Use } from '@lentera/core/support/story/words'
import { QuietButton, Section, SelectField, useText } from '@lentera/ui/parts'
import { useState } from 'react'
import { useDesk, useSnapshot } from '../../device/context.ts'
import type { OpenedStory } from '../../device/desk.ts'
import { sayHeads } from '../records/opened.ts'
import { readyUses } from './say.ts'
import styles from './story.module.css'

/** As it would be printed for one use: whether it may be, and what stands on the page. Nothing is printed or sent from here. */
export function Preview({ of }: { readonly of: OpenedStory }) {
  const t = useText()
  const { today } = useDesk().moment()
  const demonstration = useSnapshot((snapshot) => snapshot.demonstration)
  const { story, fields } = of
  const [shown, setShown] = useState(false)
  const [chosen, setChosen] = useState('')
  const agreed = Use.options.find((each) => standingOf(story, each, today) === 'given')
  const use = Use.safeParse(chosen).data ?? readyUses(story, today)[0] ?? agreed ?? 'printed-report'
  const why = whyNotReady(story, use, today)
  const photo = sayHeads(fields.photo, t)
  if (!shown)
    return (
      <Section title={t('story.preview')} note={t('story.preview-why')}>
        <QuietButton onClick={() => setShown(true)}>{t('story.preview-show')}</QuietButton>
      </Section>
    )
  return (
    <Section title={t('story.preview')} note={t('story.preview-why')}>
      <SelectField
        label={t('story.copy.use')}
        value={use}
        choices={Use.options.map((value) => ({ value, label: t(`story.use.${value}`) }))}
        onChange={setChosen}
      />
      <p role="status">
        {why ? (
          <>
            <b>{t('story.preview-not')}</b> {t(`refusal.${notReady[why]}`)}
          </>
        ) : (
          t('story.preview-may', { use: t(`story.use.${use}`) })
        )}
      </p>
      <article className={styles.page} aria-label={t('story.preview')} lang={story.language}>
        {demonstration && <p className={styles.stamp}>{t('ui.frame.demonstration')}</p>}
        {why && <p className={styles.stamp}>{t('story.preview-draft')}</p>}
        <h3>{sayHeads(fields.changedName, t)}</h3>
        {photo && mayShowPhotograph(story, use, today) && (
          <p className={styles.photo}>{t('story.preview-photo', { photo })}</p>
        )}
        <p className={styles.text}>{sayHeads(fields.text, t)}</p>
        <p className="small">{t('story.preview-changed')}</p>
      </article>
      {photo && !mayShowPhotograph(story, use, today) && <p>{t('story.preview-no-photo')}</p>}
      <QuietButton onClick={() => setShown(false)}>{t('story.preview-hide')}</QuietButton>
    </Section>
  )
}
