import type { PublishedMethod } from '@lentera/core/shared/publication'
import type { Texts } from '../texts.ts'

/** How it was protected, in plain words with every number that says how strongly. */
export function methodText(method: PublishedMethod, { t }: Texts): string {
  switch (method.name) {
    case 'cut-off-tables':
      return t('portal.method.cut-off-tables', { minimum: method.minimum })
    case 'suppression':
      return method.zeros === 'shown'
        ? t('portal.method.suppression-zeros', { minimum: method.minimum })
        : t('portal.method.suppression', { minimum: method.minimum })
    case 'rounding':
      return t('portal.method.rounding', { base: method.base })
    case 'cell-key':
      return t('portal.method.cell-key', { most: method.most })
    case 'dp-table':
      return t('portal.method.dp-table', { epsilon: method.epsilon, chance: chanceOf(method.delta) })
    case 'dp-records':
      return t('portal.method.dp-records', {
        epsilon: method.epsilon,
        chance: chanceOf(method.delta),
        length: method.length,
      })
    case 'k-records':
      return t('portal.method.k-records', { k: method.k, length: method.length })
  }
}

/** Delta as one in so many. */
const chanceOf = (delta: number): number => (delta > 0 ? Math.round(1 / delta) : 0)
