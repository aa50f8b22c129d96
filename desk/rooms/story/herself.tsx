import { describeStory } from '@lentera/core/support/story/capture'
import { QuietButton, SealMark, Section, useFormat, useText } from '@lentera/ui/parts'
import { useState } from 'react'
import { useDesk } from '../../device/context.ts'
import type { OpenedStory } from '../../device/desk.ts'
import type { Typed } from '../../device/use-kept-form.ts'
import { oneValue, sayHeads } from '../records/opened.ts'
import recordStyles from '../records/records.module.css'
import { Correct } from '../records/typed-correction.tsx'
import { HerselfFields } from './fields.tsx'

/** Who she is and how she is reached: never printed, and needed so that she can be asked again and take back what she gave. */
export function Herself({ of, isOpen }: { readonly of: OpenedStory; readonly isOpen: boolean }) {
  const t = useText()
  const format = useFormat()
  const [editing, setEditing] = useState(false)
  const { story, fields } = of
  if (editing) return <Describe of={of} onDone={() => setEditing(false)} />
  return (
    <Section title={t('story.herself')} note={t('story.herself-why')}>
      <dl className={recordStyles.facts}>
        <dt>{t('story.who')}</dt>
        <dd>
          <SealMark /> {sayHeads(fields.who, t)}
        </dd>
        <dt>{t('story.contact')}</dt>
        <dd>
          <SealMark /> {sayHeads(fields.contact, t) || t('story.not-said')}
        </dd>
        <dt>{t('story.notes')}</dt>
        <dd>
          <SealMark /> {sayHeads(fields.notes, t) || t('story.not-said')}
        </dd>
        <dt>{t('story.begun-in')}</dt>
        <dd>{format.date(story.begunOn)}</dd>
      </dl>
      {isOpen && <QuietButton onClick={() => setEditing(true)}>{t('story.describe')}</QuietButton>}
    </Section>
  )
}

function Describe({
  of: { stream, story, fields },
  onDone,
}: {
  readonly of: OpenedStory
  readonly onDone: () => void
}) {
  const t = useText()
  const desk = useDesk()
  const stood: Typed = { who: oneValue(fields.who), contact: oneValue(fields.contact), notes: oneValue(fields.notes) }
  const decide = (typed: Typed) => {
    const said = Object.fromEntries(Object.entries(typed).filter(([field, value]) => value !== stood[field]))
    return describeStory(stream, story, said, desk.moment())
  }
  return (
    <Section title={t('story.describe')}>
      <Correct
        label={t('story.describe')}
        stood={stood}
        decide={decide}
        onDone={onDone}
        fields={(typing) => (
          <div className={recordStyles.fields}>
            <HerselfFields {...typing} />
          </div>
        )}
      />
    </Section>
  )
}
