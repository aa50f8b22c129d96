/** A column of a file, by what stands in it: every value that is not absent, and in how many rows. */
export type ColumnOfValues = {
  readonly head: string
  readonly values: readonly { readonly value: string; readonly rows: number; readonly persons?: number }[]
  /** Rows of the file. */
  readonly rows: number
}

/**
 * Whether a column holds names of persons, whatever it is called: told by what stands in it, since whoever heads a column of first names
 * `survivor` means no harm. Names are one to four words of letters, each with a capital in scripts that have them; there are many of them,
 * and few rows share one. Countries are told by their names, and what else is called so (places, agencies, languages) by its
 * heading: a heading that says what the column holds is what is asked for where this refuses too much.
 *
 * Where rows are counts, `persons` is the most that any row of a value counts: of one person one or two.
 */
export function holdsNames({ head, values, rows }: ColumnOfValues): boolean {
  if (values.length < fewestNames || says(head, ofOther)) return false
  const isOfPersons = says(head, ofPersons)
  const texts = values.map(({ value }) => value)
  const named = texts.filter((text) => isLikeName(text, isOfPersons && texts.length >= manyLowered))
  if (named.length < (isOfPersons ? 0.8 : 0.9) * texts.length) return false
  if (texts.filter(isCountry).length >= texts.length / 2) return false
  const counted = values.flatMap(({ persons }) => (persons === undefined ? [] : [persons]))
  if (counted.length > 0) {
    // A cell of a table counts many; one that stands for a person counts her.
    // The largest may be what stands for all of them.
    const parts = counted.toSorted((a, b) => a - b).slice(0, -1)
    return (
      parts.filter((persons) => persons <= 2).length >= 0.8 * parts.length &&
      (isOfPersons || values.length >= fewestUnsaid)
    )
  }
  return isOfPersons
    ? values.length >= fewestSaid && rows <= 100 * values.length
    : values.length >= fewestInRecords && rows <= 5 * values.length
}

/** Whether e-mail addresses stand in a column: nobody's kinds of something are called so, whatever the heading says. */
export const holdsAddresses = ({ values }: Pick<ColumnOfValues, 'values'>): boolean =>
  values.some(({ value }) => eMail.test(value))

/**
 * Of records: whether a column may hold names of persons, or their telephone numbers, where `holdsNames` is not sure of it. Names that stand in many rows
 * (a recruiter's, a worker's, hers at every visit) look like provinces or agencies do: told by several words with a capital each, or by many values, under a heading
 * that says nothing else. Whoever knows the file is asked, so that this may be wrong where `holdsNames` may not.
 */
export function mayHoldNames({ head, values }: Pick<ColumnOfValues, 'head' | 'values'>): boolean {
  if (values.length < fewestNames || says(head, ofOther)) return false
  const texts = values.map(({ value }) => value)
  const share = (is: (text: string) => boolean): number => texts.filter(is).length / texts.length
  if (share(isTelephone) >= 0.5) return true
  if (share(isCountry) >= 0.5) return false
  const isSaid = says(head, ofPersons) || says(head, ofNames)
  const several = texts.filter((text) => hasSeveral(text) && mayBeName(text) && !isCountry(text)).length
  if (several >= fewestNames && (several >= 0.5 * texts.length || several >= manyAmongOthers)) return true
  return texts.length >= (isSaid ? fewestSaid : fewestInRecords) && share(mayBeName) >= 0.8
}

const eMail = /[^\s@]+@[^\s@]+\.\p{L}{2,}/u
const isDay = /^\d{1,4}[-/. ]\d{1,2}[-/. ]\d{1,4}$/
/** Internationally, or with the nought by which a call begins within a country (ITU-T E.123). */
const isTelephone = (text: string): boolean => {
  const digits = text.replaceAll(/[\s()./-]/g, '')
  return !isDay.test(text) && /^(\+\d{8,15}|0\d{8,11})$/.test(digits)
}

const hasSeveral = (text: string): boolean => /\S[\s,]+\S/.test(text)

/** Also written as registers do: SURNAME, Given. */
function mayBeName(text: string): boolean {
  const words = text.replaceAll(',', ' ').trim().split(/\s+/)
  if (words.some((each) => ofThings.alone.has(plain(each)))) return false
  if (ofThings.within.some((each) => text.includes(each)) || ofThings.last.some((each) => text.endsWith(each)))
    return false
  const capital = (each: string): string =>
    words.length > 1 && each.length > 1 && each === each.toUpperCase() && hasCase.test(each)
      ? `${each.slice(0, 1)}${each.slice(1).toLowerCase()}`
      : each
  return isLikeName(words.map(capital).join(' '), false)
}

