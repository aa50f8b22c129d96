import { TeamId } from '@lentera/core/shared/ids'
import type { Refusal } from '@lentera/core/shared/refusals'
import { Role } from '@lentera/core/shared/roles'
import {
  Actions,
  ChoicesField,
  EmptyState,
  Form,
  NextButton,
  PageTitle,
  RefusalNotice,
  Section,
  SelectField,
  Stack,
  TextField,
  useText,
} from '@lentera/ui/parts'
import { useState } from 'react'
import { useDesk, useSnapshot } from '../device/context.ts'
import { isPassphraseReady, PassphraseFields, PresentPassphrase } from './passphrase-fields.tsx'
import { isAdministrator } from './posts.ts'
import { RecoveryCode } from './recovery-code.tsx'
import { RemoveMember } from './remove-member.tsx'
import styles from './shell.module.css'

/** Who belongs to the organisation, by the names of posts; an administrator admits people here. */
export function MembersPage() {
  const t = useText()
  const { me, members, teams } = useSnapshot()
  const present = members.filter(({ removed }) => !removed)
  const nameOf = new Map(teams.map(({ team, name }) => [team, name]))
  return (
    <>
      <PageTitle under={t('members.under')}>{t('members.title', { count: present.length })}</PageTitle>
      <Stack>
        <Section title={t('members.list')}>
          {members.length === 0 ? (
            <EmptyState title={t('members.none')} />
          ) : (
            <ul className={styles.rows}>
              {members.map((colleague) => (
                <li key={colleague.member} className={styles.row}>
                  <b>{colleague.label}</b>
                  <span className="small">
                    {colleague.removed
                      ? t('members.removed')
                      : colleague.team === null
                        ? t('members.no-team')
                        : nameOf.get(colleague.team)}
                  </span>
                  {colleague.disputed && <p className={styles.disputed}>{t('members.disputed')}</p>}
                  {isAdministrator(me) && !colleague.removed && colleague.member !== me?.member && (
                    <RemoveMember colleague={colleague} />
                  )}
                </li>
              ))}
            </ul>
          )}
        </Section>
        {isAdministrator(me) && <Admit />}
      </Stack>
    </>
  )
}

function Admit() {
  const t = useText()
  const desk = useDesk()
  const { teams, online } = useSnapshot()
  const [typed, setTyped] = useState(nothingTyped)
  const [roles, setRoles] = useState<readonly Role[]>(['caseworker'])
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<Refusal>()
  const [admitted, setAdmitted] = useState<{ readonly post: string; readonly login: string; readonly code: string }>()
  const [done, setDone] = useState<string>()
  const [present, setPresent] = useState('')
  const { label, team, newTeam, login, passphrase, again } = typed
  const change = (some: Partial<typeof nothingTyped>): void => {
    setDone(undefined)
    setTyped({ ...typed, ...some })
  }
  const inTeam = team === 'new' ? { name: newTeam } : team === '' ? null : { team: TeamId.parse(team) }
  const ready =
    label.trim() !== '' &&
    login.trim() !== '' &&
    roles.length > 0 &&
    (team !== 'new' || newTeam.trim() !== '') &&
    isPassphraseReady(passphrase, again) &&
    present !== ''
  const admit = async (): Promise<void> => {
    if (!ready || busy) return
    setBusy(true)
    const decided = await desk.admit({ present, label, roles, team: inTeam, login, passphrase })
    setBusy(false)
    setRefusal(decided.ok ? undefined : decided.refusal)
    if (!decided.ok) return
    setAdmitted({ post: label, login, code: decided.value.recoveryCode })
    setTyped(nothingTyped)
    setPresent('')
  }
  if (admitted)
    return (
      <Section title={t('members.recovery.title')} note={t('members.recovery.under', { post: admitted.post })}>
        <RecoveryCode
          title={t('found.recovery.heading', { login: admitted.login })}
          code={admitted.code}
          onPrinted={() => {
            setDone(admitted.post)
            setAdmitted(undefined)
          }}
        />
      </Section>
    )
  return (
    <Section title={t('members.admit.title')} note={t('members.admit.note')}>
      <Form label={t('members.admit.title')} onSubmit={admit}>
        {refusal && <RefusalNotice refusal={refusal} />}
        <TextField
          label={t('found.post')}
          why={t('found.post-why')}
          value={label}
          onChange={(value) => change({ label: value })}
        />
        <ChoicesField
          label={t('members.admit.roles')}
          value={roles}
          choices={Role.options.map((value) => ({ value, label: t(`role.${value}`) }))}
          onChange={(value) => setRoles(value.flatMap((role) => Role.safeParse(role).data ?? []))}
        />
        <SelectField
          label={t('members.admit.team')}
          why={t('found.admit.team-why')}
          value={team}
          empty={t('members.no-team')}
          choices={[
            ...teams.map((each) => ({ value: each.team, label: each.name })),
            { value: 'new', label: t('members.admit.new-team') },
          ]}
          onChange={(value) => change({ team: value })}
        />
        {team === 'new' && (
          <TextField label={t('found.admit.team')} value={newTeam} onChange={(value) => change({ newTeam: value })} />
        )}
        <TextField
          label={t('sign-in.login')}
          why={t('found.login-why')}
          value={login}
          onChange={(value) => change({ login: value })}
        />
        <PassphraseFields label={t('members.admit.hers')} passphrase={passphrase} again={again} onChange={change} />
        <PresentPassphrase label={t('members.present')} value={present} onChange={setPresent} />
        <Actions>
          <NextButton type="submit" disabled={!ready || busy || !online}>
            {busy ? t('ui.loading') : t('members.admit.do')}
          </NextButton>
        </Actions>
        <p role="status">
          {done !== undefined && t('members.admit.done', { post: done })}
          {!online && t('members.admit.offline')}
        </p>
      </Form>
    </Section>
  )
}

const nothingTyped = { label: '', team: '', newTeam: '', login: '', passphrase: '', again: '' }
