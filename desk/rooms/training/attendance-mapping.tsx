import {
  type Answer,
  columnsOf,
  type Form as FileForm,
  leftIn,
  type Mapping,
  type WordFound,
  withAnswer,
  wordsIn,
} from '@lentera/core/sheets/mapping'
import { type AttendanceField, attendanceFields } from '@lentera/core/training/attendance-fields'
import { Actions, Form, NextButton, QuietButton, SelectField, useText } from '@lentera/ui/parts'
import { useState } from 'react'
import type { Opened } from './attendance-file.tsx'
import styles from './training.module.css'

/** Which column of a new form says what, and what its words mean: suggested, and said by her once for all colleagues. */
export function AttendanceMapping({
  opened: { form, name, known },
  suggested,
  onSaid,
  onGiveUp,
}: AttendanceMappingProps) {
  const t = useText()
  const [mapping, setMapping] = useState(suggested)
  const words = wordsIn(form, attendanceFields, mapping)
  const answer = (field: AttendanceField, chosen: string): void => {
    setMapping(withAnswer(mapping, field, answerOf(chosen)))
  }
  const mean = ({ field, word }: WordFound<AttendanceField>, means: string): void => {
    const others = mapping.words.filter((each) => each.field !== field || each.word !== word)
    setMapping({ ...mapping, words: means === '' ? others : [...others, { field, word, means }] })
  }
  return (
    <Form label={t('training.mapping.title')} onSubmit={() => onSaid(mapping)}>
      <p className={styles.said}>
        {known ? t('training.mapping.note-known', { file: name }) : t('training.mapping.note', { file: name })}
      </p>
      <fieldset className={styles.row}>
        <legend className={styles.legend}>{t('training.mapping.columns')}</legend>
        {fieldNames.map((field) => (
          <SelectField
            key={field}
            label={t(`training.field.${field}`)}
            optional={!attendanceFields[field].required}
            empty={t('training.mapping.not-there')}
            value={chosenOf(mapping.columns[field])}
            choices={[
              ...columnsOf(form).map((head) => ({ value: `in ${head}`, label: head })),
              ...sameForAll(field).map((code) => ({
                value: `all ${code}`,
                label: t('training.mapping.all', { what: sayCode(field, code, t) }),
              })),
            ]}
            onChange={(chosen) => answer(field, chosen)}
          />
        ))}
      </fieldset>
      {words.length > 0 && (
        <fieldset className={styles.row}>
          <legend className={styles.legend}>{t('training.mapping.words')}</legend>
          {words.map((found) => (
            <SelectField
              key={`${found.field} ${found.word}`}
              label={t('training.mapping.word', { word: found.word, field: t(`training.field.${found.field}`) })}
              empty={t('training.mapping.leave-out')}
              value={found.means ?? ''}
              choices={Object.keys(attendanceFields[found.field].words ?? {}).map((code) => ({
                value: code,
                label: sayCode(found.field, code, t),
              }))}
              onChange={(means) => mean(found, means)}
            />
          ))}
        </fieldset>
      )}
      <LeftInFile form={form} mapping={mapping} />
      <Actions>
        <NextButton type="submit">{t('training.mapping.read')}</NextButton>
        <QuietButton onClick={onGiveUp}>{t('support.give-up')}</QuietButton>
      </Actions>
    </Form>
  )
}

export type AttendanceMappingProps = {
  readonly opened: Opened
  readonly suggested: Mapping<AttendanceField>
  readonly onSaid: (mapping: Mapping<AttendanceField>) => void
  readonly onGiveUp: () => void
}

/** Names and all else that is not asked for: said by the head of the column, so that she sees that they are left. */
export function LeftInFile({ form, mapping }: { readonly form: FileForm; readonly mapping: Mapping<AttendanceField> }) {
  const t = useText()
  const columns = leftIn(form, mapping)
  return columns.length === 0 ? null : (
    <p className={styles.left}>{t('training.file.left', { columns: columns.join(', ') })}</p>
  )
}

type Translate = ReturnType<typeof useText>

const fieldNames: readonly AttendanceField[] = ['sex', 'agency', 'code', 'heldOn', 'module', 'country']

/** What a form leaves out where it is the same for everyone on it. */
function sameForAll(field: AttendanceField): readonly string[] {
  return field === 'sex' || field === 'agency' ? Object.keys(attendanceFields[field].words ?? {}) : []
}

function sayCode(field: AttendanceField, code: string, t: Translate): string {
  switch (field) {
    case 'sex':
      return t(`officer.${code}`)
    case 'agency':
      return t(`agency.${code}`)
    case 'module':
      return t(`module.${code}`)
    case 'country':
      return t(`country.${code}`)
    default:
      return code
  }
}

function chosenOf(answer: Answer | undefined): string {
  if (!answer) return ''
  return 'header' in answer ? `in ${answer.header}` : `all ${answer.all}`
}

function answerOf(chosen: string): Answer | undefined {
  if (chosen.startsWith('in ')) return { header: chosen.slice(3) }
  return chosen.startsWith('all ') ? { all: chosen.slice(4) } : undefined
}
