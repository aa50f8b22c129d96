/**
 * The programme's own brochure, as a source: for the figures it counts itself (`core/results/publication-of-record.ts`) and for
 * those it quotes from others (`core/evidence/cited.ts`). Its text was read on the day given; it carries no date of its own.
 */
export const brochureSource = {
  title:
    "Enhancing women's role in law enforcement and border security to prevent trafficking in persons, transnational organized crime in ASEAN countries",
  publisher: 'UN Women and UNODC',
  verifiedOn: '2026-11-23',
} as const