const fewestNames = 3
/** Of rows that are counts, under a heading that says nothing of persons. */
const fewestUnsaid = 5
/** Of records: under a heading of persons there may be kinds of persons, but not so many. */
const fewestSaid = 10
const fewestInRecords = 15
/** Of records: so many of several words are asked about though most of the column is something else. */
const manyAmongOthers = 20
/** So many words without a capital are names too, under a heading of persons. */
const manyLowered = 30

/** Letters with their marks, and what stands inside a name. */
const word = /^\p{L}[\p{L}\p{M}'’.-]*$/u
const initial = /^\p{Lu}\.?$/u
const hasCase = /[\p{Lu}\p{Ll}]/u
const particles: ReadonlySet<string> = new Set(['bin', 'binti', 'binte', 'bt', 'al', 'de', 'da', 'dos', 'del', 'y'])

function isLikeName(text: string, mayBeLowered: boolean): boolean {
  const words = text.normalize('NFC').trim().split(/\s+/)
  // Burmese writes a space between syllables.
  if (words.length > 6 || text.length > 60) return false
  return words.every((each, at) => {
    if (!word.test(each)) return false
    if (!hasCase.test(each)) return true
    if (initial.test(each)) return words.length > 1
    if (at > 0 && particles.has(each.toLowerCase())) return true
    const [first = '', ...others] = each
    const isOfSmall = others.join('') !== others.join('').toUpperCase()
    return isOfSmall && (mayBeLowered || first !== first.toLowerCase())
  })
}

// ---------------------------------------------------------------- countries

/** As CLDR calls them in the nine languages, by which files write them. */
const languages = ['en', 'id', 'ms', 'fil', 'km', 'lo', 'my', 'th', 'vi'] as const
const plain = (text: string): string => text.normalize('NFKC').trim().toLowerCase()
const letters = Array.from({ length: 26 }, (_, at) => String.fromCharCode(65 + at))

const countries: ReadonlySet<string> = new Set(
  languages.flatMap((language) => {
    const names = new Intl.DisplayNames(language, { type: 'region', fallback: 'none' })
    return letters.flatMap((a) =>
      letters.flatMap((b) => {
        const name = names.of(`${a}${b}`)
        return name === undefined ? [] : [plain(name), plain(name.replace(/ \(.*\)$/, ''))]
      }),
    )
  }),
)
const isCountry = (text: string): boolean => countries.has(plain(text))

// ---------------------------------------------------------------- headings

/** Words of one script stand alone; those of scripts without spaces are found within longer ones. */
function says(
  head: string,
  words: { readonly alone: ReadonlySet<string>; readonly within: readonly string[] },
): boolean {
  const text = plain(head.replaceAll(/(\p{Ll})(\p{Lu})/gu, '$1 $2'))
  return (
    text.split(/[^\p{L}\p{M}]+/u).some((each) => words.alone.has(each)) ||
    words.within.some((each) => text.includes(each))
  )
}

const listed = (text: string): readonly string[] => text.trim().split(/\s+/)

/** Headings of columns whose values are called like persons and are none. */
const ofOther = {
  alone: new Set([
    ...listed(`country countries nation nationality citizenship place places location locality province provinces state district
      districts township city town village commune ward municipality region regions subregion area island port border crossing
      checkpoint route origin destination agency agencies organisation organization ngo provider partner office station ministry department
      unit shelter school hospital court industry sector occupation job profession form forms type kind category language religion
      ethnicity ethnic tribe exploitation means control crime education status relation relationship reason outcome need needs source indicator service services offence law month`),
    // Indonesian and Malay
    ...listed(`negara provinsi kabupaten kecamatan kota desa kelurahan daerah negeri wilayah kampung tempat lokasi kewarganegaraan
      warganegara lembaga organisasi instansi agensi bahasa agama suku etnis etnik pekerjaan jenis bentuk`),
    // Filipino
    ...listed(`bansa lalawigan probinsya lungsod bayan barangay munisipyo rehiyon lugar ahensya organisasyon wika relihiyon trabaho
      uri nasyonalidad`),
    // Vietnamese
    ...listed('nước tỉnh huyện xã phường quận vùng nghề loại'),
  ]),
  within: [
    'quốc gia',
    'quốc tịch',
    'thành phố',
    'địa phương',
    'cơ quan',
    'tổ chức',
    'ngôn ngữ',
    'tôn giáo',
    'dân tộc',
    // Thai
    ...listed('ประเทศ จังหวัด อำเภอ ตำบล หมู่บ้าน เมือง ภูมิภาค พื้นที่ สถานที่ หน่วยงาน องค์กร สัญชาติ ภาษา ศาสนา อาชีพ ประเภท รูปแบบ'),
    // Burmese
    ...listed('နိုင်ငံ ပြည်နယ် တိုင်း ခရိုင် မြို့ ရွာ ရပ်ကွက် ဒေသ နေရာ အဖွဲ့အစည်း ဌာန လူမျိုး ဘာသာ အလုပ် အမျိုးအစား'),
    // Khmer
    ...listed('ប្រទេស ខេត្ត ស្រុក ឃុំ សង្កាត់ ភូមិ ក្រុង តំបន់ ទីកន្លែង ភ្នាក់ងារ អង្គការ សញ្ជាតិ ភាសា សាសនា មុខរបរ ប្រភេទ ទម្រង់'),
    // Lao
    ...listed('ປະເທດ ແຂວງ ເມືອງ ບ້ານ ພາກພື້ນ ເຂດ ສະຖານທີ່ ອົງການ ໜ່ວຍງານ ສັນຊາດ ພາສາ ສາສະໜາ ອາຊີບ ປະເພດ ຮູບແບບ'),
  ],
}

/** Headings that say that there are names, and not of what, or under which persons and firms stand alike. */
const ofNames = {
  alone: new Set(listed('name names nama pangalan nome naran employer broker sponsor majikan')),
  within: listed('tên ชื่อ အမည် နာမည် ឈ្មោះ ຊື່'),
}

/** Words that are part of no person's name and stand in many a name of a kind. */
const ofThings = {
  alone: new Set(
    listed(`forced forms form other others unknown not none no and or of for the in by with without exploitation labour labor work
    worker workers sexual sex marriage begging servitude domestic slavery trafficking organ removal criminal activity fraud
    service services support training health medical legal school hospital shelter police office ministry department agency
    organisation organization foundation centre center association network committee commission border guard court embassy
    force authority bureau unit general national international royal immigration social public private province district
    state city region north south east west northern southern eastern western central family friend partner relative
    employer adult child children girl girls boy boys woman women man men female male persons person victims victim`),
  ),
  within: [
    // Thai, Burmese, Khmer and Lao write no space between words.
    ...listed('การ ความ ที่ ของ ไม่ งาน ผู้ คน และ หรือ'),
    ...listed('ခြင်း များ သည် မှု နှင့် မရှိ'),
    ...listed('ការ នៃ និង មិន កម្ម អ្នក ផ្សេង'),
    ...listed('ການ ຄວາມ ຂອງ ທີ່ ບໍ່ ແຮງງານ ຜູ້ ແລະ ຄົນ'),
  ],
  // Burmese, of what is to be done and of who does it.
  last: listed('ရန် သူ'),
}

/** Headings under which there is a person, her code, or what kind of person she is. */
const ofPersons = {
  alone: new Set([
    ...listed(`survivor survivors victim victims client clients person persons who woman women girl girls man men boy boys child
      children witness beneficiary participant patient complainant applicant respondent accused perpetrator perpetrators suspect trafficker traffickers
      recruiter recruiters husband wife spouse parent sister brother interviewer interpreter counsellor
      counselor officer caseworker relative mother father guardian friend`),
    // Indonesian and Malay
    ...listed('penyintas korban mangsa klien saksi peserta tersangka pelaku orang anak perempuan wanita'),
    // Filipino
    ...listed('biktima nakaligtas kliyente kalahok tao babae bata'),
  ]),
  within: [
    'nạn nhân',
    'thân chủ',
    'nhân chứng',
    'người sống sót',
    // Thai
    ...listed('ผู้เสียหาย ผู้รอดชีวิต เหยื่อ ผู้รับบริการ พยาน ผู้ต้องหา'),
    // Burmese
    ...listed('အသက်ရှင်ကျန်သူ လူကုန်ကူးခံရသူ ကျူးလွန်ခံရသူ ကာယကံရှင် မျက်မြင်သက်သေ'),
    // Khmer
    ...listed('ជនរងគ្រោះ អ្នករស់រាន អតិថិជន សាក្សី'),
    // Lao
    ...listed('ຜູ້ເສຍຫາຍ ຜູ້ຖືກເຄາະຮ້າຍ ຜູ້ລອດຊີວິດ ພະຍານ'),
  ],
}
