import type { Mapping } from '@lentera/core/sheets/mapping'
import { type HeadcountField, headcountFields } from '@lentera/core/workforce/headcount-fields'
import { useText } from '@lentera/ui/parts'
import type { Opened } from '../../sheets/open-form.ts'
import { SheetMapping } from '../../sheets/sheet-mapping.tsx'

/** Which column of a table of officers says what. */
export function HeadcountMapping(props: HeadcountMappingProps) {
  const t = useText()
  return (
    <SheetMapping
      {...props}
      fields={headcountFields}
      order={order}
      sameForAll={['agency', 'unit', 'place', 'rank', 'counted', 'trust']}
      say={{ field: (field) => t(`workforce.field.${field}`), code: (field, code) => sayCode(field, code, t) }}
    />
  )
}

export type HeadcountMappingProps = {
  readonly opened: Opened
  readonly suggested: Mapping<HeadcountField>
  readonly onSaid: (mapping: Mapping<HeadcountField>) => void
  readonly onGiveUp: () => void
}

const order: readonly HeadcountField[] = [
  ...(['agency', 'place', 'unit', 'rank', 'women', 'men', 'unrecorded', 'total'] as const),
  ...(['sex', 'officers', 'on', 'counted', 'trust', 'source', 'country'] as const),
]

function sayCode(field: HeadcountField, code: string, t: ReturnType<typeof useText>): string {
  switch (field) {
    case 'agency':
      return t(`agency.${code}`)
    case 'country':
      return t(`country.${code}`)
    case 'sex':
      return t(`officer.${code}`)
    case 'unit':
      return t(`workforce.unit.${code}`)
    case 'place':
      return t(`workforce.place.${code}`)
    case 'rank':
      return t(`workforce.rank.${code}`)
    case 'counted':
      return t(`workforce.counted.${code}`)
    case 'trust':
      return t(`workforce.trust.${code}`)
    default:
      return code
  }
}
