import { addedHeading, type Fields } from '../sheets/mapping.ts'
import {
  agencyHeadings,
  agencyWords,
  countryHeadings,
  countryWords,
  dateHeadings,
  sexHeadings,
  sexWords,
} from '../sheets/spellings.ts'

export type AttendanceField = 'code' | 'sex' | 'agency' | 'heldOn' | 'country' | 'module'

/**
 * What an attendance form is asked, with the heads of columns and the words that forms of the region use. They are suggestions
 * that a person sees and changes; where a word stands for two things in two languages, she says which.
 */
export const attendanceFields: Fields<AttendanceField> = {
  code: {
    required: false,
    headings: [addedHeading, 'lentera', 'officer code', 'code of officer'],
  },
  sex: {
    required: true,
    headings: sexHeadings,
    words: sexWords,
  },
  agency: {
    required: true,
    headings: agencyHeadings,
    words: agencyWords,
  },
  heldOn: {
    required: false,
    dates: true,
    headings: dateHeadings,
  },
  country: {
    required: false,
    headings: countryHeadings,
    words: countryWords,
  },
  module: {
    required: false,
    headings: [
      ...[
        'module',
        'modules',
        'course',
        'หลักสูตร',
        'โมดูล',
        'သင်ခန်းစာ',
        'ម៉ូឌុល',
        'ໂມດູນ',
        'mô đun',
        'học phần',
        'modul',
        'modyul',
        'módulo',
      ],
    ],
    words: {
      see: ['1', 'module 1', 'modul 1', '1 see'],
      meet: ['2', 'module 2', 'modul 2', '2 meet'],
      'carry-through': ['3', 'module 3', 'modul 3', '3 carry through', 'carry'],
    },
  },
}
