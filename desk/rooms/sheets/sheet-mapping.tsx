import { readDay } from '@lentera/core/sheets/dates'
import {
  type Answer,
  columnsOf,
  type Fields,
  type Form as FileForm,
  leftIn,
  type Mapping,
  recalled,
  unclearDates,
  type WordFound,
  withAnswer,
  withDates,
  wordsIn,
} from '@lentera/core/sheets/mapping'
import type { Purpose } from '@lentera/core/sheets/words'
import {
  Actions,
  Form,
  LoadingState,
  NextButton,
  QuietButton,
  SelectField,
  useFormat,
  useText,
} from '@lentera/ui/parts'
import { useKeptForm } from '../../device/use-kept-form.ts'
import type { Opened } from './open-form.ts'
import { readMapping, saidOfForm, typedMapping } from './said-of-form.ts'
import styles from './sheets.module.css'

/**
 * Which column of a new form says what, and what its words mean: suggested, and said by her once for all colleagues. Each answer is kept
 * on this device as it is given: the same form chosen again has it.
 */
export function SheetMapping<Name extends string>({
  opened: { form, name, known, hash },
  purpose,
  fields,
  order,
  sameForAll,
  say,
  suggested,
  onSaid,
  onGiveUp,
}: SheetMappingProps<Name>) {
  const t = useText()
  const format = useFormat()
  const kept = useKeptForm(saidOfForm(purpose, hash))
  if (!kept.ready) return <LoadingState />
  const said = readMapping(form, kept.typed)
  const mapping = said ? recalled(fields, said) : suggested
  const setMapping = (next: Mapping<Name>): void => kept.set('mapping', typedMapping(next))
  const giveUp = async (): Promise<void> => {
    await kept.forget()
    onGiveUp()
  }
  const words = wordsIn(form, fields, mapping)
  const unclear = unclearDates(form, fields, mapping)
  const mean = ({ field, word }: WordFound<Name>, means: string): void => {
    const others = mapping.words.filter((each) => each.field !== field || each.word !== word)
    setMapping({ ...mapping, words: means === '' ? others : [...others, { field, word, means }] })
  }
  return (
    <Form label={t('sheets.mapping.title')} onSubmit={() => onSaid(mapping)}>
      <p className={styles.said}>
        {known ? t('sheets.mapping.note-known', { file: name }) : t('sheets.mapping.note', { file: name })}
      </p>
      <fieldset className={styles.row}>
        <legend className={styles.legend}>{t('sheets.mapping.columns')}</legend>
        {order.map((field) => (
          <SelectField
            key={field}
            label={say.field(field)}
            optional={!fields[field].required}
            empty={t('sheets.mapping.not-there')}
            value={chosenOf(mapping.columns[field])}
            choices={[
              ...columnsOf(form).map((head) => ({ value: `in ${head}`, label: head })),
              ...(sameForAll.includes(field) ? Object.keys(fields[field].words ?? {}) : []).map((code) => ({
                value: `all ${code}`,
                label: t('sheets.mapping.all', { what: say.code(field, code) }),
              })),
            ]}
            onChange={(chosen) => setMapping(withAnswer(mapping, field, answerOf(chosen)))}
          />
        ))}
      </fieldset>
      {unclear.map(({ field, column, date }) => (
        <SelectField
          key={field}
          label={t('sheets.mapping.dates', { date, column })}
          why={t('sheets.mapping.dates-why')}
          empty={t('sheets.mapping.dates-not-said')}
          value={mapping.dates?.[field] ?? ''}
          choices={orders.flatMap((order) => {
            const day = readDay(date, order)
            return day ? [{ value: order, label: t(`sheets.mapping.dates.${order}`, { date: format.date(day) }) }] : []
          })}
          onChange={(said) =>
            setMapping(
              withDates(
                mapping,
                field,
                orders.find((order) => order === said),
              ),
            )
          }
        />
      ))}
      {words.length > 0 && (
        <fieldset className={styles.row}>
          <legend className={styles.legend}>{t('sheets.mapping.words')}</legend>
          {words.map((found) => (
            <SelectField
              key={`${found.field} ${found.word}`}
              label={t('sheets.mapping.word', { word: found.word, field: say.field(found.field) })}
              empty={t('sheets.mapping.leave-out')}
              value={found.means ?? ''}
              choices={Object.keys(fields[found.field].words ?? {}).map((code) => ({
                value: code,
                label: say.code(found.field, code),
              }))}
              onChange={(means) => mean(found, means)}
            />
          ))}
        </fieldset>
      )}
      <LeftInFile form={form} mapping={mapping} />
      <Actions>
        <NextButton type="submit">{t('sheets.mapping.read')}</NextButton>
        <QuietButton onClick={giveUp}>{t('support.give-up')}</QuietButton>
      </Actions>
    </Form>
  )
}

const orders = ['day-first', 'month-first'] as const

export type SheetMappingProps<Name extends string> = {
  readonly opened: Opened
  readonly purpose: Purpose
  readonly fields: Fields<Name>
  /** In which order she is asked. */
  readonly order: readonly Name[]
  /** Which of them a form leaves out where it is the same for everyone on it. */
  readonly sameForAll: readonly Name[]
  readonly say: {
    readonly field: (field: Name) => string
    readonly code: (field: Name, code: string) => string
  }
  readonly suggested: Mapping<Name>
  readonly onSaid: (mapping: Mapping<Name>) => void
  readonly onGiveUp: () => void
}

/** Names and all else that is not asked for: said by the head of the column, so that she sees that they are left. */
export function LeftInFile<Name extends string>({ form, mapping }: LeftInFileProps<Name>) {
  const t = useText()
  const columns = leftIn(form, mapping)
  return columns.length === 0 ? null : (
    <p className={styles.left}>{t('sheets.file.left', { columns: columns.join(', ') })}</p>
  )
}

export type LeftInFileProps<Name extends string> = { readonly form: FileForm; readonly mapping: Mapping<Name> }

function chosenOf(answer: Answer | undefined): string {
  if (!answer) return ''
  return 'header' in answer ? `in ${answer.header}` : `all ${answer.all}`
}

function answerOf(chosen: string): Answer | undefined {
  if (chosen.startsWith('in ')) return { header: chosen.slice(3) }
  return chosen.startsWith('all ') ? { all: chosen.slice(4) } : undefined
}
