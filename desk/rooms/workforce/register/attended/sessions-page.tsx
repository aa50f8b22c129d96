import { Agency } from '@lentera/core/shared/agencies'
import type { StreamId } from '@lentera/core/shared/ids'
import { Sex } from '@lentera/core/shared/people'
import { markedAt } from '@lentera/core/workforce/officer/attended'
import {
  DataTable,
  EmptyState,
  exact,
  LoadingState,
  PageTitle,
  RefusalNotice,
  Section,
  SelectField,
  Stack,
  useFormat,
  useText,
} from '@lentera/ui/parts'
import { Link, useNavigate } from '@tanstack/react-router'
import { useSnapshot } from '../../../../device/context.ts'
import type { OpenedOfficer } from '../../../../device/desk.ts'
import recordStyles from '../../../records/records.module.css'
import workforceStyles from '../../workforce.module.css'
import { OfficerList } from '../officer-list.tsx'
import { sayAttended, sayHeldBy, sayModules } from './say.ts'
import { type Sessions, useAgency, useSessions } from './use-sessions.ts'

/** The sessions of the programme that officers of the agency may have attended, and how many of them are marked. */
export function AttendedSessionsPage() {
  const t = useText()
  const { ready, agency, say } = useAgency()
  if (!ready) return <LoadingState />
  return (
    <>
      <PageTitle over={<Link to="/workforce/register">{t('register.back')}</Link>} under={t('attended.under')}>
        {t('attended.title')}
      </PageTitle>
      <Stack>
        <AgencyField agency={agency} onSay={say} />
        {agency && <SessionsOf agency={agency} />}
      </Stack>
      <p className={recordStyles.quiet}>{t('attended.stays')}</p>
    </>
  )
}

/** The kind of agency that a sheet of attendance counts her officers in. */
export function AgencyField({
  agency,
  onSay,
}: {
  readonly agency: Agency | undefined
  readonly onSay: (agency: string) => void
}) {
  const t = useText()
  return (
    <SelectField
      label={t('attended.agency')}
      why={t('attended.agency-why')}
      value={agency ?? ''}
      choices={Agency.options.map((value) => ({ value, label: t(`agency.${value}`) }))}
      onChange={onSay}
    />
  )
}

/** What is missing of the list, and why. */
export function OthersMissing({ others }: Pick<Sessions, 'others'>) {
  const t = useText()
  if (others === 'here') return null
  if (others === 'loading') return <LoadingState label={t('attended.others-loading')} />
  return others.code === 'desk.offline' ? (
    <p role="note">{t('attended.others-offline')}</p>
  ) : (
    <RefusalNotice refusal={others} />
  )
}

function SessionsOf({ agency }: { readonly agency: Agency }) {
  const t = useText()
  const format = useFormat()
  const navigate = useNavigate()
  const officers = useSnapshot((snapshot) => snapshot.officers)
  const { sessions, others } = useSessions(agency)
  return (
    <>
      <OthersMissing others={others} />
      {sessions.length === 0 ? (
        others !== 'loading' && <EmptyState title={t('attended.none')}>{t('attended.none-text')}</EmptyState>
      ) : (
        <div className={`card ${workforceStyles.table}`}>
          <DataTable
            caption={t('attended.sessions')}
            note={t('attended.sessions-note')}
            rows={sessions}
            keyOf={({ stream }) => stream}
            stacks
            onOpenRow={({ stream }) => navigate({ to: '/workforce/register/sessions/$stream', params: { stream } })}
            columns={[
              { id: 'held', label: t('training.held-on'), value: ({ heldOn }) => format.date(heldOn) },
              { id: 'modules', label: t('training.modules'), value: ({ modules }) => sayModules(modules, t) },
              {
                id: 'came',
                label: t('attended.came'),
                value: ({ attended }) =>
                  Sex.options.flatMap((sex) => sayAttended(attended, sex, t, format) ?? []).join(' · '),
              },
              {
                id: 'marked',
                label: t('attended.marked'),
                value: ({ stream }) => exact(markedAt(officers, stream).length),
              },
              { id: 'by', label: t('attended.held-by'), value: ({ isOwn }) => sayHeldBy(isOwn, t) },
            ]}
          />
        </div>
      )}
      {others === 'here' && <Unheld known={new Set(sessions.map(({ stream }) => stream))} officers={officers} />}
    </>
  )
}

/** Officers whose certificate names a session that stands in no list any more: it was entered in error, and she must look at it. */
function Unheld({
  known,
  officers,
}: {
  readonly known: ReadonlySet<StreamId>
  readonly officers: readonly OpenedOfficer[]
}) {
  const t = useText()
  const { posts } = useSnapshot()
  const unheld = officers.filter(({ certificates }) =>
    certificates.some(
      ({ certificate, said }) => !certificate.enteredInError && said?.session !== undefined && !known.has(said.session),
    ),
  )
  if (unheld.length === 0) return null
  return (
    <Section title={t('attended.unheld', { count: unheld.length })} note={t('attended.unheld-note')}>
      <OfficerList officers={unheld} posts={posts} />
    </Section>
  )
}
