import { markInError } from '@lentera/core/support/story/capture'
import { EmptyState, PageTitle, Stack, useText } from '@lentera/ui/parts'
import { Link, useParams } from '@tanstack/react-router'
import { useDesk, useSnapshot } from '../../device/context.ts'
import type { OpenedStory } from '../../device/desk.ts'
import { InError } from '../records/in-error.tsx'
import { sayHeads } from '../records/opened.ts'
import { Consents } from './consents.tsx'
import { Copies } from './copies.tsx'
import { Herself } from './herself.tsx'
import { Preview } from './preview.tsx'
import { stateOf } from './say.ts'
import { SecondReading } from './second-reading.tsx'
import { PrintedText } from './text.tsx'

/** One story: its text, who read it, what she agreed to, where copies went. */
export function StoryPage() {
  const t = useText()
  const { stream } = useParams({ strict: false })
  const of = useSnapshot(({ stories }) => stories.find((each) => each.stream === stream))
  if (!of)
    return (
      <EmptyState title={t('story.not-here')} action={<Link to="/stories">{t('story.back')}</Link>}>
        {t('story.not-here-text')}
      </EmptyState>
    )
  return <OneStory key={of.stream} of={of} />
}

function OneStory({ of }: { readonly of: OpenedStory }) {
  const t = useText()
  const desk = useDesk()
  const { stream, story, fields, code, unsent } = of
  const { today } = desk.moment()
  const isOpen = !story.enteredInError && !story.erased
  const under = [code, t(`story.state.${stateOf(story, today)}`), ...(unsent ? [t('support.unsent')] : [])].join(' · ')
  return (
    <>
      <PageTitle over={<Link to="/stories">{t('story.back')}</Link>} under={under}>
        {sayHeads(fields.changedName, t) || code}
      </PageTitle>
      <Stack>
        {story.conflicts.length > 0 && <p>{t('story.two-versions')}</p>}
        <PrintedText of={of} isOpen={isOpen} />
        {isOpen && <SecondReading of={of} />}
        <Consents of={of} isOpen={isOpen} />
        {isOpen && story.version && <Preview of={of} />}
        <Copies of={of} isOpen={isOpen} />
        <Herself of={of} isOpen={!story.erased} />
        <InError
          isInError={story.enteredInError}
          says={t('story.in-error.mark')}
          mark={(is) => markInError(stream, story, story.opening, is, desk.moment())}
        />
      </Stack>
    </>
  )
}
