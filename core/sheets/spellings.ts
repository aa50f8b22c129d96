import type { Agency } from '../shared/agencies.ts'
import type { Sex } from '../shared/people.ts'
import type { Country } from '../shared/places.ts'

/**
 * How forms of the region head the columns that several rooms ask for, and the words that stand for their codes, in the nine
 * languages. They are suggestions that a person sees and changes; where a word stands for two things in two languages, she
 * says which.
 */
type Headings = readonly string[]
type Words<Code extends string> = Readonly<Partial<Record<Code, readonly string[]>>>

export const sexHeadings: Headings = [
  ...['sex', 'gender', 'm f', 'f m', 'เพศ', 'ကျား မ', 'လိင်', 'ភេទ', 'ເພດ', 'giới tính', 'giới', 'nam nữ'],
  ...['jenis kelamin', 'kelamin', 'jk', 'l p', 'p l', 'jantina', 'kasarian', 'sexo', 'seksu', '性别'],
]

export const sexWords: Words<Sex> = {
  female: [
    ...[
      'f',
      'w',
      'fem',
      'woman',
      'women',
      'girl',
      'lady',
      'หญิง',
      'ญ',
      'ผู้หญิง',
      'မ',
      'အမျိုးသမီး',
      'မိန်းမ',
      'ស្រី',
      'ស',
      'ញ',
      'នារី',
    ],
    ...['ຍິງ', 'ຍ', 'nữ', 'nu', 'perempuan', 'wanita', 'p', 'pr', 'babae', 'feto', 'feminino', 'mulher', '女'],
  ],
  male: [
    ...['m', 'man', 'men', 'boy', 'ชาย', 'ช', 'ผู้ชาย', 'ကျား', 'အမျိုးသား', 'ယောက်ျား', 'ប្រុស', 'ប', 'ຊາຍ', 'ຊ', 'nam'],
    ...['laki laki', 'laki', 'lelaki', 'pria', 'l', 'lk', 'lalaki', 'lalake', 'mane', 'masculino', 'homem', '男'],
  ],
  another: ['x', 'other', 'non binary', 'nonbinary', 'third gender'],
  unknown: ['not stated', 'not said', 'n a'],
}

export const agencyHeadings: Headings = [
  ...['agency', 'agency name', 'name of agency', 'agencies', 'institution', 'organisation', 'organization', 'office'],
  ...[
    'department',
    'unit',
    'service',
    'force',
    'หน่วยงาน',
    'ชื่อหน่วยงาน',
    'สังกัด',
    'หน่วย',
    'ဌာန',
    'အဖွဲ့အစည်း',
    'ស្ថាប័ន',
    'អង្គភាព',
  ],
  ...[
    'ໜ່ວຍງານ',
    'ພາກສ່ວນ',
    'cơ quan',
    'tên cơ quan',
    'đơn vị',
    'tên đơn vị',
    'instansi',
    'nama instansi',
    'lembaga',
    'satuan',
  ],
  ...[
    'kesatuan',
    'agensi',
    'nama agensi',
    'jabatan',
    'ahensya',
    'tanggapan',
    'instituição',
    'instituisaun',
    '机构',
    '单位',
  ],
]

export const agencyWords: Words<Agency> = {
  police: [
    ...[
      'pol',
      'national police',
      'pnp',
      'rtp',
      'polri',
      'pdrm',
      'cnp',
      'mpf',
      'ตำรวจ',
      'สตช',
      'ရဲ',
      'ရဲတပ်ဖွဲ့',
      'នគរបាល',
      'ប៉ូលិស',
    ],
    ...[
      'ຕຳຫຼວດ',
      'ຕຳຫລວດ',
      'công an',
      'cảnh sát',
      'polisi',
      'polis',
      'kepolisian',
      'pulis',
      'pulisya',
      'polícia',
      'polísia',
      '警察',
    ],
  ],
  'border-police': [
    ...[
      'border patrol police',
      'border patrol',
      'border guard',
      'border guards',
      'bpp',
      'bgp',
      'ตชด',
      'ตำรวจตระเวนชายแดน',
    ],
    ...['နယ်ခြားစောင့်ရဲ', 'នគរបាលការពារព្រំដែន', 'biên phòng', 'bộ đội biên phòng'],
  ],
  immigration: [
    ...['immigration bureau', 'bureau of immigration', 'immigration department', 'imm', 'ตม', 'สตม', 'ตรวจคนเข้าเมือง'],
    ...[
      'လဝက',
      'လူဝင်မှုကြီးကြပ်ရေး',
      'អន្តោប្រវេសន៍',
      'ກວດຄົນເຂົ້າເມືອງ',
      'xuất nhập cảnh',
      'imigrasi',
      'imigresen',
      'imigrasyon',
      'imigração',
      '移民',
    ],
  ],
  customs: [
    ...[
      'customs department',
      'bureau of customs',
      'boc',
      'ศุลกากร',
      'အကောက်ခွန်',
      'គយ',
      'ພາສີ',
      'hải quan',
      'bea cukai',
      'bea dan cukai',
    ],
    ...['kastam', 'adwana', 'alfândega', '海关'],
  ],
  maritime: [
    ...[
      'coast guard',
      'coastguard',
      'maritime police',
      'marine police',
      'pcg',
      'mmea',
      'apmm',
      'bakamla',
      'ตำรวจน้ำ',
      'cảnh sát biển',
    ],
    ...['maritim', '海警'],
  ],
  military: [
    ...[
      'army',
      'navy',
      'air force',
      'armed forces',
      'tni',
      'afp',
      'ทหาร',
      'กองทัพ',
      'တပ်မတော်',
      'កងទ័ព',
      'យោធា',
      'ທະຫານ',
      'quân đội',
      'militer',
      'tentera',
      '军队',
    ],
  ],
  other: [
    'others',
    'อื่นๆ',
    'อื่น ๆ',
    'အခြား',
    'ផ្សេងៗ',
    'ອື່ນໆ',
    'khác',
    'lainnya',
    'lain lain',
    'iba pa',
    'outros',
    'seluk',
    '其他',
  ],
}

export const dateHeadings: Headings = [
  ...[
    'date',
    'date of session',
    'date of training',
    'training date',
    'session date',
    'held on',
    'day',
    'วันที่',
    'วันที่อบรม',
  ],
  ...['ရက်စွဲ', 'နေ့စွဲ', 'កាលបរិច្ឆេទ', 'ວັນທີ', 'ngày', 'ngày tập huấn', 'tanggal', 'tarikh', 'petsa', 'data', '日期'],
]

export const countryHeadings: Headings = [
  ...[
    'country',
    'nation',
    'ประเทศ',
    'နိုင်ငံ',
    'ប្រទេស',
    'ປະເທດ',
    'quốc gia',
    'nước',
    'negara',
    'bansa',
    'país',
    'nasaun',
    '国家',
  ],
]

export const countryWords: Words<Country> = {
  BN: ['brn', 'brunei', 'brunei darussalam'],
  ID: ['idn', 'indonesia'],
  KH: ['khm', 'cambodia', 'កម្ពុជា'],
  LA: ['lao', 'laos', 'lao pdr', 'ລາວ'],
  MM: ['mmr', 'myanmar', 'မြန်မာ'],
  MY: ['mys', 'malaysia'],
  PH: ['phl', 'philippines', 'pilipinas'],
  SG: ['sgp', 'singapore'],
  TH: ['tha', 'thailand', 'ไทย', 'ประเทศไทย'],
  TL: ['tls', 'timor leste', 'timor'],
  VN: ['vnm', 'viet nam', 'vietnam', 'việt nam'],
}
