import type { Draft } from '@lentera/core/log/draft'
import type { CivilDate } from '@lentera/core/shared/dates'
import { type OrganisationId, StreamId } from '@lentera/core/shared/ids'
import type { Country } from '@lentera/core/shared/places'
import { type Decision, refuse } from '@lentera/core/shared/refusals'
import { type Fields, type Form, type Mapping, recalled } from '@lentera/core/sheets/mapping'
import type { Purpose } from '@lentera/core/sheets/words'
import type { CountedField } from '@lentera/core/workforce/counted/fields'
import {
  type CountedFile,
  checkCounted,
  type FileRecord,
  type Given,
  importCounted,
  type Reading,
  suggestCounted,
} from '@lentera/core/workforce/counted/file'
import { Actions, LoadingState, NextButton, PageTitle, Section, useFormat, useText } from '@lentera/ui/parts'
import { Link, useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useDesk, useSnapshot } from '../../../device/context.ts'
import { DryRun } from '../../sheets/dry-run.tsx'
import { FromFile } from '../../sheets/from-file.tsx'
import { useSayNumberedDates } from '../../sheets/say-dates.ts'
import { LeftInFile } from '../../sheets/sheet-mapping.tsx'
import { type MoreFields, sayColumns } from './columns.ts'
import { CountedGiven } from './counted-given.tsx'

/** Records of rows from a CSV or workbook: headcounts, or who came, rose and left. */
export function CountedFilePage<Name extends MoreFields, More extends object, About extends object, Stands>({
  of,
  standing,
  says,
}: CountedFileProps<Name, More, About, Stands>) {
  const t = useText()
  const format = useFormat()
  const desk = useDesk()
  const navigate = useNavigate()
  const sayNumberedDates = useSayNumberedDates()
  const me = useSnapshot((snapshot) => snapshot.me)
  if (!me) return <LoadingState />
  const { organisation, country } = me
  const { today } = desk.moment()
  const giveUp = () => navigate({ to: says.back.to })
  return (
    <>
      <PageTitle over={<Link to={says.back.to}>{says.back.text}</Link>} under={says.under}>
        {says.title}
      </PageTitle>
      <Section title={t('workforce.file.section')} note={t('workforce.file.note')}>
        <FromFile<CountedField | Name, Given, CountedFile<More, About>>
          purpose={of.purpose}
          organisation={organisation}
          columns={{ fields: of.fields, order: of.order, sameForAll: of.sameForAll, say: sayColumns(t) }}
          suggest={(form) => suggestCounted(form, of.fields)}
          recall={(_, remembered) => recalled(of.fields, remembered)}
          asks={{
            check: (form, mapping) => checkCounted(form, of.fields, mapping),
            isOpen: ({ columns }) => !columns.on || !columns.source,
            ask: ({ columns }, stood, onSaid) => (
              <CountedGiven
                date={columns.on ? undefined : { label: says.date, finest: of.finest }}
                asksSource={!columns.source}
                stood={stood}
                onSaid={onSaid}
                onGiveUp={giveUp}
              />
            ),
            refusals: ofGiven,
          }}
          read={(form, mapping, given = nothingGiven) =>
            country === null
              ? refuse('workforce.no-country')
              : of.read(form, mapping, { given, country, today, standing })
          }
          dryRun={({ opened, mapping, isRecalled, file }, answers) => (
            <DryRun
              {...answers}
              says={says.read(file.records.length, file.bad.length)}
              notes={[
                ...(isRecalled && opened.known
                  ? [t('sheets.file.recalled', { on: format.date(opened.known.state.on) })]
                  : []),
                ...sayNumberedDates(opened.form, of.fields, mapping),
                ...(file.known > 0 ? [says.known(file.known)] : []),
                ...(file.elsewhere > 0 ? [t('workforce.file.elsewhere', { rows: file.elsewhere })] : []),
              ]}
              left={<LeftInFile form={opened.form} mapping={mapping} />}
              bad={file.bad.map(({ line, reason, values }) => ({ line, why: t(`issue.counted.${reason}`, values) }))}
              good={{ count: file.records.length, take: says.take(file.records.length) }}
              confirm={file.addedUp > 0 ? t('workforce.file.are-different', { lines: file.addedUp }) : undefined}
            >
              {file.records.length > 0 && of.table(file.records)}
            </DryRun>
          )}
          take={(file, { withoutBadRows, isConfirmed }) =>
            country === null
              ? refuse('workforce.no-country')
              : importCounted(file, { withoutBadRows, areDifferent: isConfirmed }, (record) =>
                  of.take({ organisation, country, stream: StreamId.parse(crypto.randomUUID()), ...record }, today),
                )
          }
          taken={({ file }) => (
            <>
              <p role="status">{says.taken(file.records.length)}</p>
              <Actions>
                <NextButton onClick={() => navigate({ to: says.look.to })}>{says.look.text}</NextButton>
              </Actions>
            </>
          )}
          onGiveUp={giveUp}
        />
      </Section>
    </>
  )
}

const nothingGiven: Given = { on: undefined, source: '' }

/** Refused for what is asked on the screen after the columns. */
const ofGiven: ReadonlySet<string> = new Set([
  'workforce.file-no-date',
  'workforce.not-a-period',
  'workforce.no-source',
  'workforce.text-too-long',
])

export type CountedFileProps<Name extends string, More extends object, About extends object, Stands> = {
  readonly of: {
    readonly purpose: Purpose
    readonly fields: Fields<CountedField | Name>
    readonly order: readonly (CountedField | Name)[]
    readonly sameForAll: readonly (CountedField | Name)[]
    /** The finest date it can be of. */
    readonly finest: 'day' | 'month'
    readonly read: (
      form: Form,
      mapping: Mapping<CountedField | Name>,
      reading: Reading<Stands>,
    ) => Decision<CountedFile<More, About>>
    readonly take: (record: Whose & Omit<FileRecord<More, About>, 'lines'>, today: CivilDate) => Decision<Draft[]>
    /** What would be taken, a row a record. */
    readonly table: (records: readonly FileRecord<More, About>[]) => ReactNode
  }
  /** What stands already. */
  readonly standing: readonly Stands[]
  readonly says: {
    readonly title: string
    readonly under: string
    readonly date: string
    readonly back: { readonly to: '/workforce' | '/workforce/flows'; readonly text: string }
    readonly look: { readonly to: '/workforce/evidence' | '/workforce/flows'; readonly text: string }
    readonly read: (records: number, bad: number) => string
    readonly known: (records: number) => string
    readonly take: (records: number) => string
    readonly taken: (records: number) => string
  }
}

type Whose = { readonly organisation: OrganisationId; readonly country: Country; readonly stream: StreamId }
