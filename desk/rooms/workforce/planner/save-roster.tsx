import { Actions, QuietButton, Section, saveFile, useFormat, useText } from '@lentera/ui/parts'
import { csvOfRoster, type RosterFile, workbookOfRoster } from './roster-file.ts'
import { workbookType } from './workbook.ts'

/** On paper, or as a file on this device: no name stands in its name or in it. */
export function SaveRoster(file: RosterFile) {
  const t = useText()
  const format = useFormat()
  return (
    <Section title={t('roster.file.leaves')}>
      <p>{t('roster.file.note')}</p>
      <Actions>
        <QuietButton onClick={() => window.print()}>{t('cover.page.print')}</QuietButton>
        <QuietButton onClick={() => saveFile('roster.xlsx', workbookOfRoster(file, { t, format }), workbookType)}>
          {t('roster.file.workbook')}
        </QuietButton>
        <QuietButton onClick={() => saveFile('roster.csv', csvOfRoster(file, { t, format }))}>
          {t('roster.file.csv')}
        </QuietButton>
      </Actions>
    </Section>
  )
}
