import { Section, useText } from '@lentera/ui/parts'
import { Link, useNavigate } from '@tanstack/react-router'
import { useDesk } from '../../device/context.ts'
import { NewStream } from '../records/new-stream.tsx'
import recordStyles from '../records/records.module.css'
import { HerselfFields, PrintedFields, readPrinted } from './fields.tsx'

/** Begins a story: the text under a changed name, and apart from it who she is. It stands in no case and leads to none. */
export function NewStoryPage() {
  const t = useText()
  const desk = useDesk()
  const navigate = useNavigate()
  return (
    <NewStream
      name="new-story"
      title={t('story.new.title')}
      under={t('story.new.under')}
      back={<Link to="/stories">{t('story.back')}</Link>}
      sections={(typing) => (
        <>
          <Section title={t('story.printed')} note={t('story.printed-why')}>
            <div className={recordStyles.fields}>
              <PrintedFields {...typing} />
            </div>
          </Section>
          <Section title={t('story.herself')} note={t('story.herself-why')}>
            <div className={recordStyles.fields}>
              <HerselfFields {...typing} />
            </div>
          </Section>
        </>
      )}
      save={t('story.new.do')}
      open={(typed) => {
        const { who = '', contact = '', notes = '' } = typed
        return desk.beginStory({ ...readPrinted(typed), who, contact, notes })
      }}
      onLeft={(stream) => navigate(stream ? { to: '/stories/$stream', params: { stream } } : { to: '/stories' })}
    />
  )
}
