import type { Catalogue } from '@lentera/ui/catalogues/catalogue'
import { loadCatalogue } from '@lentera/ui/catalogues/load'
import type { TranslatedLanguage } from '@lentera/ui/tokens/scripts'
import { createContext, use, useCallback, useEffect, useMemo, useState } from 'react'
import { keepSettings, readSettings, type Settings } from '../device/settings.ts'

/** The device's settings, and the way to change them. */
export type Preferences = Settings & { readonly change: (change: Partial<Settings>) => void }

export const PreferencesContext = createContext<Preferences | null>(null)

export function usePreferences(): Preferences {
  const preferences = use(PreferencesContext)
  if (preferences === null) throw new Error('a screen stands outside the application')
  return preferences
}

/** The settings kept on this device, and the catalogue they ask for; undefined while that is fetched. */
export function useKeptPreferences(): { readonly preferences: Preferences; readonly catalogue: Catalogue | undefined } {
  const [settings, setSettings] = useState(readSettings)
  const change = useCallback((some: Partial<Settings>) => setSettings(keepSettings(some)), [])
  const preferences = useMemo(() => ({ ...settings, change }), [settings, change])
  return { preferences, catalogue: useWords(settings.language) }
}

function useWords(language: TranslatedLanguage): Catalogue | undefined {
  const [catalogue, setCatalogue] = useState<Catalogue>()
  useEffect(() => {
    const asked = { current: true }
    loadCatalogue(language)
      // A language whose words are not on the device yet, offline: English is in the shell.
      .catch(() => loadCatalogue('en'))
      .then((loaded) => {
        if (asked.current) setCatalogue(loaded)
      })
    return () => {
      asked.current = false
    }
  }, [language])
  return catalogue
}
