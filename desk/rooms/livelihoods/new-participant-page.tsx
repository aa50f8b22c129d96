import { AgeGroup, Sex } from '@lentera/core/shared/people'
import { ConsentState } from '@lentera/core/support/words'
import { Section, useText } from '@lentera/ui/parts'
import { Link, useNavigate } from '@tanstack/react-router'
import { useDesk } from '../../device/context.ts'
import type { Typed } from '../../device/use-kept-form.ts'
import { NewStream } from '../records/new-stream.tsx'
import recordStyles from '../records/records.module.css'
import { ConsentField, NameFields, PersonFields } from './fields.tsx'

const blank: Typed = { sex: 'female', age: 'adult' }

/** Registers a participant: her own minimal record. Nothing is asked about what happened to her. */
export function NewParticipantPage() {
  const t = useText()
  const desk = useDesk()
  const navigate = useNavigate()
  return (
    <NewStream
      name="new-participant"
      title={t('livelihoods.new.title')}
      under={t('livelihoods.new.under')}
      back={<Link to="/livelihoods">{t('livelihoods.back')}</Link>}
      blank={blank}
      sections={(typing) => (
        <>
          <Section title={t('livelihoods.sealed')} note={t('livelihoods.sealed-why')}>
            <div className={recordStyles.fields}>
              <NameFields {...typing} />
            </div>
          </Section>
          <Section title={t('livelihoods.counted')} note={t('livelihoods.counted-why')}>
            <div className={recordStyles.fields}>
              <ConsentField {...typing} answers={['given', 'refused']} />
              <PersonFields {...typing} />
            </div>
          </Section>
        </>
      )}
      save={t('livelihoods.new.do')}
      open={(typed) =>
        desk.registerParticipant({
          name: typed.name ?? '',
          safeContact: typed.safeContact ?? '',
          sex: Sex.safeParse(typed.sex).data ?? 'unknown',
          age: AgeGroup.safeParse(typed.age).data ?? 'unknown',
          consentCounting: ConsentState.safeParse(typed.consentCounting).data,
        })
      }
      onLeft={(stream) =>
        navigate(stream ? { to: '/livelihoods/$stream', params: { stream } } : { to: '/livelihoods' })
      }
    />
  )
}
