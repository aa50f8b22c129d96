import { CivilDate } from '@lentera/core/shared/dates'
import { refuse } from '@lentera/core/shared/refusals'
import {
  certifyTrainer,
  correctCertificate,
  lapseCertificate,
  markTrainerInError,
} from '@lentera/core/training/trainer/capture'
import { type Certificate, type NationalTrainer, projectTrainer } from '@lentera/core/training/trainer/project'
import { LapseReason } from '@lentera/core/training/trainer/words'
import { ChoiceField, DateField, NextButton, QuietButton, Section, useFormat, useText } from '@lentera/ui/parts'
import { useState } from 'react'
import { useStreams } from '../../../device/context.ts'
import type { Typed } from '../../../device/use-kept-form.ts'
import { KeptForm } from '../../records/kept-form.tsx'
import recordStyles from '../../records/records.module.css'
import { RecordRow, RecordRows } from '../../records/rows.tsx'
import { Correct } from '../../records/typed-correction.tsx'
import styles from '../training.module.css'
import { CertificateFields, changeOfCertificate, readCertificate, typedCertificate } from './fields.tsx'
import { sayCertifier, sayStanding, sayTeaches, useIsTrainer, useToday } from './say.ts'

/** What she may teach, in which text and language, by whose word and until when. */
export function Certificates({ trainer }: { readonly trainer: NationalTrainer }) {
  const t = useText()
  const today = useToday()
  const isTrainer = useIsTrainer()
  const trainers = useOthers(trainer)
  const [isAdding, setAdding] = useState(false)
  const canWrite = isTrainer && !trainer.enteredInError
  const close = () => setAdding(false)
  /** Refused also: `training.certificate-incomplete`. */
  const decide = (typed: Typed) => {
    const said = readCertificate(typed)
    return said ? certifyTrainer(trainer, said, trainers, today) : refuse('training.certificate-incomplete')
  }
  return (
    <Section
      title={t('trainers.certificates')}
      note={t('trainers.certificates-note')}
      actions={
        canWrite && !isAdding && <NextButton onClick={() => setAdding(true)}>{t('trainers.certify')}</NextButton>
      }
    >
      {isAdding && (
        <KeptForm
          name={`certificate ${trainer.trainer}`}
          label={t('trainers.certify')}
          initial={{ certifiedOn: today }}
          fields={(typing) => <CertificateFields {...typing} trainers={trainers} />}
          decide={decide}
          onSaved={close}
          onGivenUp={close}
        />
      )}
      <RecordRows none={t('trainers.certificates-none')}>
        {trainer.certificates.map((row) => (
          <OneCertificate key={row.record} trainer={trainer} row={row} canWrite={canWrite} />
        ))}
      </RecordRows>
    </Section>
  )
}

/** Everybody but herself who may have certified. */
function useOthers({ trainer }: NationalTrainer): readonly NationalTrainer[] {
  return useStreams('national-trainer', projectTrainer).flatMap(({ state }) =>
    state.trainer === trainer || state.enteredInError ? [] : state,
  )
}

type RowProps = { readonly trainer: NationalTrainer; readonly row: Certificate }

function OneCertificate({ trainer, row, canWrite }: RowProps & { readonly canWrite: boolean }) {
  const t = useText()
  const format = useFormat()
  const today = useToday()
  const [isLapsing, setLapsing] = useState(false)
  return (
    <RecordRow
      row={row}
      conflicts={trainer.conflicts}
      correction={
        canWrite && !isLapsing ? (onDone) => <CorrectOne trainer={trainer} row={row} onDone={onDone} /> : undefined
      }
    >
      <span className={styles.name}>{sayTeaches(row, t)}</span>
      <span>{t('trainers.given', { day: format.date(row.certifiedOn), by: sayCertifier(row.by, t) })}</span>
      {!row.enteredInError && <span className={recordStyles.quiet}>{sayStanding(row, today, t, format)}</span>}
      {canWrite && !row.enteredInError && !isLapsing && (
        <QuietButton onClick={() => setLapsing(true)}>
          {row.lapsed?.why ? t('trainers.lapse.restore') : t('trainers.lapse')}
        </QuietButton>
      )}
      {isLapsing && (
        <div className={styles.wide}>
          <Lapse trainer={trainer} row={row} onDone={() => setLapsing(false)} />
        </div>
      )}
    </RecordRow>
  )
}

function CorrectOne({ trainer, row, onDone }: RowProps & { readonly onDone: () => void }) {
  const t = useText()
  const today = useToday()
  const trainers = useOthers(trainer)
  const decide = (typed: Typed) => {
    const now = readCertificate(typed)
    return now
      ? correctCertificate(trainer, row.record, changeOfCertificate(now, row), trainers, today)
      : refuse('training.certificate-incomplete')
  }
  return (
    <Correct
      stood={typedCertificate(row)}
      fields={(typing) => <CertificateFields {...typing} trainers={trainers} />}
      decide={decide}
      inError={{
        stands: row.enteredInError,
        says: t('trainers.in-error.certificate'),
        mark: (is) => markTrainerInError(trainer, row.record, is, today),
      }}
      onDone={onDone}
    />
  )
}

/** It lapsed before its two years were over, or did not after all. */
function Lapse({ trainer, row, onDone }: RowProps & { readonly onDone: () => void }) {
  const t = useText()
  const today = useToday()
  const decide = ({ why, on }: Typed) => {
    const [reason, day] = [LapseReason.safeParse(why).data, CivilDate.safeParse(on).data]
    if (row.lapsed?.why) return lapseCertificate(trainer, row.record, { why: null, on: today }, today)
    return reason && day
      ? lapseCertificate(trainer, row.record, { why: reason, on: day }, today)
      : refuse('training.lapse-incomplete')
  }
  return (
    <Correct
      label={row.lapsed?.why ? t('trainers.lapse.restore') : t('trainers.lapse')}
      stood={{ on: today }}
      decide={decide}
      onDone={onDone}
      fields={({ typed, set }) =>
        row.lapsed?.why ? (
          <p>{t('trainers.lapse.restore-text')}</p>
        ) : (
          <>
            <ChoiceField
              label={t('trainers.lapse.why')}
              value={typed.why || null}
              choices={LapseReason.options.map((value) => ({ value, label: t(`lapse-reason.${value}`) }))}
              onChange={(value) => set('why', value)}
            />
            <DateField
              label={t('trainers.lapse.on')}
              finest="day"
              value={CivilDate.safeParse(typed.on).data ?? null}
              onChange={(day) => set('on', day ?? '')}
            />
          </>
        )
      }
    />
  )
}
