import * as z from 'zod'

/**
 * Languages of the programme: English and those of the ASEAN countries. BCP 47 codes; names are catalogue texts
 * (`language.km`), not here. Community languages have no code list: they are kept as texts where they are used.
 */
export const ProgrammeLanguage = z.enum([
  'en',
  'id',
  'ms',
  'fil',
  'km',
  'lo',
  'my',
  'th',
  'vi',
  'zh',
  'ta',
  'pt',
  'tet',
])
export type ProgrammeLanguage = z.infer<typeof ProgrammeLanguage>

/** How far a text stands in one language. Outdated: its source has moved since it was reviewed. */
export const LanguageState = z.enum(['missing', 'draft', 'reviewed', 'outdated'])
export type LanguageState = z.infer<typeof LanguageState>

/** In which whole documents are made: those that the desk speaks and our fonts set. */
export const PrintedLanguage = ProgrammeLanguage.extract(['en', 'th', 'my'])
export type PrintedLanguage = z.infer<typeof PrintedLanguage>
