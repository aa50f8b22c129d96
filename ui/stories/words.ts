import type { TranslatedLanguage } from '../tokens/scripts.ts'

/** Words for the stories alone, in three scripts. Persons, places of work and figures are invented. */
type Words = {
  readonly nav: readonly string[]
  readonly programme: string
  readonly device: string
  readonly place: string
  readonly title: string
  readonly under: string
  readonly left: string
  readonly late: string
  readonly today: string
  readonly health: string
  readonly sent: string
  readonly call: string
  readonly open: string
  readonly waits: string
  readonly shelter: string
  readonly appointment: string
  readonly lawyer: string
  readonly instalment: string
  readonly receipt: string
  readonly record: string
  readonly service: string
  readonly median: string
  readonly ninety: string
  readonly delivered: string
  readonly hours: string
  readonly you: string
  readonly clinic: string
  readonly morning: string
  readonly evening: string
}

export const words: Readonly<Record<TranslatedLanguage, Words>> = {
  en: {
    nav: [
      'Today',
      'Cases',
      'Referrals',
      'Find a service',
      'Court dates',
      'Livelihoods',
      'Outreach',
      'Training',
      'Results',
      'Members and keys',
    ],
    programme: 'Programme',
    device: 'Device',
    place: 'Poipet shelter, Cambodia',
    title: 'Good afternoon. Three things cannot wait.',
    under: 'Everything here is on this device; nothing needs the network.',
    left: '54 h left',
    late: '1 h late',
    today: 'Today',
    health: 'Health',
    sent: 'Needed 09:10 · sent 09:25 · not yet acknowledged',
    call: 'Open and call',
    open: 'Open',
    waits: 'A referral waits for your answer',
    shelter: 'Shelter and interpreter, Khmer. Consent covers shelter only.',
    appointment: 'Appointment tomorrow 09:00',
    lawyer: 'Lawyer confirmed. One thing asked for is not yet granted.',
    instalment: 'Second instalment, 1,200,000 KHR',
    receipt: 'Receipt of the first is in. Business open for 3 months.',
    record: 'Record',
    service: 'Time to service, last 90 days',
    median: 'median',
    ninety: 'nine in ten',
    delivered: '42 delivered, 5 still open counted in. Declined by her: 3.',
    hours: 'Safe hours to call',
    you: 'You',
    clinic: 'Poipet clinic',
    morning: 'Mornings, before 08:00',
    evening: 'Only after 19:00, let it ring twice',
  },
  th: {
    nav: [
      'วันนี้',
      'กรณี',
      'การส่งต่อ',
      'ค้นหาบริการ',
      'วันนัดศาล',
      'อาชีพ',
      'งานชุมชน',
      'การอบรม',
      'ผลการดำเนินงาน',
      'สมาชิกและกุญแจ',
    ],
    programme: 'โครงการ',
    device: 'เครื่องนี้',
    place: 'บ้านพักปอยเปต กัมพูชา',
    title: 'สวัสดีตอนบ่าย มีสามเรื่องที่รอไม่ได้',
    under: 'ทุกอย่างที่นี่อยู่ในเครื่องนี้ ไม่ต้องใช้เครือข่าย',
    left: 'เหลือ 54 ชม.',
    late: 'เลยมา 1 ชม.',
    today: 'วันนี้',
    health: 'สุขภาพ',
    sent: 'ต้องการ 09:10 · ส่ง 09:25 · ยังไม่ได้รับการตอบรับ',
    call: 'เปิดและโทร',
    open: 'เปิด',
    waits: 'มีการส่งต่อรอคำตอบของคุณ',
    shelter: 'ที่พักพิงและล่ามภาษาเขมร ความยินยอมครอบคลุมเฉพาะที่พักพิง',
    appointment: 'นัดพรุ่งนี้ 09:00',
    lawyer: 'ทนายยืนยันแล้ว มีหนึ่งเรื่องที่ขอไว้ยังไม่ได้รับ',
    instalment: 'งวดที่สอง 1,200,000 KHR',
    receipt: 'ได้รับใบเสร็จงวดแรกแล้ว เปิดกิจการมา 3 เดือน',
    record: 'บันทึก',
    service: 'เวลาจนได้รับบริการ 90 วันล่าสุด',
    median: 'ค่ามัธยฐาน',
    ninety: 'เก้าในสิบ',
    delivered: 'ได้รับบริการ 42 ราย รวมที่ยังเปิดอยู่ 5 ราย เธอไม่รับ 3 ราย',
    hours: 'ช่วงเวลาที่โทรได้อย่างปลอดภัย',
    you: 'คุณ',
    clinic: 'คลินิกปอยเปต',
    morning: 'ตอนเช้า ก่อน 08:00',
    evening: 'หลัง 19:00 เท่านั้น ให้ดังสองครั้ง',
  },
  my: {
    nav: [
      'ယနေ့',
      'အမှုတွဲများ',
      'လွှဲပြောင်းညွှန်းပို့ခြင်း',
      'ဝန်ဆောင်မှု ရှာရန်',
      'တရားရုံးချိန်းရက်များ',
      'အသက်မွေးဝမ်းကျောင်း',
      'ရပ်ရွာလုပ်ငန်း',
      'သင်တန်း',
      'ရလဒ်များ',
      'အဖွဲ့ဝင်များနှင့် သော့များ',
    ],
    programme: 'အစီအစဉ်',
    device: 'ဤစက်',
    place: 'ပွိုင်ပက် ခိုလှုံရာ၊ ကမ္ဘောဒီးယား',
    title: 'မင်္ဂလာပါ။ စောင့်၍မရသော ကိစ္စ သုံးခု ရှိပါသည်။',
    under: 'ဤနေရာရှိ အရာအားလုံးသည် ဤစက်ပေါ်တွင် ရှိပြီး ကွန်ရက် မလိုပါ။',
    left: '၅၄ နာရီ ကျန်',
    late: '၁ နာရီ နောက်ကျ',
    today: 'ယနေ့',
    health: 'ကျန်းမာရေး',
    sent: '၀၉:၁၀ တွင် လိုအပ် · ၀၉:၂၅ တွင် ပို့ပြီး · လက်ခံကြောင်း မပြန်သေး',
    call: 'ဖွင့်ပြီး ခေါ်ဆိုရန်',
    open: 'ဖွင့်ရန်',
    waits: 'လွှဲပြောင်းညွှန်းပို့မှုတစ်ခုက သင့်အဖြေကို စောင့်နေသည်',
    shelter: 'ခိုလှုံရာနှင့် ခမာစကားပြန်။ သဘောတူညီချက်သည် ခိုလှုံရာအတွက်သာ ဖြစ်သည်။',
    appointment: 'မနက်ဖြန် ၀၉:၀၀ ချိန်းဆိုမှု',
    lawyer: 'ရှေ့နေ အတည်ပြုပြီး။ တောင်းဆိုထားသည့် တစ်ခု မရသေးပါ။',
    instalment: 'ဒုတိယအရစ် ၁,၂၀၀,၀၀၀ KHR',
    receipt: 'ပထမအရစ် ပြေစာ ရပြီး။ လုပ်ငန်းဖွင့်ထားသည်မှာ ၃ လ ရှိပြီ။',
    record: 'မှတ်တမ်းတင်ရန်',
    service: 'ဝန်ဆောင်မှုရသည်အထိ အချိန်၊ ပြီးခဲ့သော ရက် ၉၀',
    median: 'အလယ်ကိန်း',
    ninety: 'ဆယ်ယောက်တွင် ကိုးယောက်',
    delivered: '၄၂ ဦး ရရှိပြီး၊ ဖွင့်ထားဆဲ ၅ ဦး ထည့်တွက်ထားသည်။ သူမ ငြင်းဆိုသည် ၃ ဦး။',
    hours: 'ဖုန်းခေါ်ရန် ဘေးကင်းသော အချိန်',
    you: 'သင်',
    clinic: 'ပွိုင်ပက် ဆေးခန်း',
    morning: 'မနက်ပိုင်း ၀၈:၀၀ မတိုင်မီ',
    evening: '၁၉:၀၀ နောက်ပိုင်းသာ၊ နှစ်ချက် မြည်ပါစေ',
  },
}
