import type { Refusal } from '@lentera/core/shared/refusals'
import { Actions, NextButton, QuietButton, RefusalNotice, useStaffLanguage, useText } from '@lentera/ui/parts'
import { languages, translated } from '@lentera/ui/tokens/scripts'
import { useState } from 'react'
import * as z from 'zod'
import { useDesk } from '../../../device/context.ts'
import { handOver } from '../hand-over.ts'
import styles from './brochure.module.css'

type Language = (typeof translated)[number]
type Making =
  | { readonly state: 'idle' }
  | { readonly state: 'making'; readonly language: Language }
  | { readonly state: 'made'; readonly name: string }
  | { readonly state: 'refused'; readonly refusal: Refusal }

/** The brochure on paper, in each language it can be read in: the server makes it, the reader's own first. */
export function DownloadPdf() {
  const t = useText()
  const desk = useDesk()
  const own = useStaffLanguage()
  const [making, setMaking] = useState<Making>({ state: 'idle' })
  const get = async (language: Language): Promise<void> => {
    setMaking({ state: 'making', language })
    const answer = await desk
      .ask(`/api/brochure/pdf?language=${language}`, undefined, (made) => Made.parse(made))
      .catch(() => undefined)
    if (!answer) setMaking({ state: 'refused', refusal: { code: 'server.failed', values: {} } })
    else if (!answer.ok) setMaking({ state: 'refused', refusal: answer.refusal })
    else {
      handOver({ name: answer.value.name, file: answer.value.pdf }, 'application/pdf')
      setMaking({ state: 'made', name: answer.value.name })
    }
  }
  const isBusy = making.state === 'making'
  const others = translated.filter((language) => language !== own)
  return (
    <div>
      <Actions>
        <NextButton disabled={isBusy} onClick={() => get(own)}>
          {t('brochure.get')} <Name of={own} />
        </NextButton>
        {others.map((language) => (
          <QuietButton key={language} disabled={isBusy} onClick={() => get(language)}>
            {t('brochure.get')} <Name of={language} />
          </QuietButton>
        ))}
      </Actions>
      <p role="status" className={styles.making}>
        {making.state === 'making' && t('brochure.making')}
        {making.state === 'made' && t('brochure.made', { name: making.name })}
      </p>
      {making.state === 'refused' && <RefusalNotice refusal={making.refusal} />}
    </div>
  )
}

/** In its own language, so that it is drawn in its own script. */
const Name = ({ of }: { readonly of: Language }) => <span lang={of}>{languages[of].name}</span>

const Made = z.object({ name: z.string(), pdf: z.base64() })
