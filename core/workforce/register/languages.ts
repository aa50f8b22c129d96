import { ProgrammeLanguage } from '../../shared/languages.ts'

/**
 * Languages as people write them in one cell: by code or by name, in any language that the portal speaks (`km, Thai; ลาว`).
 * `unknown`: what is none of the programme's.
 */
export function readLanguages(text: string): {
  readonly spoken: readonly ProgrammeLanguage[]
  readonly unknown: readonly string[]
} {
  if (named.size === 0) for (const [name, language] of everyName()) named.set(name, language)
  const spoken = new Set<ProgrammeLanguage>()
  const unknown: string[] = []
  for (const part of text.split(/[,;/&+\n]|\s(?:and|dan|at|và)\s|และ|နှင့်|និង|ແລະ/iu)) {
    const whole = named.get(plain(part))
    // `km en`: nothing but spaces between them.
    for (const each of whole ? [part] : part.split(/\s+/)) {
      const language = named.get(plain(each))
      if (language) spoken.add(language)
      else if (plain(each) !== '') unknown.push(each.trim())
    }
  }
  return { spoken: [...spoken], unknown }
}

/** Filled when a language is first looked for. */
const named = new Map<string, ProgrammeLanguage>()

/** Beside the names that Unicode's CLDR has, what lists of officers say. */
const otherNames: Readonly<Record<string, ProgrammeLanguage>> = {
  ...{ myanmar: 'my', cambodian: 'km', laotian: 'lo', siamese: 'th', mandarin: 'zh', tagalog: 'fil', pilipino: 'fil' },
  ...{ 'bahasa indonesia': 'id', 'bahasa melayu': 'ms', 'bahasa malaysia': 'ms', malaysian: 'ms', tetun: 'tet' },
}

function everyName(): ReadonlyMap<string, ProgrammeLanguage> {
  const found = new Map<string, ProgrammeLanguage>(Object.entries(otherNames))
  for (const speaker of ProgrammeLanguage.options) {
    const names = new Intl.DisplayNames([speaker], { type: 'language' })
    for (const language of ProgrammeLanguage.options) {
      const name = names.of(language)
      if (name) found.set(plain(name), language)
      if (name && speaker === 'vi') found.set(plain(name.replace(/^Tiếng /, '')), language)
    }
  }
  for (const language of ProgrammeLanguage.options) found.set(language, language)
  return found
}

const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{M}]+/gu, ' ')
    .trim()
