import { TextField, useText } from '@lentera/ui/parts'
import { useState } from 'react'
import type { StepProps } from './answers.ts'
import { Step } from './step.tsx'

/** One line of each sheet, typed from the paper: what was not printed cannot be typed. */
export function ProveStep({ founding, onBack, onNext }: StepProps) {
  const t = useText()
  const [typed, setTyped] = useState<Readonly<Record<number, string>>>({})
  const sheets = founding?.sheets ?? []
  const isProven = (number: number): boolean => {
    const sheet = sheets.find((each) => each.number === number)
    return sheet !== undefined && founding?.proves(number, line, typed[number] ?? '') === true
  }
  return (
    <Step
      title={t('found.prove.title')}
      under={t('found.prove.under', { line })}
      ready={sheets.length > 0 && sheets.every(({ number }) => isProven(number))}
      onBack={onBack}
      onNext={onNext}
    >
      {sheets.map(({ number }) => (
        <div key={number}>
          <TextField
            label={t('found.prove.sheet', { number, line })}
            value={typed[number] ?? ''}
            onChange={(value) => setTyped({ ...typed, [number]: value })}
          />
          <p className="small" role="status">
            {isProven(number)
              ? t('found.prove.right')
              : (typed[number]?.length ?? 0) >= wholeLine && t('found.prove.wrong', { line })}
          </p>
        </div>
      ))}
    </Step>
  )
}

/** Those before it are alike on both sheets: they name the organisation. */
const line = 5

/** Letters of a line without its hyphens: before that, nothing typed is wrong yet. */
const wholeLine = 18
