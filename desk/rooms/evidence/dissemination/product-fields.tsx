import type { SaidOfProduct } from '@lentera/core/evidence/dissemination/capture'
import type { Product } from '@lentera/core/evidence/dissemination/project'
import { ProductKind } from '@lentera/core/evidence/dissemination/words'
import { CivilDate } from '@lentera/core/shared/dates'
import { ProgrammeLanguage } from '@lentera/core/shared/languages'
import { accept, type Decision, refuse } from '@lentera/core/shared/refusals'
import { ChoicesField, DateField, SelectField, TextField, useText } from '@lentera/ui/parts'
import type { Typed } from '../../../device/use-kept-form.ts'
import type { Typing } from '../../records/typed-correction.tsx'

/** What is asked of a product, the same when it is written down and when it is corrected. */
export function ProductFields({ typed, set }: Typing) {
  const t = useText()
  return (
    <>
      <TextField
        label={t('dissemination.product.title')}
        why={t('dissemination.product.title-why')}
        value={typed.title ?? ''}
        onChange={(title) => set('title', title)}
      />
      <SelectField
        label={t('dissemination.kind')}
        value={typed.kind ?? ''}
        choices={ProductKind.options.map((value) => ({ value, label: t(`product-kind.${value}`) }))}
        onChange={(kind) => set('kind', kind)}
      />
      <TextField
        label={t('dissemination.edition')}
        why={t('dissemination.edition-why')}
        value={typed.edition ?? ''}
        onChange={(edition) => set('edition', edition)}
      />
      <ChoicesField
        label={t('dissemination.languages')}
        value={languagesOf(typed)}
        choices={ProgrammeLanguage.options.map((value) => ({ value, label: t(`language.${value}`) }))}
        onChange={(chosen) => set('languages', chosen.join(' '))}
      />
      <DateField
        label={t('dissemination.published-on')}
        why={t('dissemination.published-on-why')}
        finest="day"
        value={CivilDate.safeParse(typed.publishedOn).data ?? null}
        onChange={(day) => set('publishedOn', day ?? '')}
      />
    </>
  )
}

const languagesOf = (typed: Typed): readonly ProgrammeLanguage[] =>
  (typed.languages ?? '').split(' ').flatMap((each) => ProgrammeLanguage.safeParse(each).data ?? [])

/** Refused: `evidence.no-kind`, `evidence.no-day`; the rest is core's to judge. */
export function readProduct(typed: Typed): Decision<SaidOfProduct> {
  const [kind, publishedOn] = [ProductKind.safeParse(typed.kind), CivilDate.safeParse(typed.publishedOn)]
  if (!kind.success) return refuse('evidence.no-kind')
  if (!publishedOn.success) return refuse('evidence.no-day')
  return accept({
    title: typed.title ?? '',
    kind: kind.data,
    edition: typed.edition ?? '',
    languages: languagesOf(typed),
    publishedOn: publishedOn.data,
  })
}

export const typedOfProduct = ({ title, kind, edition, languages, publishedOn }: Product): Typed => ({
  title: title ?? '',
  kind: kind ?? '',
  edition: edition ?? '',
  languages: languages.join(' '),
  publishedOn,
})

/** Only what differs from what stands. */
export function changeOfProduct(product: Product, said: SaidOfProduct): Partial<SaidOfProduct> {
  const { title, kind, edition, languages, publishedOn } = said
  return {
    ...(title.trim() === product.title ? {} : { title }),
    ...(kind === product.kind ? {} : { kind }),
    ...(edition.trim() === product.edition ? {} : { edition }),
    ...(languages.join() === product.languages.join() ? {} : { languages }),
    ...(publishedOn === product.publishedOn ? {} : { publishedOn }),
  }
}
