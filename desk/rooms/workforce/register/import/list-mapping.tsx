import type { Mapping } from '@lentera/core/sheets/mapping'
import { suggest } from '@lentera/core/sheets/mapping'
import {
  type OfficerColumn,
  officerColumns,
  type PostColumn,
  postColumns,
} from '@lentera/core/workforce/register/fields'
import { useText } from '@lentera/ui/parts'
import type { Opened } from '../../../sheets/open-form.ts'
import { SheetMapping } from '../../../sheets/sheet-mapping.tsx'
import { purposes } from './lists.ts'

type MappingOf<Name extends string> = {
  readonly opened: Opened
  readonly stood: Mapping<Name> | undefined
  readonly onSaid: (mapping: Mapping<Name>) => void
  readonly onGiveUp: () => void
}

export function PostMapping({ opened, stood, ...answers }: MappingOf<PostColumn>) {
  const t = useText()
  const code = (field: PostColumn, said: string): string => {
    if (field === 'crossing') return t(`crossing.${said}`)
    if (field === 'mustBeCovered') return t(`register.must.${said}`)
    return field === 'risk' ? t(`register.risk.${said}`) : t(`register.there.${said}`)
  }
  return (
    <SheetMapping
      {...answers}
      opened={opened}
      purpose={purposes.posts}
      suggested={stood ?? suggest(opened.form, postColumns)}
      fields={postColumns}
      order={Object.keys(postColumns) as PostColumn[] /* the keys its type names */}
      sameForAll={['crossing', 'risk']}
      say={{ field: (field) => t(`register.column.${field}`), code }}
    />
  )
}

export function OfficerMapping({ opened, stood, ...answers }: MappingOf<OfficerColumn>) {
  const t = useText()
  return (
    <SheetMapping
      {...answers}
      opened={opened}
      purpose={purposes.officers}
      suggested={stood ?? suggest(opened.form, officerColumns)}
      fields={officerColumns}
      order={Object.keys(officerColumns) as OfficerColumn[] /* the keys its type names */}
      sameForAll={['sex']}
      say={{
        field: (field) => t(`register.column.${field}`),
        code: (field, said) => (field === 'sex' ? t(`officer.${said}`) : t(`register.nights.${said}`)),
      }}
    />
  )
}
