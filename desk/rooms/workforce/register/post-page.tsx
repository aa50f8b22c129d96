import { servesOn } from '@lentera/core/workforce/officer/project'
import { describePost, markPostInError } from '@lentera/core/workforce/post/capture'
import { missingToPost } from '@lentera/core/workforce/post/project'
import { Facility, type PostField, type PostSaid, textsOfPost } from '@lentera/core/workforce/post/words'
import { readText, type Schema } from '@lentera/core/workforce/sealed-texts'
import { Actions, EmptyState, NextButton, PageTitle, Section, Stack, useFormat, useText } from '@lentera/ui/parts'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useDesk, useSnapshot } from '../../../device/context.ts'
import type { OpenedPost } from '../../../device/desk.ts'
import type { Typed } from '../../../device/use-kept-form.ts'
import { InError } from '../../records/in-error.tsx'
import { Itself, useUnder } from '../../records/itself.tsx'
import { sayHeads } from '../../records/opened.ts'
import type { Typing } from '../../records/typed-correction.tsx'
import { countsByPost, nobody } from './counts.ts'
import { OfficerList } from './officer-list.tsx'
import { PostFields, readPost, typedPost } from './post-fields.tsx'
import { sayOpening, sayPost } from './say.ts'

/** One post: who serves there today, what it is, and its corrections. */
export function PostPage() {
  const t = useText()
  const { stream } = useParams({ strict: false })
  const of = useSnapshot(({ posts }) => posts.find((each) => each.stream === stream))
  if (!of)
    return (
      <EmptyState title={t('register.not-here')} action={<Link to="/workforce/register">{t('register.back')}</Link>}>
        {t('register.not-here-text')}
      </EmptyState>
    )
  return <OnePost key={of.stream} of={of} />
}

type Of = { readonly of: OpenedPost }

function OnePost({ of }: Of) {
  const t = useText()
  const desk = useDesk()
  const navigate = useNavigate()
  const { officers } = useSnapshot()
  const { today } = desk.moment()
  const { stream, post, said } = of
  const here = officers.filter(
    (each) => each.officer.posts.includes(stream) && (!each.officer.left || servesOn(each, today)),
  )
  const counts = countsByPost(officers, today).get(stream) ?? nobody
  const missing = missingToPost(said)
  const under = useUnder(of, post.enteredInError)
  return (
    <>
      <PageTitle over={<Link to="/workforce/register">{t('register.back')}</Link>} under={under}>
        {sayPost(of, t)}
      </PageTitle>
      <Stack>
        <Section title={t('register.counts', counts)} note={t('register.counts-note')}>
          {counts.ending > 0 && <p>{t('register.ending-text', { count: counts.ending })}</p>}
          <OfficerList officers={here} />
          {!post.enteredInError && (
            <Actions>
              <NextButton
                onClick={() => navigate({ to: '/workforce/register/posts/$stream/new-officer', params: { stream } })}
              >
                {t('register.officer.new')}
              </NextButton>
            </Actions>
          )}
        </Section>
        {missing.length > 0 && (
          <p role="note">
            {t('register.not-safe', { what: missing.map((each) => t(`register.facility.${each}`)).join(', ') })}
          </p>
        )}
        <OfPost of={of} />
        <InError
          isInError={post.enteredInError}
          says={t('register.post.in-error')}
          mark={(is) => markPostInError(stream, post, is, desk.moment())}
        />
      </Stack>
    </>
  )
}

function OfPost({ of }: Of) {
  const t = useText()
  const format = useFormat()
  const desk = useDesk()
  const { posts } = useSnapshot()
  const { said, fields, post, stream } = of
  const stood = typedPost(of, posts)
  // All of it where two answers stand, and that somebody is to settle them.
  const sayIn = <Field extends PostField>(field: Field, say: (value: PostSaid[Field]) => string): string => {
    const text = sayHeads(fields[field], t, (each) => {
      const value = readText<PostSaid[Field]>(texts[field], each)
      return value === undefined ? t('support.not-openable') : say(value)
    })
    return said.disputed.some((each) => each === field)
      ? [text, t('register.two-answers')].filter(Boolean).join(' · ')
      : text
  }
  const way = ({ post: other, minutes }: PostSaid['neighbours'][number]): readonly string[] => {
    const called = posts.find((each) => each.stream === other)?.said
    return called ? [`${called.code ?? called.name}: ${minutes}`] : []
  }
  const facts: readonly (readonly [label: string, text: string])[] = [
    [t('register.post.name'), sayIn('name', (name) => name)],
    [t('register.post.code'), sayIn('code', (code) => code)],
    [t('register.post.crossing'), sayIn('crossing', (crossing) => t(`crossing.${crossing}`))],
    [t('register.post.hours'), sayIn('opening', (opening) => sayOpening(opening, t))],
    ...Facility.options.map(
      (facility) =>
        [t(`register.facility.${facility}`), sayIn(facility, (there) => t(`register.there.${there}`))] as const,
    ),
    [t('register.post.risk'), sayIn('risk', (risk) => t(`register.risk.${risk}`))],
    [t('register.post.must'), sayIn('mustBeCovered', (must) => t(`register.must.${must}`))],
    [t('register.post.alone'), sayIn('aloneBecause', (reason) => reason)],
    [t('register.post.flow'), sayIn('flow', (flow) => format.number(flow))],
    [t('register.post.vacancies'), sayIn('vacancies', (vacancies) => format.number(vacancies))],
    [t('register.post.position'), sayIn('position', ({ latitude, longitude }) => `${latitude}, ${longitude}`)],
    [t('register.post.neighbours'), sayIn('neighbours', (all) => all.flatMap(way).join('; '))],
    [t('register.post.from'), sayIn('from', format.date)],
    [t('register.post.until'), sayIn('until', format.date)],
  ]
  const correction = {
    label: t('register.post.describe'),
    stood,
    fields: (typing: Typing) => <PostFields {...typing} disputed={said.disputed} />,
    decide: (typed: Typed) => {
      const change = readPost(typed, stood, posts, said.disputed)
      return change.ok ? describePost(stream, of, change.value, posts, desk.moment()) : change
    },
  }
  return (
    <Itself
      of={`post ${stream}`}
      title={t('register.post.itself')}
      note={t('register.sealed-note')}
      facts={facts.map(([label, text]) => ({ label, text, isSealed: true }))}
      correction={post.enteredInError ? undefined : correction}
    />
  )
}

const texts: { readonly [Field in PostField]: Schema<PostSaid[Field]> } = textsOfPost
