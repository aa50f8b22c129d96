/**
 * The International Classification Standard for Administrative Data on Trafficking in Persons (IC-TIP), as far as it is known here: adopted by
 * the United Nations Statistical Commission in 2025, kept by IOM and UNODC. Its code lists were not had when this was written, so that
 * none stands here and none is invented: a steward brings them as the custodians publish them (`capture.ts`), and maps ours to them.
 */
export const icTip = {
  scheme: 'ic-tip',
  /** Of its code lists; null as long as nobody has brought them. */
  version: null,
  verifiedOn: null,
  source: 'unstats.un.org, international family of classifications, 2099',
  custodians: 'IOM, UNODC',
  mapping: [],
} as const
