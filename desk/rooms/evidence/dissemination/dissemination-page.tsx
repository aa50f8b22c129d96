import {
  type DisseminationEvent,
  type Product,
  projectEvent,
  projectProduct,
} from '@lentera/core/evidence/dissemination/project'
import type { LanguageState } from '@lentera/core/shared/languages'
import { openModule } from '@lentera/core/training/module/capture'
import { projectModule, type TrainingModule } from '@lentera/core/training/module/project'
import { moduleStream } from '@lentera/core/training/module/words'
import { Module } from '@lentera/core/training/words'
import {
  Actions,
  type Column,
  EmptyState,
  exact,
  NextButton,
  PageTitle,
  QuietButton,
  RefusalNotice,
  Stack,
  useFormat,
  useText,
} from '@lentera/ui/parts'
import { useNavigate } from '@tanstack/react-router'
import { type Projected, useDesk, useSnapshot, useStreams } from '../../../device/context.ts'
import { useWrite } from '../../../device/use-write.ts'
import { newestFirst } from '../../records/newest-first.ts'
import { marksOf } from '../../records/say.ts'
import { marksColumn, StreamSection } from '../../records/stream-table.tsx'
import { ByAudience } from './by-audience.tsx'
import { isKeeper, participantsOf, sayAudiences, sayLanguages, sayLevel, sayTitle, womenOf } from './said.ts'

/** What her organisation published and where it was discussed, and in which languages the modules stand. */
export function DisseminationPage() {
  const t = useText()
  const keeper = useSnapshot(({ me }) => isKeeper(me))
  const products = newestFirst(useStreams('product', projectProduct), ({ publishedOn }) => publishedOn)
  const events = newestFirst(useStreams('event', projectEvent), ({ heldOn }) => heldOn)
  const modules = useStreams('training-module', projectModule).toSorted(
    (a, b) => Module.options.indexOf(a.state.module) - Module.options.indexOf(b.state.module),
  )
  const standing = (rows: readonly Projected<{ readonly enteredInError: boolean }>[]): number =>
    rows.filter(({ state }) => !state.enteredInError).length
  return (
    <>
      <PageTitle over={t('evidence.over')} under={t('dissemination.under')}>
        {t('dissemination.title', { products: standing(products), events: standing(events) })}
      </PageTitle>
      <Stack>
        <Products products={products} keeper={keeper} />
        <Events events={events} keeper={keeper} />
        <ByAudience products={products} events={events} />
        <Modules modules={modules} keeper={keeper} />
      </Stack>
    </>
  )
}

function Products({
  products,
  keeper,
}: {
  readonly products: readonly Projected<Product>[]
  readonly keeper: boolean
}) {
  const t = useText()
  const format = useFormat()
  const navigate = useNavigate()
  return (
    <StreamSection
      title={t('dissemination.products')}
      note={t('dissemination.products-note')}
      actions={
        keeper && (
          <NextButton onClick={() => navigate({ to: '/dissemination/products/new' })}>
            {t('dissemination.product.new')}
          </NextButton>
        )
      }
      none={<EmptyState title={t('dissemination.products-none')} />}
      caption={t('dissemination.newest')}
      rows={products}
      onOpen={(stream) => navigate({ to: '/dissemination/products/$stream', params: { stream } })}
      columns={[
        { id: 'title', label: t('dissemination.product.title'), value: ({ state }) => sayTitle(state, t) },
        {
          id: 'published',
          label: t('dissemination.published-on'),
          value: ({ state }) => format.date(state.publishedOn),
        },
        { id: 'edition', label: t('dissemination.edition'), value: ({ state }) => state.edition ?? '' },
        { id: 'languages', label: t('dissemination.languages'), value: ({ state }) => sayLanguages(state, t) },
        ...marksColumn(
          products,
          (each) => [
            ...(each.state.standing === 'withdrawn' ? [t('product-standing.withdrawn')] : []),
            ...marksOf(each, t),
          ],
          t,
        ),
      ]}
    />
  )
}

function Events({
  events,
  keeper,
}: {
  readonly events: readonly Projected<DisseminationEvent>[]
  readonly keeper: boolean
}) {
  const t = useText()
  const format = useFormat()
  const navigate = useNavigate()
  return (
    <StreamSection
      title={t('dissemination.events')}
      note={t('dissemination.events-note')}
      actions={
        keeper && (
          <NextButton onClick={() => navigate({ to: '/dissemination/events/new' })}>
            {t('dissemination.event.new')}
          </NextButton>
        )
      }
      none={<EmptyState title={t('dissemination.events-none')} />}
      caption={t('dissemination.newest')}
      rows={events}
      onOpen={(stream) => navigate({ to: '/dissemination/events/$stream', params: { stream } })}
      columns={[
        { id: 'held', label: t('dissemination.held-on'), value: ({ state }) => format.date(state.heldOn) },
        { id: 'level', label: t('dissemination.level'), value: ({ state }) => sayLevel(state, t) },
        { id: 'audiences', label: t('dissemination.audiences'), value: ({ state }) => sayAudiences(state, t) },
        {
          id: 'participants',
          label: t('dissemination.participants'),
          value: ({ state }) => participantsOf(state),
        },
        { id: 'women', label: t('dissemination.women'), value: ({ state }) => womenOf(state) },
        ...marksColumn(events, (each) => marksOf(each, t), t),
      ]}
    />
  )
}

function Modules({
  modules,
  keeper,
}: {
  readonly modules: readonly Projected<TrainingModule>[]
  readonly keeper: boolean
}) {
  const t = useText()
  const desk = useDesk()
  const navigate = useNavigate()
  const me = useSnapshot((snapshot) => snapshot.me)
  const { refusal, busy, write } = useWrite()
  const here = modules.map(({ state }) => state)
  const left = Module.options.filter((module) => !here.some((each) => each.module === module))
  const begin = async (module: Module): Promise<void> => {
    if (!me || !(await write(openModule(me.organisation, module, here, desk.moment().today)))) return
    const stream = moduleStream(me.organisation, module)
    await navigate({ to: '/dissemination/modules/$stream', params: { stream } })
  }
  return (
    <StreamSection
      title={t('dissemination.modules')}
      note={t('dissemination.modules-note')}
      none={<EmptyState title={t('dissemination.modules-none')} />}
      caption={t('dissemination.by-state')}
      rows={modules}
      onOpen={(stream) => navigate({ to: '/dissemination/modules/$stream', params: { stream } })}
      columns={[
        { id: 'module', label: t('results.dimension.module'), value: ({ state }) => t(`module.${state.module}`) },
        ...columnsOfStates.map(
          (stands): Column<Projected<TrainingModule>> => ({
            id: stands,
            label: t(`module-state.${stands}`),
            value: ({ state }) => exact(state.languages.filter((each) => each.state === stands).length),
          }),
        ),
        ...marksColumn(modules, (each) => marksOf(each, t), t),
      ]}
    >
      {refusal && <RefusalNotice refusal={refusal} />}
      {keeper && left.length > 0 && (
        <Actions>
          {left.map((module) => (
            <QuietButton key={module} disabled={busy} onClick={() => begin(module)}>
              {t('dissemination.module.begin', { module: t(`module.${module}`) })}
            </QuietButton>
          ))}
        </Actions>
      )}
    </StreamSection>
  )
}

/** What is looked for first stands first: on a telephone the rest is pushed aside. */
const columnsOfStates: readonly LanguageState[] = ['reviewed', 'draft', 'outdated', 'missing']
