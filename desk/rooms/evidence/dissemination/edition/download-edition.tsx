import type { StreamId } from '@lentera/core/shared/ids'
import { useText } from '@lentera/ui/parts'
import { MadeFiles } from '../../../results/made-files.tsx'

const forms = [
  { form: 'pdf', type: 'application/pdf' },
  { form: 'html', type: 'text/html' },
  { form: 'csv', type: 'text/csv' },
  { form: 'json', type: 'application/json' },
  { form: 'bib', type: 'application/x-bibtex' },
  { form: 'ris', type: 'application/x-research-info-systems' },
] as const

export type DownloadEditionProps = {
  readonly stream: StreamId
  readonly unsent: boolean
  /** Whether it is the one thing to do next: of a frozen edition. */
  readonly isNext: boolean
}

/** The edition on paper, as a page, as data, and as it is cited. */
export function DownloadEdition({ stream, unsent, isNext }: DownloadEditionProps) {
  const t = useText()
  return (
    <MadeFiles
      title={t('edition.file')}
      note={t('edition.file-note')}
      path={`/api/editions/${stream}/file`}
      forms={forms.map(({ form, type }) => ({ form, type, label: t(`edition.get.${form}`) }))}
      waits={t('edition.file-waits')}
      making={t('edition.making')}
      unsent={unsent}
      isNext={isNext}
    />
  )
}
