import { StreamId } from '@lentera/core/shared/ids'
import { Sex } from '@lentera/core/shared/people'
import { Section, useText } from '@lentera/ui/parts'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useDesk, useSnapshot } from '../../../device/context.ts'
import type { Typed } from '../../../device/use-kept-form.ts'
import { NewStream } from '../../records/new-stream.tsx'
import recordStyles from '../../records/records.module.css'
import { OfficerFields, PostField, readOfficer } from './officer-fields.tsx'

const nothing: Typed = {}

/** Writes down an officer, sealed to the agency's team under a key of her own. */
export function NewOfficerPage() {
  const t = useText()
  const desk = useDesk()
  const navigate = useNavigate()
  const { posts } = useSnapshot()
  // From the page of a post: she serves there.
  const { stream: post } = useParams({ strict: false })
  const blank = useMemo<Typed>(() => (post ? { post } : nothing), [post])
  return (
    <NewStream
      name="new-officer"
      title={t('register.officer.new')}
      under={t('register.officer.new-under')}
      back={<Link to="/workforce/register">{t('register.back')}</Link>}
      blank={blank}
      sections={(typing) => (
        <Section title={t('register.officer.herself')} note={t('register.officer.note')}>
          <div className={recordStyles.fields}>
            <PostField {...typing} posts={posts} />
            <OfficerFields {...typing} />
          </div>
        </Section>
      )}
      save={t('register.officer.save')}
      open={async (typed) => {
        const read = readOfficer(typed, nothing, posts)
        if (!read.ok) return read
        const { sex: _, ...said } = read.value
        const sex = Sex.safeParse(typed.sex).data
        return desk.registerOfficer({ post: StreamId.safeParse(typed.post).data, sex, said })
      }}
      onLeft={(stream) =>
        navigate(
          stream ? { to: '/workforce/register/officers/$stream', params: { stream } } : { to: '/workforce/register' },
        )
      }
    />
  )
}
