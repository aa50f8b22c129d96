import '@mantine/core/styles.layer.css'
import '../../tokens/fonts.css'
import '../../tokens/tokens.css'
import '../../tokens/mantine.css'
import { createTheme, MantineProvider } from '@mantine/core'
import type { ReactNode } from 'react'
import type { Catalogue } from '../../catalogues/catalogue.ts'
import type { Language } from '../../tokens/scripts.ts'
import { LanguageProvider } from '../language/language.tsx'

/** Stands once around an application: theme, words, and the style sheets of every part. */
export function LenteraProvider({ catalogue, zone, theme = 'auto', children }: LenteraProviderProps) {
  return (
    <MantineProvider
      theme={mantineTheme}
      defaultColorScheme="auto"
      {...(theme === 'auto' ? {} : { forceColorScheme: theme })}
      // Variables and classes stand in tokens/mantine.css: the content policy allows no style element.
      withCssVariables={false}
      withGlobalClasses={false}
    >
      <LanguageProvider catalogue={catalogue} zone={zone}>
        {children}
      </LanguageProvider>
    </MantineProvider>
  )
}

export type LenteraProviderProps = {
  readonly catalogue: Catalogue<Language>
  /** IANA name of the programme's zone. */
  readonly zone: string
  /** `auto` follows the system. */
  readonly theme?: 'auto' | 'light' | 'dark'
  readonly children: ReactNode
}

const mantineTheme = createTheme({ cursorType: 'pointer', respectReducedMotion: true, fontFamily: 'var(--font)' })
