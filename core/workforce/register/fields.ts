import type { Fields } from '../../sheets/mapping.ts'
import { sexHeadings, sexWords } from '../../sheets/spellings.ts'

/**
 * What an agency's own lists of posts and officers are asked, with the heads of columns and the words that such lists use. They are
 * suggestions that a person sees and changes. All of it is sealed on the importing device but the sex, the post and the certificates'
 * months, so that columns of names and numbers may be read here.
 */
export type PostColumn =
  | 'code'
  | 'name'
  | 'crossing'
  | 'latitude'
  | 'longitude'
  | 'hours'
  | 'flow'
  | 'risk'
  | 'toilets'
  | 'lodging'
  | 'changingRoom'
  | 'childCare'
  | 'vacancies'
  | 'mustBeCovered'
  | 'neighbours'

const yes = [
  'y',
  'yes',
  'true',
  '1',
  'have',
  'there',
  'มี',
  'ใช่',
  'ရှိ',
  'ဟုတ်',
  'មាន',
  'ມີ',
  'có',
  'ada',
  'ya',
  'oo',
  'meron',
]
const no = [
  'n',
  'no',
  'none',
  'false',
  '0',
  'ไม่มี',
  'ไม่',
  'မရှိ',
  'မဟုတ်',
  'គ្មាន',
  'ບໍ່ມີ',
  'không',
  'tidak',
  'tidak ada',
  'tiada',
  'wala',
]
const whether = { yes, no, unknown: ['?', 'unknown', 'not known', 'n a', 'ไม่ทราบ', 'မသိ', 'មិនដឹង', 'ບໍ່ຮູ້', 'không rõ'] }

