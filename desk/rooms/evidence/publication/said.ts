import { inOnes, inPowers } from '@lentera/core/evidence/publication/ledger'
import type { Publication } from '@lentera/core/evidence/publication/project'
import type { Method, Population, SignsAs } from '@lentera/core/evidence/publication/words'
import { SignsAs as AllSignsAs, deltaUnits } from '@lentera/core/evidence/publication/words'
import { CivilDate } from '@lentera/core/shared/dates'
import type { Said } from '@lentera/core/shared/publication'
import type { Role } from '@lentera/core/shared/roles'
import type { useFormat, useText } from '@lentera/ui/parts'
import type { Me } from '../../../device/desk.ts'

export type Translate = ReturnType<typeof useText>
type Format = ReturnType<typeof useFormat>

/** In the reader's language where somebody wrote it, else in English. */
export const inLanguage = (said: Said, language: string): string =>
  Object.entries(said).find(([of]) => of === language)?.[1] ?? said.en

export const isSteward = (me: Me | undefined): boolean => me?.roles.includes('steward') === true
export const isOfficer = (me: Me | undefined): boolean => me?.roles.includes('protection-officer') === true

/** As what she signs: as protection officer where she is one, for that is asked of one of the two. */
export function signsAs(me: Me | undefined): SignsAs | undefined {
  const order: readonly SignsAs[] = ['protection-officer', ...AllSignsAs.options]
  const inOffice = (role: Role): boolean => role !== 'regional-manager' || me?.country === null
  return order.find((role) => me?.roles.includes(role) && inOffice(role))
}

export function sayMethod(method: Method, t: Translate): string {
  switch (method.name) {
    case 'cut-off-tables':
      return t('publication.method.cut-off-tables.said')
    case 'suppression':
      return method.zeros === 'show'
        ? t('publication.method.suppression.said-zeros', { minimum: method.minimum })
        : t('publication.method.suppression.said', { minimum: method.minimum })
    case 'rounding':
      return t('publication.method.rounding.said', { base: method.base })
    case 'cell-key':
      return t('publication.method.cell-key.said', { most: method.most })
    case 'dp-table':
      return t('publication.method.dp-table.said', { epsilon: inOnes(method.epsilon) })
    case 'dp-records':
      return t('publication.method.dp-records.said', {
        epsilon: inOnes(method.epsilon),
        delta: inPowers(deltaUnits(method.deltaExponent)),
        length: method.length,
      })
    case 'k-records':
      return t('publication.method.k-records.said', { k: method.k, length: method.length })
  }
}

export const sayPopulation = (population: Population, t: Translate): string =>
  population.kind === 'own' ? t('publication.own-people') : population.name

/** A day, month, quarter or year in the reader's way; an edition that is numbered as it is. */
export function sayDay(text: string, format: Format): string {
  const date = CivilDate.safeParse(text)
  return date.success ? format.date(date.data) : text
}

/** Whether it waits for her, as far as this device knows without its content: not released, and not signed by her. */
export function waitsFor(me: Me | undefined, { signatures, withdrawn }: Publication): boolean {
  const members = new Set(signatures.map(({ member }) => member))
  const isReleased = members.size > 1 && signatures.some(({ as }) => as === 'protection-officer')
  return me !== undefined && signsAs(me) !== undefined && !withdrawn && !isReleased && !members.has(me.member)
}
