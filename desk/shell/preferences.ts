import { loadCatalogue } from '@lentera/ui/catalogues/load'
import type { Catalogue } from '@lentera/ui/catalogues/catalogue'
import { chooseLanguage, isTranslated, type TranslatedLanguage } from '@lentera/ui/tokens/scripts'
import { createContext, use, useCallback, useEffect, useMemo, useState } from 'react'

/** How this device looks and speaks: nothing of a person, so it may rest in the clear. */
export type Preferences = {
  readonly language: TranslatedLanguage
  readonly theme: Theme
  readonly chooseLanguage: (language: TranslatedLanguage) => void
  readonly chooseTheme: (theme: Theme) => void
}
export type Theme = 'auto' | 'light' | 'dark'

export const PreferencesContext = createContext<Preferences | null>(null)

export function usePreferences(): Preferences {
  const preferences = use(PreferencesContext)
  if (preferences === null) throw new Error('a screen stands outside the application')
  return preferences
}

/** The preferences kept on this device, and the catalogue they ask for; undefined while that is fetched. */
export function useKeptPreferences(): { readonly preferences: Preferences; readonly catalogue: Catalogue | undefined } {
  const [language, setLanguage] = useState<TranslatedLanguage>(keptLanguage)
  const [theme, setTheme] = useState<Theme>(keptTheme)
  const [catalogue, setCatalogue] = useState<Catalogue>()
  useEffect(() => {
    const asked = { current: true }
    loadCatalogue(language)
      .catch(() => loadCatalogue('en'))
      .then((loaded) => {
        if (asked.current) setCatalogue(loaded)
      })
    return () => {
      asked.current = false
    }
  }, [language])
  const choose = useCallback((chosen: TranslatedLanguage) => {
    keep('language', chosen)
    setLanguage(chosen)
  }, [])
  const chooseTheme = useCallback((chosen: Theme) => {
    keep('theme', chosen)
    setTheme(chosen)
  }, [])
  const preferences = useMemo(
    () => ({ language, theme, chooseLanguage: choose, chooseTheme }),
    [language, theme, choose, chooseTheme],
  )
  return { preferences, catalogue }
}

function keptLanguage(): TranslatedLanguage {
  const kept = read('language')
  return kept !== null && isTranslated(kept) ? kept : chooseLanguage(navigator.languages)
}

function keptTheme(): Theme {
  const kept = read('theme')
  return kept === 'light' || kept === 'dark' ? kept : 'auto'
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
