import { Actions, QuietButton, useText } from '@lentera/ui/parts'
import { useRef } from 'react'

/** Which file: it lives in the screen that asks, and nowhere else. */
export function ChooseFile({ onFile, onGiveUp }: ChooseFileProps) {
  const t = useText()
  const input = useRef<HTMLInputElement>(null)
  return (
    <Actions>
      <input
        ref={input}
        type="file"
        hidden
        accept=".csv,.tsv,.txt,.xlsx"
        aria-label={t('sheets.file.choose')}
        onChange={(event) => {
          const file = event.currentTarget.files?.[0]
          event.currentTarget.value = ''
          if (file) onFile(file)
        }}
      />
      <QuietButton onClick={() => input.current?.click()}>{t('sheets.file.choose')}</QuietButton>
      <QuietButton onClick={onGiveUp}>{t('support.give-up')}</QuietButton>
    </Actions>
  )
}

export type ChooseFileProps = { readonly onFile: (file: File) => void; readonly onGiveUp: () => void }
