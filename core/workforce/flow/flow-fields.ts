import type { Fields } from '../../sheets/mapping.ts'
import { type CountedField, countedFields } from '../counted/fields.ts'

export type FlowField = CountedField | 'happening' | 'to'

/**
 * What a table of flows is asked: one row for what happened, to which rank, in which period. `happening` and `to` stand before `rank`,
 * whose heads they are among.
 */
export const flowFields: Fields<FlowField> = {
  happening: {
    required: true,
    most: 40,
    headings: [
      ...['what happened', 'happening', 'flow', 'movement', 'kind of movement', 'type of movement', 'event', 'change'],
      ...[
        'การเคลื่อนไหว',
        'ประเภทการเปลี่ยนแปลง',
        'ဖြစ်ရပ်',
        'ចលនា',
        'ການເຄື່ອນໄຫວ',
        'biến động',
        'mutasi',
        'pergerakan',
        'galaw',
      ],
      ...['movimento', '变动'],
    ],
    words: {
      recruited: [
        ...[
          'recruit',
          'recruits',
          'recruitment',
          'hired',
          'hires',
          'joined',
          'joiners',
          'intake',
          'appointed',
          'came',
          'new',
        ],
        ...[
          'รับเข้า',
          'บรรจุ',
          'ခန့်အပ်',
          'ជ្រើសរើស',
          'ຮັບເຂົ້າ',
          'tuyển dụng',
          'tuyển mới',
          'rekrut',
          'rekrutmen',
          'penerimaan',
        ],
        ...['pengambilan', 'natanggap', 'recrutamento'],
      ],
      promoted: [
        ...['promotion', 'promotions', 'advanced', 'rose', 'เลื่อนยศ', 'เลื่อนตำแหน่ง', 'ရာထူးတိုး', 'ឡើងឋានន្តរស័ក្តិ', 'ເລື່ອນຊັ້ນ'],
        ...['thăng cấp', 'thăng hàm', 'promosi', 'kenaikan pangkat', 'naik pangkat', 'promosyon', 'promoção'],
      ],
      left: [
        ...['exit', 'exits', 'leaver', 'leavers', 'departed', 'departures', 'resigned', 'resignation', 'retired'],
        ...[
          'retirement',
          'dismissed',
          'died',
          'separation',
          'ลาออก',
          'เกษียณ',
          'ออก',
          'နုတ်ထွက်',
          'အငြိမ်းစား',
          'លាឈប់',
          'ចូលនិវត្តន៍',
        ],
        ...[
          'ລາອອກ',
          'thôi việc',
          'nghỉ hưu',
          'keluar',
          'berhenti',
          'pensiun',
          'bersara',
          'umalis',
          'nagretiro',
          'saída',
        ],
      ],
    },
  },
  to: {
    required: false,
    most: 40,
    headings: ['to rank', 'promoted to', 'into rank', 'new rank', 'rank after', 'ยศใหม่', 'cấp bậc mới', 'pangkat baru'],
    // As it can be promoted to: one whose rank is not given was promoted to none that is known.
    words: {
      command: countedFields.rank.words?.command ?? [],
      supervisory: countedFields.rank.words?.supervisory ?? [],
    },
  },
  ...countedFields,
  on: {
    required: false,
    dates: true,
    headings: [
      'period',
      'month',
      'quarter',
      'ช่วงเวลา',
      'เดือน',
      'ไตรมาส',
      'kỳ',
      'periode',
      'tempoh',
      ...countedFields.on.headings,
    ],
  },
}
