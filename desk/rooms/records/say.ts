import type { Translate } from '@lentera/ui/catalogues/text'

/** The words of a code, or that two answers stand beside each other. `prefix` is the catalogue's: `workforce.place.`. */
export const sayCode = (say: (code: string) => string, code: string | undefined, t: Translate): string =>
  code === undefined ? t('results.unsettled') : say(code)

/** What has to be known of a record before it is opened. */
export const marksOf = (
  {
    state,
    unsent,
  }: {
    readonly state: { readonly enteredInError: boolean; readonly conflicts: readonly unknown[] }
    readonly unsent: boolean
  },
  t: Translate,
): readonly string[] => [
  ...(state.enteredInError ? [t('support.entered-in-error')] : []),
  ...(state.conflicts.length > 0 ? [t('support.two-versions')] : []),
  ...(unsent ? [t('support.unsent')] : []),
]
