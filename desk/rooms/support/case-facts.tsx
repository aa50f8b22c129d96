import { AgeGroup, Sex } from '@lentera/core/shared/people'
import { describeCase } from '@lentera/core/support/capture'
import { Form as FormOfExploitation } from '@lentera/core/support/words'
import { Actions, ChoiceField, Form, QuietButton, RefusalNotice, SealMark, Section, useText } from '@lentera/ui/parts'
import { useMemo, useState } from 'react'
import { useDesk } from '../../device/context.ts'
import type { OpenedCase } from '../../device/desk.ts'
import { useKeptForm } from '../../device/use-kept-form.ts'
import { useWrite } from '../../device/use-write.ts'
import { FocusHere } from '../records/focus-here.tsx'
import recordStyles from '../records/records.module.css'
import { useSayValue } from './say-value.ts'
import { type AskedField, askedFields, isAsked, SealedField } from './sealed-field.tsx'
import { saying } from './settlement.ts'
import styles from './support.module.css'

const codedFacts = ['sex', 'age', 'form'] as const
type Fact = (typeof codedFacts)[number] | AskedField

/** What is known of her, field by field, each corrected by itself: a correction is a new entry, the old one stays. */
export function CaseFacts({ opened }: { readonly opened: OpenedCase }) {
  const t = useText()
  const say = useSayValue(opened.file.erased !== undefined)
  const [correcting, setCorrecting] = useState<Fact | undefined>(undefined)
  const facts: readonly Fact[] = [...askedFields, ...codedFacts]
  return (
    <Section title={t('support.case.known')} note={t('support.case.known-note')}>
      <ul className={styles.facts}>
        {facts.map((fact) =>
          fact === correcting ? (
            <li key={fact}>
              <FactEditor opened={opened} fact={fact} onDone={() => setCorrecting(undefined)} />
            </li>
          ) : (
            <li key={fact} className={styles.fact}>
              <span className={styles.label}>
                {isAsked(fact) && <SealMark />} {t(`support.field.${fact}`)}
              </span>
              <span className={styles.value}>
                {valuesOf(opened, fact)
                  .map((value) => say(fact, value))
                  .join(' / ') || <span className={recordStyles.quiet}>{t('support.not-said')}</span>}
              </span>
              {!(isAsked(fact) && opened.file.erased) && (
                <QuietButton
                  aria-label={t('support.case.correct-field', { field: t(`support.field.${fact}`) })}
                  onClick={() => setCorrecting(fact)}
                >
                  {t('support.case.correct')}
                </QuietButton>
              )}
            </li>
          ),
        )}
      </ul>
    </Section>
  )
}

/** What stands in a field: several where people disagree, an undefined one where no key of this device opens it. */
function valuesOf({ file, fields }: OpenedCase, fact: Fact): readonly (string | undefined)[] {
  if (isAsked(fact)) return [...new Set((fields[fact] ?? []).map((head) => head.value))].filter((value) => value !== '')
  const agreed = file[fact]
  if (agreed !== undefined) return [agreed]
  const heads = file.conflicts.find((conflict) => conflict.record === 'stream' && conflict.field === fact)?.heads ?? []
  return heads.flatMap((head) => ('value' in head ? [String(head.value)] : []))
}

function FactEditor({
  opened,
  fact,
  onDone,
}: {
  readonly opened: OpenedCase
  readonly fact: Fact
  readonly onDone: () => void
}) {
  const t = useText()
  const desk = useDesk()
  const standing = valuesOf(opened, fact)
  const first = standing.length === 1 ? (standing[0] ?? '') : ''
  const initial = useMemo(() => ({ [fact]: first }), [fact, first])
  const { ready, typed, state, seen, set, forget } = useKeptForm(`case ${opened.stream} ${fact}`, initial)
  const { refusal, busy, write } = useWrite(typed)
  if (!ready) return null
  const value = typed[fact] ?? ''
  const save = async (): Promise<void> => {
    const isSame = standing.length === 1 && value === first
    const decision = describeCase(opened.stream, isSame ? { opened: {} } : saying(fact, value), desk.moment())
    if (!(await write(decision, seen))) return
    await forget()
    onDone()
  }
  const giveUp = async (): Promise<void> => {
    await forget()
    onDone()
  }
  return (
    <div className={styles.editor}>
      <FocusHere>
        <Form label={t('support.case.correct-field', { field: t(`support.field.${fact}`) })} onSubmit={save}>
          {isAsked(fact) ? (
            <SealedField field={fact} value={value} onChange={(text) => set(fact, text)} save={state} />
          ) : (
            <ChoiceField
              label={t(`support.field.${fact}`)}
              why={t(`support.why.${fact}`)}
              value={value || null}
              onChange={(text) => set(fact, text)}
              choices={choicesOf[fact].map((code) => ({
                value: code,
                label: fact === 'sex' ? t(`sex.${code}`) : fact === 'age' ? t(`age.${code}`) : t(`form.${code}`),
              }))}
            />
          )}
          {refusal && <RefusalNotice refusal={refusal} />}
          <Actions>
            <QuietButton type="submit" disabled={busy}>
              {t('support.save')}
            </QuietButton>
            <QuietButton onClick={giveUp}>{t('support.give-up')}</QuietButton>
          </Actions>
        </Form>
      </FocusHere>
    </div>
  )
}

const choicesOf = { sex: Sex.options, age: AgeGroup.options, form: FormOfExploitation.options } as const
