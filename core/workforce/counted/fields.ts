import type { Fields } from '../../sheets/mapping.ts'
import {
  agencyHeadings,
  agencyWords,
  countryHeadings,
  countryWords,
  dateHeadings,
  sexHeadings,
  sexWords,
} from '../../sheets/spellings.ts'

export type CountedField =
  | 'agency'
  | 'place'
  | 'rank'
  | 'women'
  | 'men'
  | 'unrecorded'
  | 'total'
  | 'sex'
  | 'officers'
  | 'on'
  | 'counted'
  | 'trust'
  | 'source'
  | 'country'

/** What a row is called that adds up others, as forms of the region have it. */
export const sumWords: ReadonlySet<string> = new Set([
  ...['total', 'totals', 'sub total', 'subtotal', 'sub-total', 'grand total', 'sum', 'all', 'all ranks', 'overall'],
  ...[
    'รวม',
    'รวมทั้งหมด',
    'รวมทั้งสิ้น',
    'ยอดรวม',
    'စုစုပေါင်း',
    'ပေါင်း',
    'សរុប',
    'ລວມ',
    'ລວມທັງໝົດ',
    'tổng',
    'tổng cộng',
    'tổng số',
  ],
  ...[
    'jumlah',
    'jumlah besar',
    'jumlah keseluruhan',
    'total keseluruhan',
    'kabuuan',
    'soma',
    'total geral',
    '合计',
    '总计',
    '小计',
  ],
])

/**
 * What every table of officers is asked: women and men in columns beside each other, or one row a sex with a number. Heads and
 * words are suggestions that a person sees and changes.
 */
