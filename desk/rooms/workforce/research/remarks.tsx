import type { StreamId } from '@lentera/core/shared/ids'
import { fewestSheets, type Instrument } from '@lentera/core/workforce/research/words'
import { Section, useText } from '@lentera/ui/parts'
import { useSnapshot } from '../../../device/context.ts'
import styles from './research.module.css'
import { sayQuestion } from './say.ts'

/**
 * What officers wrote in words of their own, for the team they are sealed to. Shown once as many wrote as make a group, in the order of
 * their random names.
 */
export function Remarks({ stream, instrument }: { readonly stream: StreamId; readonly instrument: Instrument }) {
  const t = useText()
  const remarks = useSnapshot((snapshot) => snapshot.remarks).filter(({ survey }) => survey === stream)
  return instrument.questions
    .filter(({ kind }) => kind === 'text')
    .map((question) => {
      const written = remarks.filter((each) => each.question === question.key)
      if (written.length < fewestSheets)
        return (
          <Section key={question.key} title={sayQuestion(instrument, question, t)} note={t('research.words-few')}>
            {null}
          </Section>
        )
      return (
        <Section
          key={question.key}
          title={sayQuestion(instrument, question, t)}
          note={t(instrument.mode === 'interview' ? 'research.notes-note' : 'research.words-note')}
        >
          {written.map((each) => (
            <p key={each.stream} className={styles.words}>
              {each.text}
            </p>
          ))}
        </Section>
      )
    })
}