export const postColumns: Fields<PostColumn> = {
  code: {
    required: false,
    sealed: true,
    headings: [
      'code',
      'post code',
      'post no',
      'post id',
      'รหัสด่าน',
      'หมายเลขด่าน',
      'ဂိတ်ကုဒ်',
      'စခန်းကုဒ်',
      'စခန်းနံပါတ်',
      'kode pos',
    ],
  },
  name: {
    required: true,
    sealed: true,
    headings: [
      ...['post', 'post name', 'name of post', 'name', 'crossing', 'crossing name', 'checkpoint', 'border post', 'ด่าน'],
      ...[
        'ชื่อด่าน',
        'ဂိတ်',
        'ဂိတ်အမည်',
        'စခန်း',
        'စခန်းအမည်',
        'ច្រក',
        'ດ່ານ',
        'cửa khẩu',
        'tên cửa khẩu',
        'pos',
        'nama pos',
        'pos lintas batas',
      ],
    ],
  },
  crossing: {
    required: false,
    headings: [
      'kind',
      'type',
      'kind of crossing',
      'type of crossing',
      'ประเภท',
      'အမျိုးအစား',
      'ប្រភេទ',
      'ປະເພດ',
      'loại',
      'jenis',
    ],
    words: {
      road: ['land', 'land road', 'land crossing', 'ถนน', 'ทางบก', 'ကုန်းလမ်း', 'ផ្លូវ', 'đường bộ', 'darat'],
      bridge: ['river bridge', 'friendship bridge', 'สะพาน', 'တံတား', 'ស្ពាន', 'ຂົວ', 'cầu', 'jembatan', 'jambatan'],
      'river-landing': ['river', 'ferry', 'landing', 'pier', 'ท่าเรือแม่น้ำ', 'ဆိပ်ကမ်း', 'កំពង់', 'ທ່າເຮືອ', 'bến', 'sungai'],
      'sea-port': ['port', 'seaport', 'harbour', 'harbor', 'ท่าเรือ', 'ပင်လယ်ဆိပ်ကမ်း', 'កំពង់ផែ', 'cảng', 'pelabuhan'],
      airport: [
        'air',
        'airfield',
        'สนามบิน',
        'လေဆိပ်',
        'ព្រលានយន្តហោះ',
        'ສະໜາມບິນ',
        'sân bay',
        'bandara',
        'lapangan terbang',
      ],
      railway: ['rail', 'train', 'station', 'รถไฟ', 'ရထား', 'រថភ្លើង', 'ga', 'kereta api'],
      other: ['others', 'อื่นๆ', 'အခြား', 'ផ្សេង', 'khác', 'lain'],
    },
  },
  latitude: { required: false, sealed: true, headings: ['latitude', 'lat', 'ละติจูด', 'လတ္တီတွဒ်', 'vĩ độ', 'lintang'] },
  longitude: {
    required: false,
    sealed: true,
    headings: ['longitude', 'long', 'lon', 'lng', 'ลองจิจูด', 'လောင်ဂျီတွဒ်', 'kinh độ', 'bujur'],
  },
  hours: {
    required: true,
    sealed: true,
    headings: [
      'hours',
      'opening hours',
      'open',
      'opening',
      'shifts',
      'เวลาเปิด',
      'เวลา',
      'ဖွင့်ချိန်',
      'ម៉ោង',
      'ເວລາ',
      'giờ mở cửa',
      'jam buka',
      'jam',
    ],
  },
  flow: {
    required: false,
    sealed: true,
    headings: [
      'daily flow',
      'flow',
      'travellers a day',
      'travellers',
      'travelers',
      'persons per day',
      'ผู้เดินทางต่อวัน',
      'တစ်နေ့ခရီးသည်',
      'lượt khách',
      'arus',
    ],
  },
  risk: {
    required: false,
    headings: ['risk', 'risk grade', 'risk level', 'ความเสี่ยง', 'အန္တရာယ်', 'ហានិភ័យ', 'ຄວາມສ່ຽງ', 'rủi ro', 'risiko'],
    words: {
      low: ['l', '1', 'ต่ำ', 'နိမ့်', 'ទាប', 'ຕໍ່າ', 'thấp', 'rendah'],
      medium: ['m', '2', 'mid', 'ปานกลาง', 'အလတ်', 'មធ្យម', 'ປານກາງ', 'trung bình', 'sedang', 'sederhana'],
      high: ['h', '3', 'สูง', 'မြင့်', 'ខ្ពស់', 'ສູງ', 'cao', 'tinggi'],
    },
  },
  toilets: {
    required: false,
    headings: [
      'separate toilets',
      'toilets',
      'women s toilets',
      'toilet',
      'ห้องน้ำหญิง',
      'အိမ်သာ',
      'បង្គន់',
      'ຫ້ອງນ້ຳ',
      'nhà vệ sinh',
      'toilet wanita',
    ],
    words: whether,
  },
  lodging: {
    required: false,
    headings: ['safe lodging', 'lodging', 'housing', 'ที่พัก', 'နေရာထိုင်ခင်း', 'កន្លែងស្នាក់នៅ', 'ທີ່ພັກ', 'chỗ ở', 'penginapan'],
    words: whether,
  },
  changingRoom: {
    required: false,
    headings: ['changing room', 'ห้องเปลี่ยนเสื้อผ้า', 'အဝတ်လဲခန်း', 'phòng thay đồ', 'ruang ganti'],
    words: whether,
  },
  childCare: {
    required: false,
    headings: ['child care', 'childcare', 'nursery', 'สถานรับเลี้ยงเด็ก', 'ကလေးထိန်း', 'nhà trẻ', 'penitipan anak'],
    words: whether,
  },
  vacancies: {
    required: false,
    sealed: true,
    headings: ['vacancies', 'open places', 'vacant', 'อัตราว่าง', 'လစ်လပ်', 'vị trí trống', 'lowongan', 'kekosongan'],
  },
  mustBeCovered: {
    required: false,
    headings: [
      ...[
        'must be covered',
        'must cover',
        'always covered',
        'ต้องครอบคลุม',
        'ต้องมีเวรเสมอ',
        'မဖြစ်မနေ',
        'phải luôn có người',
        'wajib dijaga',
      ],
    ],
    words: { yes, no },
  },
  neighbours: {
    required: false,
    sealed: true,
    headings: ['neighbours', 'neighbors', 'travel minutes', 'minutes to', 'ด่านใกล้เคียง', 'အနီးဂိတ်'],
  },
}

/** What heads of a first day say, in the nine languages: a certificate is issued, or valid from. */
const firstDay = [
  ...[
    'issued',
    'issue',
    'from',
    'begin',
    'begins',
    'beginning',
    'start',
    'starts',
    'since',
    'awarded',
    'granted',
    'given',
    'obtained',
    'completed',
    'passed',
  ],
  ...[
    'ออก',
    'ตั้งแต่',
    'เริ่ม',
    'ထုတ်',
    'စတင်',
    'ចេញ',
    'ចាប់ពី',
    'ចាប់ផ្តើម',
    'ອອກ',
    'ເລີ່ມ',
    'ngày cấp',
    'cấp ngày',
    'từ',
    'bắt đầu',
  ],
  ...[
    'terbit',
    'diterbitkan',
    'dikeluarkan',
    'mulai',
    'mula',
    'dari',
    'sejak',
    'simula',
    'mula sa',
    'emissão',
    'emitido',
  ],
  ...['desde', 'início', 'hahú', '签发', '发证', '起始'],
]

/** Numbers that are no officer's. */
const telephone = [
  ...['phone', 'telephone', 'tel', 'mobile', 'fax', 'hp', 'โทร', 'มือถือ', 'ဖုန်း', 'ទូរស័ព្ទ', 'ໂທລະສັບ', 'điện thoại'],
  ...['telepon', 'telefon', 'telepono', 'telefone', '电话'],
]

