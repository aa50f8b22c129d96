import { markEditionInError, nameAuthor } from '@lentera/core/evidence/dissemination/edition/capture'
import { AuthorKind } from '@lentera/core/evidence/dissemination/edition/words'
import { CivilDate } from '@lentera/core/shared/dates'
import {
  Actions,
  ChoiceField,
  DateField,
  QuietButton,
  RefusalNotice,
  Section,
  TextField,
  useFormat,
  useText,
} from '@lentera/ui/parts'
import { useState } from 'react'
import { useDesk } from '../../../../device/context.ts'
import type { Typed } from '../../../../device/use-kept-form.ts'
import { useWrite } from '../../../../device/use-write.ts'
import { KeptForm } from '../../../records/kept-form.tsx'
import recordStyles from '../../../records/records.module.css'
import { RecordRow, RecordRows } from '../../../records/rows.tsx'
import type { Typing } from '../../../records/typed-correction.tsx'
import type { EditionProps } from './use-edition.ts'

/** Who wrote it: organisations, and a person only where she agreed, with the day and her own words beside her name. */
export function Authors({ edition: { stream, state }, mayWrite }: EditionProps) {
  const t = useText()
  const format = useFormat()
  const desk = useDesk()
  const [naming, setNaming] = useState(false)
  const { refusal, busy, write } = useWrite()
  const decide = (typed: Typed) =>
    nameAuthor(
      stream,
      state,
      {
        author: AuthorKind.safeParse(typed.author).data ?? 'organisation',
        name: typed.name ?? '',
        agreedOn: CivilDate.safeParse(typed.agreedOn).data,
        agreement: typed.agreement,
      },
      desk.moment().today,
    )
  return (
    <Section title={t('edition.authors')} note={t('edition.authors-note')}>
      <RecordRows none={t('edition.authors-none')}>
        {state.authors.map((author) => (
          <RecordRow key={author.record} row={author} conflicts={state.conflicts}>
            <b>{author.name}</b>
            <span className={recordStyles.quiet}>
              {author.agreedOn
                ? t('edition.agreed', { date: format.date(author.agreedOn), words: author.agreement ?? '' })
                : t(`author.${author.author}`)}
            </span>
            {mayWrite && !author.enteredInError && (
              <QuietButton
                disabled={busy}
                onClick={() => write(markEditionInError(stream, state, author.record, true, desk.moment().today))}
              >
                {t('edition.take-out')}
              </QuietButton>
            )}
          </RecordRow>
        ))}
      </RecordRows>
      {refusal && <RefusalNotice refusal={refusal} />}
      {mayWrite && !naming && (
        <Actions>
          <QuietButton onClick={() => setNaming(true)}>{t('edition.author-new')}</QuietButton>
        </Actions>
      )}
      {mayWrite && naming && (
        <KeptForm
          name={`edition ${stream} author`}
          label={t('edition.author-new')}
          fields={(typing) => <AuthorFields {...typing} />}
          save={t('edition.author-save')}
          decide={decide}
          onSaved={() => setNaming(false)}
          onGivenUp={() => setNaming(false)}
        />
      )}
    </Section>
  )
}

function AuthorFields({ typed, set }: Typing) {
  const t = useText()
  return (
    <>
      <ChoiceField
        label={t('edition.author-kind')}
        value={typed.author ?? 'organisation'}
        choices={AuthorKind.options.map((value) => ({ value, label: t(`author.${value}`) }))}
        onChange={(author) => set('author', author)}
      />
      <TextField label={t('edition.author-name')} value={typed.name ?? ''} onChange={(name) => set('name', name)} />
      {typed.author === 'person' && (
        <>
          <DateField
            label={t('edition.agreed-on')}
            why={t('edition.agreed-why')}
            finest="day"
            value={CivilDate.safeParse(typed.agreedOn).data ?? null}
            onChange={(day) => set('agreedOn', day ?? '')}
          />
          <TextField
            label={t('edition.agreement')}
            value={typed.agreement ?? ''}
            onChange={(agreement) => set('agreement', agreement)}
          />
        </>
      )}
    </>
  )
}
