import { publishProduct } from '@lentera/core/evidence/dissemination/capture'
import { StreamId } from '@lentera/core/shared/ids'
import {
  Actions,
  Form,
  LoadingState,
  NextButton,
  PageTitle,
  QuietButton,
  RefusalNotice,
  Stack,
  useText,
} from '@lentera/ui/parts'
import { useNavigate } from '@tanstack/react-router'
import { useDesk, useSnapshot } from '../../../device/context.ts'
import { useKeptForm } from '../../../device/use-kept-form.ts'
import { useWrite } from '../../../device/use-write.ts'
import { ProductFields, readProduct } from './product-fields.tsx'

/** A product that was published. Who received it comes later, claim by claim. */
export function NewProductPage() {
  const t = useText()
  const desk = useDesk()
  const navigate = useNavigate()
  const me = useSnapshot((snapshot) => snapshot.me)
  const form = useKeptForm('new-product')
  const { refusal, busy, write } = useWrite(form.typed)
  if (!form.ready || !me) return <LoadingState />
  const save = async (): Promise<void> => {
    const stream = StreamId.parse(crypto.randomUUID())
    const said = readProduct(form.typed)
    const decided = said.ok ? publishProduct(stream, me.organisation, said.value, desk.moment().today) : said
    if (!(await write(decided))) return
    await form.forget()
    await navigate({ to: '/dissemination/products/$stream', params: { stream } })
  }
  const giveUp = async (): Promise<void> => {
    await form.forget()
    await navigate({ to: '/dissemination' })
  }
  return (
    <>
      <PageTitle under={t('dissemination.product.new-under')}>{t('dissemination.product.new')}</PageTitle>
      <Form label={t('dissemination.product.new')} onSubmit={save}>
        <Stack>
          <ProductFields typed={form.typed} set={form.set} />
          {refusal && <RefusalNotice refusal={refusal} />}
          <Actions>
            <NextButton type="submit" disabled={busy}>
              {t('dissemination.product.save')}
            </NextButton>
            <QuietButton onClick={giveUp}>{t('support.give-up')}</QuietButton>
          </Actions>
        </Stack>
      </Form>
    </>
  )
}
