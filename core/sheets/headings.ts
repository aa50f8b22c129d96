/**
 * Heads of columns that say who somebody is, as forms in the nine languages of the programme write them. They are known so
 * that such a column is left in its file: no screen offers it, and no mapping may name it. Words of one script stand alone;
 * those of scripts without spaces are found within longer ones.
 */
export const whoSomebodyIs: readonly string[] = [
  // English
  ...[
    'name',
    'names',
    'surname',
    'full name',
    'nickname',
    'signature',
    'signed',
    'phone',
    'mobile',
    'telephone',
    'tel',
  ],
  ...[
    'contact',
    'email',
    'e mail',
    'mail',
    'line id',
    'address',
    'passport',
    'id card',
    'id no',
    'id number',
    'national id',
  ],
  ...[
    'badge',
    'staff no',
    'staff number',
    'staff id',
    'employee no',
    'employee number',
    'employee id',
    'service number',
  ],
  ...['officer no', 'officer number', 'date of birth', 'birth date', 'dob', 'birthday', 'photo'],
  // Thai
  ...['ชื่อ', 'สกุล', 'ลายเซ็น', 'ลายมือชื่อ', 'โทร', 'มือถือ', 'อีเมล', 'ที่อยู่', 'บัตรประชาชน', 'เลขบัตร', 'วันเกิด', 'เลขประจำตัว'],
  // Burmese
  ...['အမည်', 'နာမည်', 'လက်မှတ်', 'ဖုန်း', 'အီးမေးလ်', 'လိပ်စာ', 'မှတ်ပုံတင်', 'မွေးသက္ကရာဇ်', 'ကိုယ်ပိုင်အမှတ်'],
  // Khmer
  ...['ឈ្មោះ', 'នាម', 'ហត្ថលេខា', 'ទូរស័ព្ទ', 'អ៊ីមែល', 'អាសយដ្ឋាន', 'អត្តសញ្ញាណ', 'ថ្ងៃខែឆ្នាំកំណើត'],
  // Lao
  ...['ຊື່', 'ນາມສະກຸນ', 'ລາຍເຊັນ', 'ໂທລະສັບ', 'ອີເມວ', 'ທີ່ຢູ່', 'ບັດປະຈຳຕົວ', 'ວັນເດືອນປີເກີດ'],
  // Vietnamese
  ...[
    'họ tên',
    'họ và tên',
    'tên',
    'chữ ký',
    'ký tên',
    'điện thoại',
    'số điện thoại',
    'địa chỉ',
    'cccd',
    'cmnd',
    'ngày sinh',
    'số hiệu',
  ],
  // Indonesian and Malay
  ...[
    'nama',
    'tanda tangan',
    'tandatangan',
    'telepon',
    'telefon',
    'no hp',
    'hp',
    'alamat',
    'ktp',
    'nik',
    'nip',
    'nrp',
    'tanggal lahir',
  ],
  ...['tarikh lahir', 'no kp', 'kad pengenalan', 'emel'],
  // Filipino
  ...['pangalan', 'apelyido', 'lagda', 'tirahan', 'kaarawan', 'petsa ng kapanganakan'],
  // Portuguese and Tetum, Chinese
  ...[
    'nome',
    'naran',
    'assinatura',
    'asinatura',
    'telefone',
    'endereço',
    'enderesu',
    'data de nascimento',
    '姓名',
    '名字',
    '电话',
    '签名',
    '地址',
  ],
]
