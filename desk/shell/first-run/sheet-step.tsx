import { QuietButton, useText } from '@lentera/ui/parts'
import { PrintedCode } from '../printed-code.tsx'
import type { StepProps } from './answers.ts'
import { Step } from './step.tsx'

export function SheetStep({ number, answers, founding, onBack, onNext }: StepProps & { readonly number: number }) {
  const t = useText()
  const sheet = founding?.sheets.find((each) => each.number === number)
  return (
    <Step
      title={t('found.sheet.title', { number })}
      under={t('found.sheet.under')}
      next={t('found.sheet.printed')}
      ready={sheet !== undefined}
      onBack={onBack}
      other={<QuietButton onClick={() => print()}>{t('found.print')}</QuietButton>}
      onNext={onNext}
    >
      {sheet && (
        <PrintedCode
          title={t('found.sheet.heading', { number, organisation: answers.organisationName })}
          code={sheet.code}
          note={t('found.sheet.note')}
        />
      )}
    </Step>
  )
}
