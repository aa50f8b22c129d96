import { PersonKey } from '@lentera/core/shared/ids'
import { officerCode, plainCode } from '@lentera/core/shared/person-codes'
import { type Decision, refuse } from '@lentera/core/shared/refusals'
import { projectSession, type TrainingSession } from '@lentera/core/training/project'
import { registerTrainer } from '@lentera/core/training/trainer/capture'
import { projectTrainer } from '@lentera/core/training/trainer/project'
import { trainerStream } from '@lentera/core/training/trainer/words'
import { LoadingState, PageTitle, TextField, useText } from '@lentera/ui/parts'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { type Projected, useSnapshot, useStreams } from '../../../device/context.ts'
import type { Typed } from '../../../device/use-kept-form.ts'
import { KeptForm } from '../../records/kept-form.tsx'
import { AboutFields, readAbout } from './fields.tsx'
import { useToday } from './say.ts'

/** An officer who is to become a national trainer: her code stands beside her name on paper, and no name is asked for. */
export function NewTrainerPage() {
  const t = useText()
  const navigate = useNavigate()
  const today = useToday()
  const me = useSnapshot((snapshot) => snapshot.me)
  const sessions = useStreams('training-session', projectSession)
  const trainers = useStreams('national-trainer', projectTrainer)
  const [fresh] = useState(() => PersonKey.parse(crypto.randomUUID()))
  if (!me) return <LoadingState />
  const decide = (typed: Typed) => {
    const said = readAbout(typed)
    if (!said) return refuse('training.trainer-incomplete')
    const officer = officerOf(typed, sessions, fresh)
    if (!officer.ok) return officer
    const known = trainers.map(({ state }) => state)
    return registerTrainer(me.organisation, officer.value, said, known, today)
  }
  const open = async (typed: Typed): Promise<void> => {
    const officer = officerOf(typed, sessions, fresh)
    if (!officer.ok) return
    await navigate({ to: '/training/trainers/$stream', params: { stream: trainerStream(officer.value) } })
  }
  return (
    <>
      <PageTitle over={<Link to="/training/trainers">{t('trainers.back')}</Link>} under={t('trainers.new.under')}>
        {t('trainers.new.title')}
      </PageTitle>
      <KeptForm
        name="new-trainer"
        label={t('trainers.new.title')}
        initial={me.country === null ? {} : { country: me.country }}
        decide={decide}
        onSaved={open}
        onGivenUp={() => navigate({ to: '/training/trainers' })}
        fields={(typing) => (
          <>
            <AboutFields {...typing} />
            <TextField
              label={t('training.code')}
              why={t('training.code-why')}
              optional
              value={typing.typed.code ?? ''}
              onChange={(code) => typing.set('code', code)}
            />
          </>
        )}
      />
    </>
  )
}

/** Refused: `training.trainer-code-unknown` {code}. */
function officerOf(
  { code = '' }: Typed,
  sessions: readonly Projected<TrainingSession>[],
  fresh: PersonKey,
): Decision<PersonKey> {
  const plain = plainCode(code)
  if (plain === '') return { ok: true, value: fresh }
  const officers = sessions.flatMap(({ state }) => state.attendance.flatMap(({ officer }) => officer ?? []))
  const found = officers.find((officer) => plainCode(officerCode(officer)) === plain)
  return found ? { ok: true, value: found } : refuse('training.trainer-code-unknown', { code: code.trim() })
}
