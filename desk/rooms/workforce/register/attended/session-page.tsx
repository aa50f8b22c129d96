import { StreamId } from '@lentera/core/shared/ids'
import { Module } from '@lentera/core/shared/modules'
import { Sex } from '@lentera/core/shared/people'
import { readWholeNumber } from '@lentera/core/shared/whole-number'
import { type CertifyAttended, certifyAttended, markedAt, monthsAfter } from '@lentera/core/workforce/officer/attended'
import { validityOfOurs } from '@lentera/core/workforce/officer/words'
import {
  Actions,
  CheckField,
  ChoicesField,
  EmptyState,
  Form,
  LoadingState,
  NextButton,
  PageTitle,
  QuietButton,
  RefusalNotice,
  Section,
  Stack,
  TextField,
  useFormat,
  useText,
} from '@lentera/ui/parts'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useDesk, useSnapshot } from '../../../../device/context.ts'
import { type Typed, useKeptForm } from '../../../../device/use-kept-form.ts'
import { useWrite } from '../../../../device/use-write.ts'
import recordStyles from '../../../records/records.module.css'
import { MarkOfficers } from './mark-officers.tsx'
import { markedNow, withMark } from './marked.ts'
import { sayAttended, sayHeldBy, sayModules } from './say.ts'
import { AgencyField, OthersMissing } from './sessions-page.tsx'
import { type SessionHere, useAgency, useSessions } from './use-sessions.ts'

/** One session: which officers of the agency attended, and the certificates they hold of it. */
export function AttendedSessionPage() {
  const t = useText()
  const { ready, agency, say } = useAgency()
  if (!ready) return <LoadingState />
  if (agency) return <SessionOf agency={agency} />
  return (
    <>
      <PageTitle over={<Back />}>{t('attended.title')}</PageTitle>
      <AgencyField agency={agency} onSay={say} />
    </>
  )
}

const Back = () => <Link to="/workforce/register/sessions">{useText()('attended.back')}</Link>

function SessionOf({ agency }: { readonly agency: Parameters<typeof useSessions>[0] }) {
  const t = useText()
  const { stream } = useParams({ strict: false })
  const { sessions, others } = useSessions(agency)
  const form = useKeptForm(`attended ${stream}`)
  const validity = useKeptForm('certificate-validity', firstValidity)
  const session = sessions.find((each) => each.stream === StreamId.safeParse(stream).data)
  if (!form.ready || !validity.ready) return <LoadingState />
  if (!session)
    return others === 'here' ? (
      <EmptyState title={t('training.not-here')} action={<Back />}>
        {t('training.not-here-text')}
      </EmptyState>
    ) : (
      <>
        <PageTitle over={<Back />}>{t('attended.title')}</PageTitle>
        <OthersMissing others={others} />
      </>
    )
  return (
    <OneSession key={session.stream} session={session} agency={t(`agency.${agency}`)} form={form} validity={validity} />
  )
}

/** A figure of ours, until the agency says where another stands: kept on this device, and written on each certificate. */
const firstValidity: Typed = { months: `${validityOfOurs}`, source: '' }

type OneSessionProps = {
  readonly session: SessionHere
  readonly agency: string
  readonly form: ReturnType<typeof useKeptForm>
  readonly validity: ReturnType<typeof useKeptForm>
}