export const countedFields: Fields<CountedField> = {
  agency: { required: true, headings: agencyHeadings, words: agencyWords },
  place: {
    required: true,
    headings: [
      ...[
        'place',
        'level',
        'post kind',
        'kind of post',
        'type of post',
        'post',
        'posting',
        'station',
        'location',
        'deployment',
      ],
      ...['ระดับ', 'สถานที่', 'နေရာ', 'အဆင့်', 'កម្រិត', 'ទីកន្លែង', 'ລະດັບ', 'ສະຖານທີ່', 'cấp', 'nơi', 'tingkat', 'penempatan'],
      ...['peringkat', 'tempat', 'lugar', 'antas', 'nível', '级别'],
    ],
    words: {
      national: [
        'country',
        'whole',
        'all',
        'total',
        'ทั่วประเทศ',
        'ระดับชาติ',
        'toàn quốc',
        'nasional',
        'kebangsaan',
        'pambansa',
        'nacional',
      ],
      regional: [
        ...[
          'region',
          'regions',
          'province',
          'provinces',
          'provincial',
          'district',
          'ภูมิภาค',
          'จังหวัด',
          'ខេត្ត',
          'ແຂວງ',
          'tỉnh',
        ],
        ...['provinsi', 'wilayah', 'daerah', 'negeri', 'rehiyon', 'panlalawigan'],
      ],
      'border-crossing': [
        ...[
          'border',
          'borders',
          'crossing',
          'crossings',
          'border crossings',
          'checkpoint',
          'checkpoints',
          'point of entry',
          'bcp',
        ],
        ...['border crossing point', 'ด่าน', 'ด่านชายแดน', 'ชายแดน', 'နယ်စပ်', 'ព្រំដែន', 'ຊາຍແດນ', 'cửa khẩu', 'biên giới'],
        ...['perbatasan', 'pos lintas batas', 'sempadan', 'hangganan', 'fronteira'],
      ],
    },
  },
  rank: {
    required: true,
    most: 40,
    headings: [
      ...[
        'rank',
        'rank band',
        'grade',
        'class',
        'ยศ',
        'ชั้นยศ',
        'ရာထူး',
        'ឋានន្តរស័ក្តិ',
        'ຊັ້ນ',
        'cấp bậc',
        'quân hàm',
        'pangkat',
      ],
      ...['golongan', 'ranggo', 'patente', '职级'],
    ],
    words: {
      command: [
        'commanders',
        'senior',
        'senior officer',
        'senior officers',
        'executive',
        'general',
        'colonel',
        'perwira tinggi',
      ],
      supervisory: [
        'supervisor',
        'supervisors',
        'middle',
        'officer',
        'major',
        'captain',
        'inspector',
        'perwira',
        'สัญญาบัตร',
      ],
      line: [
        'junior',
        'constable',
        'constables',
        'non commissioned',
        'nco',
        'sergeant',
        'private',
        'bintara',
        'tamtama',
        'ประทวน',
      ],
      'not-given': ['not given', 'n a', 'unknown', ...sumWords],
    },
  },
  women: {
    required: false,
    headings: [
      ...['women', 'female', 'females', 'f', 'w', 'no of women', 'number of women', 'หญิง', 'จำนวนหญิง', 'မ', 'အမျိုးသမီး'],
      ...['ស្រី', 'ຍິງ', 'nữ', 'perempuan', 'wanita', 'polwan', 'babae', 'mulheres', 'feto', '女'],
    ],
  },
  men: {
    required: false,
    headings: [
      ...[
        'men',
        'male',
        'males',
        'm',
        'no of men',
        'number of men',
        'ชาย',
        'จำนวนชาย',
        'ကျား',
        'အမျိုးသား',
        'ប្រុស',
        'ຊາຍ',
      ],
      ...['nam', 'laki laki', 'lelaki', 'pria', 'lalaki', 'homens', 'mane', '男'],
    ],
  },
  unrecorded: {
    required: false,
    headings: [
      'unrecorded',
      'not recorded',
      'sex not recorded',
      'sex not known',
      'unknown sex',
      'not stated',
      'ไม่ระบุ',
      'không rõ',
    ],
  },
  total: {
    required: false,
    headings: [
      'total',
      'sum',
      'all officers',
      'รวม',
      'စုစုပေါင်း',
      'សរុប',
      'ລວມ',
      'tổng',
      'tổng số',
      'jumlah',
      'kabuuan',
      '合计',
    ],
  },
  sex: { required: false, headings: sexHeadings, words: sexWords },
  officers: {
    required: false,
    headings: [
      ...[
        'count',
        'number',
        'headcount',
        'officers',
        'number of officers',
        'no of officers',
        'strength',
        'persons',
        'จำนวน',
      ],
      ...['အရေအတွက်', 'ចំនួន', 'ຈຳນວນ', 'số lượng', 'jumlah personel', 'bilangan', 'bilang', 'número', '人数'],
    ],
  },
  on: {
    required: false,
    dates: true,
    headings: [...dateHeadings, 'as of', 'year', 'ปี', 'ปี พ ศ', 'ณ วันที่', 'នៅថ្ងៃ', 'năm', 'tahun', 'taon', 'ano'],
  },
  counted: {
    required: true,
    headings: ['who is counted', 'counted', 'population', 'coverage', 'staff', 'status', 'category', 'kategori'],
    words: {
      sworn: ['sworn officers', 'uniformed', 'uniformed officers', 'polisi', 'commissioned and non commissioned'],
      'all-staff': ['all', 'all staff', 'staff', 'incl civilians', 'including civilians', 'everyone'],
      unknown: ['not stated', 'not known', 'n a'],
    },
  },
  trust: {
    required: true,
    headings: ['trust', 'trust grade', 'reliability', 'quality', 'grade of source', 'how known'],
    words: {
      records: ['personnel records', 'payroll', 'records', 'hr records', 'register'],
      official: ['statement', 'official statement', 'letter', 'stated', 'annual report'],
      reported: ['press', 'newspaper', 'media', 'reported by others', 'estimate'],
    },
  },
  source: {
    required: false,
    headings: [
      'source',
      'sources',
      'reference',
      'แหล่งที่มา',
      'ที่มา',
      'ប្រភព',
      'ແຫຼ່ງ',
      'nguồn',
      'sumber',
      'pinagmulan',
      'fonte',
    ],
  },
  country: { required: false, headings: countryHeadings, words: countryWords },
}
