import type { Fields } from '../sheets/mapping.ts'
import { type CountedField, countedFields } from './counted/fields.ts'

export type HeadcountField = CountedField | 'unit'

/** What a table of headcounts is asked. `unit` stands before `agency`, whose heads on other forms it is among. */
export const headcountFields: Fields<HeadcountField> = {
  unit: {
    required: false,
    headings: [
      ...['unit', 'kind of unit', 'unit type', 'division', 'function', 'section', 'หน่วย', 'แผนก', 'กอง', 'ဌာနစိတ်'],
      ...[
        'ផ្នែក',
        'ໜ່ວຍ',
        'ພະແນກ',
        'đơn vị',
        'phòng',
        'satuan',
        'fungsi',
        'bahagian',
        'yunit',
        'dibisyon',
        'unidade',
        '单位',
        '部门',
      ],
    ],
    words: {
      all: ['all units', 'whole agency', 'total', 'ทั้งหมด', 'အားလုံး', 'ទាំងអស់', 'ທັງໝົດ', 'tất cả', 'semua', 'lahat'],
      'border-control': [
        'border',
        'border control',
        'checkpoint',
        'checkpoints',
        'immigration control',
        'perbatasan',
        'sempadan',
      ],
      patrol: [
        'patrol',
        'traffic',
        'general duties',
        'public order',
        'patroli',
        'rondaan',
        'sabhara',
        'สายตรวจ',
        'จราจร',
      ],
      investigation: [
        'criminal investigation',
        'crime',
        'detective',
        'detectives',
        'cid',
        'reskrim',
        'jenayah',
        'สืบสวน',
        'สอบสวน',
      ],
      intelligence: ['intel', 'special branch', 'intelkam', 'ข่าวกรอง'],
      'women-and-children': [
        ...['women and children', 'women and child protection', 'family protection', 'wcpd', 'wcpc', 'ppa', 'unit ppa'],
        ...['anti trafficking', 'trafficking in persons', 'attip', 'ahtjpd'],
      ],
      administration: [
        'administration',
        'admin',
        'headquarters',
        'hq',
        'finance',
        'personnel',
        'human resources',
        'desk',
        'ธุรการ',
      ],
      training: ['training', 'academy', 'school', 'pendidikan', 'latihan'],
      other: ['others', 'อื่นๆ', 'อื่น ๆ', 'အခြား', 'ផ្សេងៗ', 'ອື່ນໆ', 'khác', 'lainnya', 'lain lain', 'iba pa'],
    },
  },
  ...countedFields,
}