function OneSession({ session, agency, form, validity }: OneSessionProps) {
  const t = useText()
  const format = useFormat()
  const desk = useDesk()
  const navigate = useNavigate()
  const officers = useSnapshot((snapshot) => snapshot.officers)
  const { refusal, busy, write } = useWrite(form.typed)
  const [saved, setSaved] = useState<number>()
  const before = markedAt(officers, session.stream)
  const { typed, set } = form
  const marked = markedNow(
    before.map(({ stream }) => stream),
    typed,
  )
  const mark = (officer: StreamId, is: boolean): void => {
    setSaved(undefined)
    for (const [field, value] of withMark(typed, officer, is)) set(field, value)
  }
  const said = readCommand(session, typed, validity.typed, marked)
  const save = async (): Promise<void> => {
    if (!(await write(certifyAttended(said, officers, desk.moment())))) return
    await form.forget()
    setSaved(marked.size)
  }
  const { months } = said.validity
  return (
    <>
      <PageTitle over={<Back />} under={[sayModules(session.modules, t), sayHeldBy(session.isOwn, t)].join(' · ')}>
        {t('attended.who', { date: format.date(session.heldOn) })}
      </PageTitle>
      <Form label={t('attended.title')} onSubmit={save}>
        <Stack>
          <Section title={t('attended.sheet', { agency })} note={t('attended.sheet-note')}>
            <p>
              {Sex.options.flatMap((sex) => sayAttended(session.attended, sex, t, format) ?? []).join(' · ') ||
                t('attended.nobody')}
            </p>
          </Section>
          <Section title={t('attended.officers')} note={t('attended.officers-note')}>
            <MarkOfficers marked={marked} onMark={mark} />
          </Section>
          <Section title={t('register.certificates')} note={t('attended.certificates-note')}>
            <div className={recordStyles.fields}>
              <ChoicesField
                label={t('training.modules')}
                value={said.modules.map(({ module }) => module)}
                choices={session.modules.map((value) => ({ value, label: t(`module.${value}`) }))}
                onChange={(chosen) => set('modules', chosen.join(','))}
              />
              {said.modules.map(({ module, version }) => (
                <TextField
                  key={module}
                  label={t('attended.version', { module: t(`module.${module}`) })}
                  sealed
                  optional
                  value={version}
                  onChange={(value) => set(`version ${module}`, value)}
                />
              ))}
              <TextField
                label={t('attended.months')}
                why={t('attended.months-why', { months: validityOfOurs })}
                inputMode="numeric"
                value={validity.typed.months ?? ''}
                onChange={(value) => validity.set('months', value)}
              />
              <TextField
                label={t('attended.source')}
                why={t('attended.source-why')}
                sealed
                optional={months === validityOfOurs}
                value={validity.typed.source ?? ''}
                onChange={(value) => validity.set('source', value)}
              />
              {months >= 1 && months <= 120 && (
                <p role="note">{t('attended.until', { date: format.date(monthsAfter(session.heldOn, months)) })}</p>
              )}
              {before.length > 0 && (
                <CheckField
                  label={t('attended.changes-earlier', { count: before.length })}
                  checked={said.changesEarlier}
                  onChange={(is) => set('changesEarlier', is ? 'yes' : '')}
                />
              )}
            </div>
          </Section>
          {refusal && <RefusalNotice refusal={sayRefusal(refusal, t)} />}
          {(refusal?.code === 'workforce.more-than-attended' || said.isSure) && (
            <CheckField
              label={t('attended.sure')}
              why={t('attended.sure-why')}
              checked={said.isSure}
              onChange={(is) => set('isSure', is ? 'yes' : '')}
            />
          )}
          {saved !== undefined && <p role="status">{t('attended.saved', { count: saved })}</p>}
          <Actions>
            <NextButton type="submit" disabled={busy}>
              {t('attended.save', { count: marked.size })}
            </NextButton>
            {saved !== undefined && (
              <QuietButton onClick={() => navigate({ to: '/workforce/cover' })}>{t('cover.today-board')}</QuietButton>
            )}
          </Actions>
        </Stack>
      </Form>
    </>
  )
}

/** All that was taught, until she takes a module away. */
function readCommand(
  session: SessionHere,
  typed: Typed,
  validity: Typed,
  marked: ReadonlySet<StreamId>,
): CertifyAttended {
  const modules =
    typed.modules === undefined
      ? session.modules
      : Module.options.filter((each) => typed.modules?.split(',').includes(each))
  return {
    session,
    modules: modules.map((module) => ({ module, version: typed[`version ${module}`] ?? '' })),
    officers: [...marked],
    validity: { months: readWholeNumber(validity.months ?? '') ?? 0, source: validity.source ?? '' },
    changesEarlier: typed.changesEarlier === 'yes',
    isSure: typed.isSure === 'yes',
  }
}

/** The sex as it is called on the screen. */
function sayRefusal<R extends { readonly values: Readonly<Record<string, string | number>> }>(
  refusal: R,
  t: (id: string) => string,
): R {
  const { sex } = refusal.values
  return sex === undefined ? refusal : { ...refusal, values: { ...refusal.values, sex: t(`officer.${sex}`) } }
}
