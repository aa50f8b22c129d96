import type { ProgrammeLanguage } from '@lentera/core/shared/languages'
import type { Said } from '@lentera/core/shared/publication'
import type { Language } from '@lentera/ui/tokens/scripts'
import { type Html, html, type Part } from './html.ts'

/** Words that came with a publication, in the reader's language or in English, which is then said to be English. */
export type Spoken = { readonly text: string; readonly isEnglish: boolean }

export function spoken(said: Said, language: Language & ProgrammeLanguage): Spoken {
  const own = said[language]
  return own === undefined ? { text: said.en, isEnglish: language !== 'en' } : { text: own, isEnglish: false }
}

/** As a piece of a page: what is English on a page in another language is marked, for whoever has it read aloud. */
export function inPage({ text, isEnglish }: Spoken): Part {
  return isEnglish ? html`<span lang="en">${text}</span>` : text
}

/** The attribute of an element that holds nothing but these words. */
export function langOf({ isEnglish }: Spoken): Html | false {
  return isEnglish && html` lang="en"`
}