export type OfficerColumn =
  | 'number'
  | 'name'
  | 'sex'
  | 'post'
  | 'rank'
  | 'home'
  | 'languages'
  | 'see'
  | 'meet'
  | 'carryThrough'
  | 'nights'
  | 'reach'
  | 'postedOn'
  | 'daysWished'

export const officerColumns: Fields<OfficerColumn> = {
  number: {
    required: true,
    sealed: true,
    headings: [
      ...[
        'service number',
        'service no',
        'number',
        'no',
        'badge',
        'badge no',
        'staff no',
        'staff number',
        'staff id',
        'officer no',
      ],
      ...[
        'officer number',
        'officer id',
        'employee no',
        'pseudonym',
        'เลขประจำตัว',
        'หมายเลข',
        'หมายเลขประจำตัว',
        'ကိုယ်ပိုင်အမှတ်',
        'အမှတ်',
        'နံပါတ်',
        'ဝန်ထမ်းနံပါတ်',
        'អត្តលេខ',
        'ເລກປະຈຳຕົວ',
        'số hiệu',
        'nrp',
        'nip',
      ],
    ],
    never: telephone,
  },
  name: {
    required: false,
    sealed: true,
    headings: ['name', 'full name', 'officer', 'ชื่อ', 'အမည်', 'ឈ្មោះ', 'ຊື່', 'họ tên', 'họ và tên', 'nama'],
  },
  sex: {
    required: true,
    headings: sexHeadings,
    words: { ...sexWords },
  },
  post: {
    required: true,
    sealed: true,
    headings: [
      'post',
      'post code',
      'posted at',
      'border post',
      'station',
      'unit',
      'checkpoint',
      'ด่าน',
      'สังกัดด่าน',
      'หมายเลขด่าน',
      'ဂိတ်',
      'စခန်း',
      'စခန်းနံပါတ်',
      'ច្រក',
      'ດ່ານ',
      'cửa khẩu',
      'pos',
    ],
  },
  rank: {
    required: false,
    sealed: true,
    headings: ['rank', 'grade', 'ยศ', 'ရာထူး', 'ឋានន្តរស័ក្តិ', 'ຊັ້ນ', 'cấp bậc', 'pangkat', 'ranggo'],
  },
  home: {
    required: false,
    sealed: true,
    headings: [
      'home',
      'home area',
      'home district',
      'home town',
      'residence',
      'ภูมิลำเนา',
      'နေရပ်',
      'ស្រុកកំណើត',
      'ບ້ານເກີດ',
      'quê quán',
      'asal',
      'domisili',
    ],
  },
  languages: {
    required: false,
    sealed: true,
    headings: ['languages', 'language', 'speaks', 'ภาษา', 'ဘာသာစကား', 'ភាសា', 'ພາສາ', 'ngôn ngữ', 'bahasa', 'wika'],
  },
  see: {
    required: false,
    sealed: true,
    dates: true,
    headings: [
      'see until',
      'see valid until',
      'see expires',
      'see expiry',
      'module 1 until',
      'module 1',
      'certificate see',
    ],
    whole: ['see'],
    never: firstDay,
  },
  meet: {
    required: false,
    sealed: true,
    dates: true,
    headings: [
      'meet until',
      'meet valid until',
      'meet expires',
      'meet expiry',
      'module 2 until',
      'module 2',
      'certificate meet',
    ],
    whole: ['meet'],
    never: firstDay,
  },
  carryThrough: {
    required: false,
    sealed: true,
    dates: true,
    headings: ['carry through', 'carry through until', 'module 3 until', 'module 3', 'certificate carry through'],
    never: firstDay,
  },
  nights: {
    required: false,
    headings: ['volunteers for nights', 'night volunteer', 'nights', 'อาสาเวรกลางคืน', 'ညတာဝန်စေတနာ'],
    words: { yes, 'not-said': [...no, 'not said'] },
  },
  reach: {
    required: false,
    sealed: true,
    headings: ['on call', 'on call minutes', 'on call reach', 'minutes on call', 'เวลาตามตัว', 'ခေါ်ဆိုနိုင်ချိန်'],
  },
  postedOn: {
    required: false,
    sealed: true,
    dates: true,
    headings: ['posted on', 'at post since', 'since', 'posted since', 'ประจำด่านตั้งแต่', 'တာဝန်ကျသည့်နေ့'],
  },
  daysWished: {
    required: false,
    sealed: true,
    dates: true,
    headings: [
      ...['days off wished', 'wished days off', 'day off wishes', 'wishes', 'days off asked for'],
      ...['วันหยุดที่ขอ', 'နားလိုသောရက်', 'ថ្ងៃសម្រាកដែលចង់បាន', 'ມື້ພັກທີ່ຕ້ອງການ', 'ngày nghỉ mong muốn', 'hari libur diminta'],
    ],
  },
}
