import type { StreamId } from '@lentera/core/shared/ids'
import { useText } from '@lentera/ui/parts'
import { MadeFiles } from '../made-files.tsx'

/** The report as a file that can be edited. */
export function DownloadFile({ stream, unsent }: { readonly stream: StreamId; readonly unsent: boolean }) {
  const t = useText()
  return (
    <MadeFiles
      title={t('donor-report.file')}
      note={t('donor-report.file-note')}
      path={`/api/donor-reports/${stream}/file`}
      forms={[
        {
          form: 'docx',
          type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
          label: t('donor-report.get-docx'),
        },
        {
          form: 'xlsx',
          type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
          label: t('donor-report.get-xlsx'),
        },
      ]}
      waits={t('donor-report.file-waits')}
      making={t('donor-report.making')}
      unsent={unsent}
      isNext
    />
  )
}
