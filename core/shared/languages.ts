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
