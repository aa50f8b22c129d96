import { languages, type TranslatedLanguage, translated } from '../../tokens/scripts.ts'
import { useFormat, useText } from '../language/language.tsx'
import styles from './language-picker.module.css'

/** The languages that have a catalogue, each in its own name. */
export function LanguagePicker({ onChoose }: { readonly onChoose: (language: TranslatedLanguage) => void }) {
  const t = useText()
  const { language: current } = useFormat()
  return (
    <fieldset aria-label={t('ui.language.choose')} className={styles.group}>
      {translated.map((language) => (
        <button
          key={language}
          type="button"
          lang={language}
          className={styles.choice}
          aria-pressed={language === current}
          onClick={() => onChoose(language)}
        >
          {languages[language].name}
        </button>
      ))}
    </fieldset>
  )
}
