import { servesOn } from '@lentera/core/workforce/officer/project'
import { describePost, markPostInError } from '@lentera/core/workforce/post/capture'
import { missingToPost } from '@lentera/core/workforce/post/project'
import { Facility } from '@lentera/core/workforce/post/words'
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
  const sayOne = (field: keyof typeof fields, text: string | undefined): string =>
    said.disputed.some((each) => each === field) ? t('register.two-answers') : (text ?? '')
  const number = (value: number | undefined): string | undefined =>
    value === undefined ? undefined : format.number(value)
  const facts: readonly (readonly [label: string, text: string])[] = [
    [t('register.post.name'), sayHeads(fields.name, t)],
    [t('register.post.code'), sayHeads(fields.code, t)],
    [t('register.post.crossing'), sayOne('crossing', said.crossing && t(`crossing.${said.crossing}`))],
    [t('register.post.hours'), sayOne('opening', said.opening && sayOpening(said.opening, t))],
    ...Facility.options.map(
      (facility) =>
        [
          t(`register.facility.${facility}`),
          sayOne(facility, said[facility] && t(`register.there.${said[facility]}`)),
        ] as const,
    ),
    [t('register.post.risk'), sayOne('risk', said.risk && t(`register.risk.${said.risk}`))],
    [t('register.post.must'), sayOne('mustBeCovered', said.mustBeCovered && t(`register.must.${said.mustBeCovered}`))],
    [t('register.post.alone'), sayOne('aloneBecause', said.aloneBecause)],
    [t('register.post.flow'), sayOne('flow', number(said.flow))],
    [t('register.post.vacancies'), sayOne('vacancies', number(said.vacancies))],
    [
      t('register.post.position'),
      sayOne('position', said.position && `${said.position.latitude}, ${said.position.longitude}`),
    ],
    [t('register.post.neighbours'), sayOne('neighbours', stood.neighbours || undefined)],
    [t('register.post.from'), sayOne('from', said.from && format.date(said.from))],
    [t('register.post.until'), sayOne('until', said.until && format.date(said.until))],
  ]
  const correction = {
    label: t('register.post.describe'),
    stood,
    fields: (typing: Typing) => <PostFields {...typing} />,
    decide: (typed: Typed) => {
      const change = readPost(typed, stood, posts)
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
