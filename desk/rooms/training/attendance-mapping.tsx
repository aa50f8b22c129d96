import type { Mapping } from '@lentera/core/sheets/mapping'
import { type AttendanceField, attendanceFields } from '@lentera/core/training/attendance-fields'
import { useText } from '@lentera/ui/parts'
import type { Opened } from '../sheets/open-form.ts'
import { SheetMapping } from '../sheets/sheet-mapping.tsx'

/** Which column of a form of attendance says what. */
export function AttendanceMapping(props: AttendanceMappingProps) {
  const t = useText()
  return (
    <SheetMapping
      {...props}
      fields={attendanceFields}
      order={['sex', 'agency', 'code', 'heldOn', 'module', 'country']}
      sameForAll={['sex', 'agency']}
      say={{
        field: (field) => t(`training.field.${field}`),
        code: (field, code) => sayCode(field, code, t),
      }}
    />
  )
}

export type AttendanceMappingProps = {
  readonly opened: Opened
  readonly suggested: Mapping<AttendanceField>
  readonly onSaid: (mapping: Mapping<AttendanceField>) => void
  readonly onGiveUp: () => void
}

function sayCode(field: AttendanceField, code: string, t: ReturnType<typeof useText>): string {
  switch (field) {
    case 'sex':
      return t(`officer.${code}`)
    case 'agency':
      return t(`agency.${code}`)
    case 'module':
      return t(`module.${code}`)
    case 'country':
      return t(`country.${code}`)
    default:
      return code
  }
}
