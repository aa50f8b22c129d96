import { eraseIdentity } from '@lentera/core/support/capture'
import { useText } from '@lentera/ui/parts'
import { useDesk } from '../../device/context.ts'
import type { OpenedCase } from '../../device/desk.ts'
import { IdentityErasure } from '../records/erasure.tsx'

/** What is said of erasing the identity of a survivor. */
export function CaseErasure({ opened: { stream, file, code } }: { readonly opened: OpenedCase }) {
  const t = useText()
  const desk = useDesk()
  return (
    <IdentityErasure
      code={code}
      erased={file.erased}
      erase={(reason) => eraseIdentity(stream, file, { reason }, desk.moment())}
      says={{
        title: t('support.erasure.title'),
        who: t('support.erasure.who'),
        ask: t('support.erasure.ask'),
        before: [t('support.erasure.goes'), t('support.erasure.stays'), t('support.erasure.offline')],
        left: t('support.erasure.left'),
        code: t('support.erasure.code', { code }),
      }}
    />
  )
}
