import { StreamId } from '@lentera/core/shared/ids'
import { LanguageState } from '@lentera/core/shared/languages'
import { markModuleInError, stateLanguages } from '@lentera/core/training/module/capture'
import { projectModule, type TrainingModule } from '@lentera/core/training/module/project'
import {
  Actions,
  EmptyState,
  Form,
  NextButton,
  PageTitle,
  QuietButton,
  RefusalNotice,
  Section,
  SelectField,
  Stack,
  useFormat,
  useText,
} from '@lentera/ui/parts'
import { Link, useParams } from '@tanstack/react-router'
import { type Projected, useDesk, useSnapshot, useStreams } from '../../../device/context.ts'
import { useKeptForm } from '../../../device/use-kept-form.ts'
import { useWrite } from '../../../device/use-write.ts'
import { InError } from '../../records/in-error.tsx'
import recordStyles from '../../records/records.module.css'
import styles from './dissemination.module.css'
import { isKeeper } from './said.ts'

/** One module: how far it stands in each language. */
export function ModulePage() {
  const t = useText()
  const { stream } = useParams({ strict: false })
  const module = useStreams('training-module', projectModule).find(
    (each) => each.stream === StreamId.safeParse(stream).data,
  )
  if (!module)
    return (
      <EmptyState
        title={t('dissemination.not-here')}
        action={<Link to="/dissemination">{t('dissemination.back')}</Link>}
      >
        {t('dissemination.not-here-text')}
      </EmptyState>
    )
  return <OneModule module={module} />
}

type ModuleProps = { readonly module: Projected<TrainingModule> }

function OneModule({ module }: ModuleProps) {
  const t = useText()
  const desk = useDesk()
  const keeper = useSnapshot(({ me }) => isKeeper(me))
  const { state, stream, unsent } = module
  const reviewed = state.languages.filter((each) => each.state === 'reviewed').length
  const under = [
    t('dissemination.module.reviewed', { reviewed, of: state.languages.length }),
    ...(unsent ? [t('support.unsent')] : []),
    ...(state.enteredInError ? [t('support.entered-in-error')] : []),
  ].join(' · ')
  return (
    <>
      <PageTitle over={<Link to="/dissemination">{t('dissemination.back')}</Link>} under={under}>
        {t('dissemination.module.title', { module: t(`module.${state.module}`) })}
      </PageTitle>
      <Stack>
        {state.conflicts.length > 0 && <p className={recordStyles.quiet}>{t('dissemination.two-versions')}</p>}
        {keeper && !state.enteredInError ? <States module={module} /> : <StatesToRead state={state} />}
        {keeper && (
          <InError
            isInError={state.enteredInError}
            says={t('dissemination.in-error.module')}
            mark={(is) => markModuleInError(stream, state, is, desk.moment().today)}
          />
        )}
      </Stack>
    </>
  )
}

/** Every language with its state, and what it moves to. Only what is changed is said. */
function States({ module: { stream, state } }: ModuleProps) {
  const t = useText()
  const format = useFormat()
  const desk = useDesk()
  const form = useKeptForm(`module ${stream}`)
  const { refusal, busy, write } = useWrite(form.typed)
  if (!form.ready) return null
  const typed = state.languages.map((each) => {
    const chosen = LanguageState.safeParse(form.typed[each.language]).data
    return { ...each, chosen: chosen ?? each.state }
  })
  const moved = typed.filter((each) => each.chosen !== each.state)
  const save = async (): Promise<void> => {
    const states = Object.fromEntries(moved.map(({ language, chosen }) => [language, chosen]))
    if (await write(stateLanguages(stream, state, states, desk.moment().today), form.seen)) await form.forget()
  }
  return (
    <Section title={t('dissemination.languages')} note={t('dissemination.module.note')}>
      <Form label={t('dissemination.languages')} onSubmit={save}>
        <div className={styles.languages}>
          {typed.map(({ language, state: stands, chosen, on }) => (
            <SelectField
              key={language}
              label={t(`language.${language}`)}
              why={
                stands
                  ? t('dissemination.module.since', { state: t(`module-state.${stands}`), day: format.date(on) })
                  : t('support.two-versions')
              }
              value={chosen ?? ''}
              choices={LanguageState.options.map((value) => ({ value, label: t(`module-state.${value}`) }))}
              onChange={(value) => form.set(language, value)}
            />
          ))}
        </div>
        {refusal && (
          <RefusalNotice
            refusal={
              typeof refusal.values.language === 'string'
                ? { ...refusal, values: { language: t(`language.${refusal.values.language}`) } }
                : refusal
            }
          />
        )}
        <Actions>
          <NextButton type="submit" disabled={busy}>
            {t('dissemination.module.save', { count: moved.length })}
          </NextButton>
          {moved.length > 0 && <QuietButton onClick={form.forget}>{t('support.give-up')}</QuietButton>}
        </Actions>
      </Form>
    </Section>
  )
}

function StatesToRead({ state }: { readonly state: TrainingModule }) {
  const t = useText()
  return (
    <Section title={t('dissemination.languages')}>
      <dl className={styles.facts}>
        {state.languages.map(({ language, state: stands }) => (
          <div key={language}>
            <dt>{t(`language.${language}`)}</dt>
            <dd>{stands ? t(`module-state.${stands}`) : t('results.unsettled')}</dd>
          </div>
        ))}
      </dl>
    </Section>
  )
}
