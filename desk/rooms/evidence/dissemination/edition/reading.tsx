import type { SaidEdition } from '@lentera/core/edition/say'
import type { SaidFigureOf } from '@lentera/core/edition/say-figure'
import type { SaidBlock } from '@lentera/core/edition/say-section'
import { Section, useText } from '@lentera/ui/parts'
import styles from './edition.module.css'

/** As a reader of this screen's language will find it: texts with their figures in them. */
export function Reading({ said }: { readonly said: SaidEdition }) {
  const t = useText()
  return (
    <Section title={t('edition.reads')} note={said.citation.plain}>
      <div className={styles.reads}>
        {said.sections.length === 0 && <p className={styles.quiet}>{t('edition.no-section')}</p>}
        {said.sections.map(({ heading, language, note, blocks }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a section has no other name here, and is drawn anew when it moves
          <div key={at} lang={language}>
            <h3 className={styles.heading}>{heading}</h3>
            {note !== null && (
              <p className={styles.quiet} lang={said.language}>
                {note}
              </p>
            )}
            {blocks.map((block, of) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the paragraphs of one text never move
              <Block key={of} block={block} language={said.language} />
            ))}
          </div>
        ))}
      </div>
    </Section>
  )
}

function Block({ block, language }: { readonly block: SaidBlock; readonly language: string }) {
  if (block.kind === 'figure') return <Shown figure={block.figure} language={language} />
  return (
    <p>
      {block.pieces.map(({ text, figure }, at) =>
        // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one text never move
        figure === null ? <span key={at}>{text}</span> : <b key={at}>{text}</b>,
      )}
    </p>
  )
}

function Shown({ figure, language }: { readonly figure: SaidFigureOf; readonly language: string }) {
  const { text, label, period, unit, source, standing, stands, bars } = figure
  return (
    <figure className={styles.shown} lang={language}>
      <p className={styles.number}>{text}</p>
      <figcaption>
        {[label, period, unit].filter((part) => part !== '').join(' · ')}
        <span className={styles.quiet}>{source}</span>
        {standing !== 'linked' && <span className={styles.moved}>{stands}</span>}
      </figcaption>
      {bars && (
        <div className={styles.bars} role="img" aria-label={bars.alt}>
          {bars.rows.map(({ group, text: value, share }) => (
            <div key={group}>
              <span>{group}</span>
              <i style={{ inlineSize: `${share * 100}%` }} />
              <b>{value}</b>
            </div>
          ))}
        </div>
      )}
    </figure>
  )
}
