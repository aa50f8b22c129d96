import { instruments } from '@lentera/core/workforce/research/instruments'
import { loadSurveyCatalogue } from '@lentera/ui/catalogues/load-survey'
import { isLanguage, type Language, languages } from '@lentera/ui/tokens/scripts'
import { useEffect } from 'react'

/** Fetches the words and the letters of every language an officer may choose, so that they are there when the network is not. */
export function useLanguagesHere(): void {
  useEffect(() => {
    const spoken = new Set(instruments.flatMap((each) => each.languages))
    // Offline they are already here, or come later: until then the questions stand in English.
    for (const language of spoken) if (isLanguage(language)) void fetchLanguage(language).catch(() => undefined)
  }, [])
}

/** A font is fetched only when a letter of it is drawn: of each weight that the screens use, by the language's own name. */
async function fetchLanguage(language: Language): Promise<void> {
  const { fontFamily } = getComputedStyle(document.body)
  const letters = weights.map((weight) => document.fonts.load(`${weight} 16px ${fontFamily}`, languages[language].name))
  await Promise.all([loadSurveyCatalogue(language), ...letters])
}

const weights = [400, 600] as const
