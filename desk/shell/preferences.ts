import type { Catalogue } from '@lentera/ui/catalogues/catalogue'
import { loadCatalogue } from '@lentera/ui/catalogues/load'
import { chooseLanguage, isTranslated, type Language, type TranslatedLanguage } from '@lentera/ui/tokens/scripts'
import { createContext, use, useCallback, useEffect, useMemo, useState } from 'react'

/** How this device looks and speaks: nothing of a person, so it may rest in the clear. */
export type Preferences = Kept & { readonly change: (some: Partial<Kept>) => void }

type Kept = { readonly language: TranslatedLanguage; readonly theme: 'auto' | 'light' | 'dark' }

export const PreferencesContext = createContext<Preferences | null>(null)

export function usePreferences(): Preferences {
  const preferences = use(PreferencesContext)
  if (preferences === null) throw new Error('a screen stands outside the application')
  return preferences
}

/** The preferences kept on this device, and the catalogue they ask for; undefined while that is fetched. */
export function useKeptPreferences(): { readonly preferences: Preferences; readonly catalogue: Catalogue | undefined } {
  const [kept, setKept] = useState(readKept)
  const change = useCallback((some: Partial<Kept>) => {
    for (const [name, value] of Object.entries(some)) keep(name, value)
    setKept((before) => ({ ...before, ...some }))
  }, [])
  const preferences = useMemo(() => ({ ...kept, change }), [kept, change])
  return { preferences, catalogue: useWords<TranslatedLanguage>(kept.language, loadCatalogue) }
}

/** The words of a language, as `load` fetches them; undefined while they are fetched. */
export function useWords<Spoken extends Language>(
  language: Spoken,
  load: (language: Spoken | 'en') => Promise<Catalogue<Spoken | 'en'>>,
): Catalogue<Spoken | 'en'> | undefined {
  const [catalogue, setCatalogue] = useState<Catalogue<Spoken | 'en'>>()
  useEffect(() => {
    const asked = { current: true }
    load(language)
      // A language whose words are not on the device yet, offline: English is in the shell.
      .catch(() => load('en'))
      .then((loaded) => {
        if (asked.current) setCatalogue(loaded)
      })
    return () => {
      asked.current = false
    }
  }, [language, load])
  return catalogue
}

function readKept(): Kept {
  const [language, theme] = [read('language'), read('theme')]
  return {
    language: language !== null && isTranslated(language) ? language : chooseLanguage(navigator.languages),
    theme: theme === 'light' || theme === 'dark' ? theme : 'auto',
  }
}

// A browser may forbid storage; then a preference lasts as long as the tab.
function read(name: string): string | null {
  try {
    return localStorage.getItem(`lentera.${name}`)
  } catch {
    return null
  }
}

function keep(name: string, value: string): void {
  try {
    localStorage.setItem(`lentera.${name}`, value)
  } catch {
    return
  }
}
