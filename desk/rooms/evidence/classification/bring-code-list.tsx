import { bringCodeList, type ForeignCodes, readCodes } from '@lentera/core/evidence/classification/capture'
import { icTip } from '@lentera/core/evidence/classification/ic-tip'
import type { BroughtList } from '@lentera/core/evidence/classification/project'
import { CivilDate } from '@lentera/core/shared/dates'
import { StreamId } from '@lentera/core/shared/ids'
import type { Refusal } from '@lentera/core/shared/refusals'
import { Actions, DateField, Form, QuietButton, RefusalNotice, Stack, TextField, useText } from '@lentera/ui/parts'
import { useRef, useState } from 'react'
import { useDesk } from '../../../device/context.ts'
import { useWrite } from '../../../device/use-write.ts'

/** A code list from a file, with all that anybody needs to check it: a list without version, source or date is not taken. */
export function BringCodeList({ here }: { readonly here: readonly BroughtList[] }) {
  const t = useText()
  const desk = useDesk()
  const input = useRef<HTMLInputElement>(null)
  const [codes, setCodes] = useState<ForeignCodes>()
  const [unread, setUnread] = useState<Refusal>()
  const [typed, setTyped] = useState({ version: '', source: '', publishedOn: '', verifiedOn: '' })
  const { refusal, busy, write } = useWrite()
  const set = (field: keyof typeof typed, value: string): void => setTyped((now) => ({ ...now, [field]: value }))
  const read = async (file: File): Promise<void> => {
    const done = await file
      .arrayBuffer()
      .then((bytes) => readCodes(new Uint8Array(bytes)))
      .catch(() => undefined)
    setCodes(done?.ok ? done.value : undefined)
    setUnread(done?.ok ? undefined : (done?.refusal ?? { code: 'evidence.file-gone', values: {} }))
  }
  const bring = async (): Promise<void> => {
    if (!codes) return
    const stream = StreamId.parse(crypto.randomUUID())
    const said = { scheme: icTip.scheme, ...typed, codes }
    if (await write(bringCodeList(stream, said, here, desk.moment().today))) setCodes(undefined)
  }
  return (
    <Stack>
      <input
        ref={input}
        type="file"
        hidden
        accept=".csv,.xlsx"
        aria-label={t('ic-tip.bring')}
        onChange={(event) => {
          const file = event.currentTarget.files?.[0]
          event.currentTarget.value = ''
          if (file) read(file)
        }}
      />
      <Actions>
        <QuietButton onClick={() => input.current?.click()}>{t('ic-tip.bring')}</QuietButton>
      </Actions>
      {unread && <RefusalNotice refusal={unread} />}
      {codes && (
        <Form label={t('ic-tip.bring')} onSubmit={bring}>
          <p>{t('ic-tip.read', { codes: codes.length })}</p>
          <TextField label={t('ic-tip.list-version')} value={typed.version} onChange={(text) => set('version', text)} />
          <TextField
            label={t('dissemination.source')}
            why={t('ic-tip.source-why')}
            value={typed.source}
            onChange={(text) => set('source', text)}
          />
          <DateField
            label={t('edition.published-on')}
            finest="day"
            value={CivilDate.safeParse(typed.publishedOn).data ?? null}
            onChange={(day) => set('publishedOn', day ?? '')}
          />
          <DateField
            label={t('ic-tip.verified-on')}
            finest="day"
            value={CivilDate.safeParse(typed.verifiedOn).data ?? null}
            onChange={(day) => set('verifiedOn', day ?? '')}
          />
          {refusal && <RefusalNotice refusal={refusal} />}
          <Actions>
            <QuietButton type="submit" disabled={busy}>
              {t('ic-tip.bring-save')}
            </QuietButton>
            <QuietButton onClick={() => setCodes(undefined)}>{t('support.give-up')}</QuietButton>
          </Actions>
        </Form>
      )}
    </Stack>
  )
}
