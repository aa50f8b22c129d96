import type { ReportVoice } from '@lentera/core/donor-report/say'
import type { PrintedLanguage } from '@lentera/core/shared/languages'
import { readCatalogue } from '@lentera/ui/catalogues/node'
import { textOf } from '@lentera/ui/catalogues/text'
import { formatDate, formatInstant } from '@lentera/ui/tokens/dates'
import { formatInterval, formatNumber, percentText } from '@lentera/ui/tokens/numbers'
import { languages } from '@lentera/ui/tokens/scripts'

/** @param zone in which the programme's clocks go, as an IANA name */
export const reportVoice = (language: PrintedLanguage, zone: string): ReportVoice => ({
  language,
  of: (other) => reportVoice(other, zone),
  isDraft: languages[language].state !== 'complete',
  t: textOf(readCatalogue(language)),
  number: (value) => formatNumber(value, language),
  interval: (interval) => formatInterval(interval, language),
  percent: (percent, decimals) => percentText(percent, language, decimals).replace(' %', '\u00A0%'),
  date: (date) => formatDate(date, language),
  instant: (at) => formatInstant(Date.parse(at), zone, language),
})
