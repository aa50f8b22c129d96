import type { Draft } from '@lentera/core/log/draft'
import { CivilDate, yearOf } from '@lentera/core/shared/dates'
import { type OrganisationId, StreamId } from '@lentera/core/shared/ids'
import type { Country } from '@lentera/core/shared/places'
import { type Decision, refuse } from '@lentera/core/shared/refusals'
import { DateField, LoadingState, PageTitle, useText } from '@lentera/ui/parts'
import { Link, useNavigate } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { useDesk, useSnapshot } from '../../device/context.ts'
import type { Typed } from '../../device/use-kept-form.ts'
import { KeptForm } from '../records/kept-form.tsx'
import type { Typing } from '../records/typed-correction.tsx'

/** A record that is written down: what all kinds share is when it is of, and that what is typed is kept. */
export function NewRecord({
  name,
  title,
  under,
  dateLabel,
  finest = 'day',
  fields,
  decide,
  to,
  back = '/workforce',
}: NewRecordProps) {
  const t = useText()
  const navigate = useNavigate()
  const { today } = useDesk().moment()
  const me = useSnapshot((snapshot) => snapshot.me)
  const [stream] = useState(() => StreamId.parse(crypto.randomUUID()))
  if (!me) return <LoadingState />
  const { organisation, country } = me
  return (
    <>
      <PageTitle
        over={<Link to={back}>{t(back === '/workforce' ? 'workforce.back' : 'flow.back')}</Link>}
        under={under}
      >
        {title}
      </PageTitle>
      <KeptForm
        name={name}
        label={title}
        // A period that is over: of this one not all is known yet.
        initial={{ on: finest === 'day' ? today : String(Number(yearOf(today)) - 1) }}
        fields={({ typed, set }) => (
          <>
            <DateField
              label={dateLabel}
              finest={finest}
              value={CivilDate.safeParse(typed.on).data ?? null}
              onChange={(day) => set('on', day ?? '')}
            />
            {fields({ typed, set })}
          </>
        )}
        decide={(typed) => {
          const on = CivilDate.safeParse(typed.on).data
          if (!on) return refuse('workforce.not-yet')
          if (country === null) return refuse('workforce.no-country')
          return decide({ typed, stream, organisation, country, on, today })
        }}
        onSaved={() => navigate({ to, params: { stream } })}
        onGivenUp={() => navigate({ to: back })}
      />
    </>
  )
}

export type NewRecordProps = {
  /** Of the kept form. */
  readonly name: string
  readonly title: string
  readonly under: string
  readonly dateLabel: string
  /** `month`: it is of a period, a month or a year. */
  readonly finest?: 'day' | 'month'
  readonly fields: (typing: Typing) => ReactNode
  readonly decide: (said: Said) => Decision<readonly Draft[]>
  /** Where it is shown once it is saved. */
  readonly to:
    | '/workforce/headcounts/$stream'
    | '/workforce/flows/$stream'
    | '/workforce/recommendations/$stream'
    | '/workforce/reforms/$stream'
    | '/workforce/research/$stream'
    | '/workforce/barriers/$stream'
  /** Where one goes who gives up. */
  readonly back?: '/workforce' | '/workforce/flows'
}

/** What is known of a record before its own fields are read. */
export type Said = {
  readonly typed: Typed
  readonly stream: StreamId
  readonly organisation: OrganisationId
  readonly country: Country
  readonly on: CivilDate
  readonly today: CivilDate
}
