import { Section, useText } from '@lentera/ui/parts'
import { Link, useNavigate } from '@tanstack/react-router'
import { useDesk, useSnapshot } from '../../../device/context.ts'
import type { Typed } from '../../../device/use-kept-form.ts'
import { NewStream } from '../../records/new-stream.tsx'
import recordStyles from '../../records/records.module.css'
import { PostFields, readPost } from './post-fields.tsx'

const blank: Typed = {}

/** Writes down a crossing post: all of it sealed to the agency's team. */
export function NewPostPage() {
  const t = useText()
  const desk = useDesk()
  const navigate = useNavigate()
  const { posts } = useSnapshot()
  return (
    <NewStream
      name="new-post"
      title={t('register.post.new')}
      under={t('register.post.new-under')}
      back={<Link to="/workforce/register">{t('register.back')}</Link>}
      blank={blank}
      sections={(typing) => (
        <Section title={t('register.post.itself')} note={t('register.sealed-note')}>
          <div className={recordStyles.fields}>
            <PostFields {...typing} />
          </div>
        </Section>
      )}
      save={t('register.post.save')}
      open={async (typed) => {
        const said = readPost(typed, blank, posts)
        return said.ok ? desk.registerPost({ said: said.value }) : said
      }}
      onLeft={(stream) =>
        navigate(
          stream ? { to: '/workforce/register/posts/$stream', params: { stream } } : { to: '/workforce/register' },
        )
      }
    />
  )
}
