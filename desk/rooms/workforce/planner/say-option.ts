import type { HumaneOption } from '@lentera/planner/plan'
import type { Translate } from '@lentera/ui/catalogues/text'

/** What a way promises not to do, and the steps that, set by hand, do it all the same. */
const without: Readonly<Partial<Record<HumaneOption['key'], HumaneOption['plan']['actions'][number]['kind']>>> = {
  'no-moves': 'move',
  'no-hires': 'hire',
}

const isSetAgainstIt = ({ key, plan }: HumaneOption): boolean => plan.actions.some(({ kind }) => kind === without[key])

/** A way by its name; one that moves or hires nobody of itself says so where a hand has set that somebody is. */
export const sayOption = (option: HumaneOption, t: Translate): string =>
  t(`cover.option.${option.key}${isSetAgainstIt(option) ? '-else' : ''}`)

export const sayOptionNote = (option: HumaneOption, t: Translate): string =>
  [t(`cover.option.${option.key}-note`), ...(isSetAgainstIt(option) ? [t('cover.option.by-hand')] : [])].join(' ')
