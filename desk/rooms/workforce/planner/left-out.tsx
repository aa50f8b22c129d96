import { Section, useText } from '@lentera/ui/parts'
import type { LeftOut } from '../register/coverage-problem.ts'
import type { Register } from './use-register.ts'

/** What could not go into the board or the plan, so that nobody takes it for the whole agency's. */
export function LeftOutNote({
  leftOut,
  register,
}: {
  readonly leftOut: readonly LeftOut[]
  readonly register: Register
}) {
  const t = useText()
  const nameOf = ({ stream, why }: LeftOut): string => {
    const post = register.names.post(stream)
    return `${post === stream ? register.names.officer(stream) : post}: ${t(`cover.left-out.${why}`)}`
  }
  return (
    <Section title={t('cover.left-out', { count: leftOut.length })} note={t('cover.left-out-note')}>
      <ul>
        {leftOut.slice(0, shown).map((each) => (
          <li key={each.stream}>{nameOf(each)}</li>
        ))}
        {leftOut.length > shown && <li>{t('cover.page.more', { count: leftOut.length - shown })}</li>}
      </ul>
    </Section>
  )
}

/** Posts that are planned although nobody has said where they are, and what is not weighed for them. */
export function UnplacedNote({
  posts,
  names,
}: {
  readonly posts: readonly string[]
  readonly names: Pick<Register['names'], 'post'>
}) {
  const t = useText()
  if (posts.length === 0) return null
  return (
    <Section title={t('cover.unplaced', { count: posts.length })} note={t('cover.unplaced-note')}>
      <ul>
        {posts.slice(0, shown).map((post) => (
          <li key={post}>{names.post(post)}</li>
        ))}
        {posts.length > shown && <li>{t('cover.page.more', { count: posts.length - shown })}</li>}
      </ul>
    </Section>
  )
}

const shown = 20
