import { publishProduct } from '@lentera/core/evidence/dissemination/capture'
import { StreamId } from '@lentera/core/shared/ids'
import { LoadingState, PageTitle, useText } from '@lentera/ui/parts'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useDesk, useSnapshot } from '../../../device/context.ts'
import type { Typed } from '../../../device/use-kept-form.ts'
import { KeptForm } from '../../records/kept-form.tsx'
import { ProductFields, readProduct } from './product-fields.tsx'

/** A product that was published. Who received it comes later, claim by claim. */
export function NewProductPage() {
  const t = useText()
  const navigate = useNavigate()
  const { today } = useDesk().moment()
  const me = useSnapshot((snapshot) => snapshot.me)
  const [stream] = useState(() => StreamId.parse(crypto.randomUUID()))
  if (!me) return <LoadingState />
  const decide = (typed: Typed) => {
    const said = readProduct(typed)
    return said.ok ? publishProduct(stream, me.organisation, said.value, today) : said
  }
  return (
    <>
      <PageTitle under={t('dissemination.product.new-under')}>{t('dissemination.product.new')}</PageTitle>
      <KeptForm
        name="new-product"
        label={t('dissemination.product.new')}
        fields={(typing) => <ProductFields {...typing} />}
        save={t('dissemination.product.save')}
        decide={decide}
        onSaved={() => navigate({ to: '/dissemination/products/$stream', params: { stream } })}
        onGivenUp={() => navigate({ to: '/dissemination' })}
      />
    </>
  )
}
