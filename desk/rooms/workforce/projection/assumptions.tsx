import type { Missing } from '@lentera/planner/projection'
import { Section, Stack, TextField, useText } from '@lentera/ui/parts'
import { Link } from '@tanstack/react-router'
import type { Typing } from '../../records/typed-correction.tsx'
import { refusedAs, wrongPercent } from './decisions.ts'

/** What nobody wrote down and she therefore says herself; it is marked as hers wherever it is used. */
export function Assumptions({ missing, typed, set }: Typing & { readonly missing: readonly Missing[] }) {
  const t = useText()
  if (missing.length === 0) return null
  return (
    <Section title={t('projection.assumed')} note={t('projection.assumed-note')}>
      <Stack>
        {missing.map((what) => (
          <TextField
            key={what}
            label={t(`projection.assumed.${what}`)}
            why={t(`projection.assumed-why.${what}`)}
            inputMode="decimal"
            value={typed[`assumed ${what}`] ?? ''}
            {...refusedAs(wrongPercent(typed[`assumed ${what}`]))}
            onChange={(value) => set(`assumed ${what}`, value)}
          />
        ))}
        <Link to="/workforce/flows">{t('projection.write-instead')}</Link>
      </Stack>
    </Section>
  )
}
