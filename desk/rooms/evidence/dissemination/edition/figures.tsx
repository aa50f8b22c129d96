import type { SaidEdition } from '@lentera/core/edition/say'
import { projectFact } from '@lentera/core/evidence/capture'
import { linkFigure, markEditionInError, relinkFigure } from '@lentera/core/evidence/dissemination/edition/capture'
import { type LinkedFigure, standing } from '@lentera/core/evidence/dissemination/edition/project'
import type { FigureSource } from '@lentera/core/evidence/dissemination/edition/words'
import { indicators } from '@lentera/core/results/indicators'
import { CivilDate } from '@lentera/core/shared/dates'
import { Actions, QuietButton, RefusalNotice, Section, Stack, useText } from '@lentera/ui/parts'
import { useState } from 'react'
import { useDesk, useStreams } from '../../../../device/context.ts'
import { useWrite } from '../../../../device/use-write.ts'
import { KeptForm } from '../../../records/kept-form.tsx'
import recordStyles from '../../../records/records.module.css'
import { RecordRow, RecordRows } from '../../../records/rows.tsx'
import styles from './edition.module.css'
import { LinkFields, nameOfLink, readLink } from './link-fields.tsx'
import type { EditionProps } from './use-edition.ts'
import { type Choices, useChoices } from './use-edition.ts'

export type FiguresProps = EditionProps & { readonly said: SaidEdition | undefined }

/** The figures that its texts call by name: where each comes from, what it holds, and whether that has moved since. */
export function Figures({ edition: { stream, state }, mayWrite, said }: FiguresProps) {
  const t = useText()
  const desk = useDesk()
  const [linking, setLinking] = useState(false)
  const { answer } = useChoices()
  const choices = answer?.ok ? answer.value : undefined
  const facts = useStreams('fact', projectFact)
  const { refusal, busy, write } = useWrite()
  const { today } = desk.moment()
  return (
    <Section title={t('edition.figures')} note={t('edition.figures-note')}>
      <Stack>
        <RecordRows none={t('edition.figures-none')}>
          {standing(state.figures).map((figure) => {
            const words = said?.figures.find(({ name }) => name === figure.name)
            const newest = mayWrite ? newestOf(figure, choices, facts) : undefined
            return (
              <RecordRow key={figure.record} row={figure} conflicts={state.conflicts}>
                <b>
                  {'{'}
                  {figure.name}
                  {'}'}
                </b>
                {words && (
                  <>
                    <span>
                      {[words.label, words.period].filter((part) => part !== '').join(' · ')}: <b>{words.text}</b>
                    </span>
                    <span className={recordStyles.quiet}>{words.source}</span>
                    <span className={words.standing === 'linked' ? recordStyles.quiet : styles.moved}>
                      {words.stands}
                    </span>
                  </>
                )}
                {mayWrite && (
                  <Actions>
                    {newest && (
                      <QuietButton
                        disabled={busy}
                        onClick={() =>
                          write(relinkFigure(stream, state, { record: figure.record, source: newest }, today))
                        }
                      >
                        {t('edition.relink')}
                      </QuietButton>
                    )}
                    <QuietButton
                      disabled={busy}
                      onClick={() => write(markEditionInError(stream, state, figure.record, true, today))}
                    >
                      {t('edition.take-out')}
                    </QuietButton>
                  </Actions>
                )}
              </RecordRow>
            )
          })}
        </RecordRows>
        {refusal && <RefusalNotice refusal={refusal} />}
        {mayWrite && !linking && (
          <Actions>
            <QuietButton onClick={() => setLinking(true)}>{t('edition.link')}</QuietButton>
          </Actions>
        )}
        {mayWrite && linking && (
          <KeptForm
            name={`edition ${stream} link`}
            label={t('edition.link')}
            fields={(typing) => <LinkFields {...typing} choices={choices} facts={facts} today={today} />}
            save={t('edition.link-save')}
            decide={(typed) => {
              const source = readLink(typed, choices, facts)
              return source.ok
                ? linkFigure(stream, state, { name: nameOfLink(typed, source.value), source: source.value }, today)
                : source
            }}
            onSaved={() => setLinking(false)}
            onGivenUp={() => setLinking(false)}
          />
        )}
      </Stack>
    </Section>
  )
}

/** The same figure as it is now: by the definition of today at the newest cut-off, as the fact or content stands; undefined where that is what it is. */
function newestOf(
  { source }: LinkedFigure,
  choices: Choices | undefined,
  facts: ReturnType<typeof useStreams<NonNullable<ReturnType<typeof projectFact>>>>,
): FigureSource | undefined {
  if (!source) return undefined
  const next = ((): FigureSource | undefined => {
    if (source.from === 'indicator') {
      const definition = indicators.find(({ key }) => key === source.indicator)?.definition
      const cutOff = CivilDate.safeParse(choices?.cutOffs[0]).data
      return definition && cutOff ? { ...source, definition, cutOff } : undefined
    }
    if (source.from === 'fact') {
      const said = facts.find(({ stream }) => stream === source.fact)?.state.said
      return said && { ...source, said }
    }
    const hash = choices?.publications.find(({ address }) => address === source.address)?.hash
    return hash && { ...source, hash }
  })()
  return next && JSON.stringify(next) !== JSON.stringify(source) ? next : undefined
}
