import type { ChartLayer, ChartTerm } from '@/api/types';

/** What a typed word stands for in a quick entry. */
export type EntryWord =
  | { kind: 'code'; code: string }
  | { kind: 'material'; material: string }
  | { kind: 'layer'; layer: ChartLayer };
export type EntryWords = ReadonlyMap<string, EntryWord>;

/** Short forms and second names, in both languages whatever the screen's language is. */
const CODE_ALIASES: Record<string, readonly string[]> = {
  sound: ['healthy', 'ok', 'سليم', 'سليمة'],
  caries: ['c', 'car', 'decay', 'ت', 'تسوس', 'نخر'],
  filling: ['fi', 'fill', 'restoration', 'حشوة', 'حشو'],
  sealant: ['s', 'seal', 'fs', 'سادة', 'مادة سادة'],
  inlay: ['ترصيعة', 'حشوة داخلية'],
  onlay: ['ترصيعة مغطية', 'حشوة خارجية'],
  veneer: ['ven', 'قشرة', 'فينير'],
  crown: ['k', 'cr', 'cap', 'تاج', 'طربوش'],
  bridge: ['bg', 'جس', 'جسر', 'كوبري'],
  implant: ['imp', 'زرعة', 'زراعة'],
  implant_crown: ['تاج زرعة', 'تاج على زرعة'],
  post_and_core: ['post', 'وتد', 'وتد ولب'],
  root_canal: ['e', 'rct', 'rc', 'endo', 'علاج عصب', 'عصب', 'علاج جذور'],
  periapical_lesion: ['pa', 'lesion', 'آفة ذروية'],
  missing: ['x', 'miss', 'مفقود', 'مفقودة'],
  extracted: ['ext', 'مخلوع', 'خلع تم'],
  to_extract: ['extract', 'extraction', 'خلع', 'للخلع'],
  root_remnant: ['remnant', 'بقايا جذر', 'بقايا جذور'],
  unerupted: ['غير بازغ'],
  impacted: ['imp3', 'منطمر', 'مطمور', 'مدفون'],
  fracture: ['fx', 'fractured', 'كسر'],
  mobility: ['mob', 'حركة', 'تقلقل'],
  calculus: ['calc', 'جير', 'قلح'],
  watch: ['w', 'observe', 'مراقبة', 'متابعة'],
  filling_defect: ['defect', 'open margin', 'حشوة معيبة', 'حشوة مكسورة'],
  denture: ['rpd', 'طقم', 'طقم جزئي'],
  full_denture: ['complete denture', 'طقم كامل'],
  root_canal_needed: ['needs rct', 'يحتاج عصب'],
  root_canal_short: ['short rct', 'عصب ناقص'],
  root_canal_over: ['over rct', 'عصب زائد'],
  apicectomy: ['apico', 'قطع ذروة'],
  resorption: ['resorb', 'امتصاص'],
  congenitally_missing: ['agenesis', 'غياب خلقي'],
  discolouration: ['discoloured', 'تلون', 'تغير لون'],
  hypomineralisation: ['mih', 'نقص تمعدن'],
  fluorosis: ['fluor', 'تفلور', 'تبقع'],
  rotated: ['rot', 'ملتف', 'دوران'],
  tipped: ['tip', 'مائل'],
  drifted: ['drift', 'منزاح'],
  over_erupted: ['overerupted', 'بزوغ زائد'],
  diastema: ['gap', 'فراغ'],
  bracket: ['br', 'حاصرة', 'براكت'],
  band: ['طوق'],
  retainer: ['مثبت'],
  splint: ['جبيرة'],
  appliance_removed: ['debond', 'فك التقويم'],
  furcation: ['furc', 'مفترق'],
  supernumerary: ['extra', 'mesiodens', 'زائدة', 'سن زائد'],
  supernumerary_extracted: ['extract extra', 'خلع زائدة'],
};
const MATERIAL_ALIASES: Record<string, readonly string[]> = {
  amalgam: ['amal', 'am', 'أملغم', 'املجم', 'حشو معدني'],
  composite: ['comp', 'كومبوزيت', 'حشو ضوئي'],
  glass_ionomer: ['gic', 'gi', 'glass ionomer', 'أيونومر', 'جلاس أيونومر'],
  temporary: ['temp', 'مؤقت', 'مؤقتة'],
  ceramic: ['cer', 'porcelain', 'emax', 'سيراميك', 'خزف'],
  zirconia: ['zir', 'zr', 'زركونيا', 'زيركون'],
  metal: ['معدن', 'معدني'],
  metal_ceramic: ['pfm', 'metal ceramic', 'بورسلين معدني', 'خزف معدني'],
  gold: ['ذهب'],
  acrylic: ['acr', 'أكريليك'],
};
const LAYER_ALIASES: Record<ChartLayer, readonly string[]> = {
  finding: ['finding', 'existing', 'found', 'موجود', 'معاينة'],
  plan: ['plan', 'planned', 'tx', 'خطة', 'مخطط'],
  done: ['done', 'completed', 'تم', 'منجز'],
};

/** Folds what people type alike: digits of either script, letter forms, marks, case and joined codes. */
export function foldTyped(text: string): string {
  return text
    .replace(/[٠-٩]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0x0660 + 48))
    .replace(/[۰-۹]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0x06f0 + 48))
    .replace(/[\u064b-\u0652\u0670\u0640\u200b-\u200f\u202a-\u202e\u2066-\u2069]/g, '')
    .replace(/[آأإٱ]/g, 'ا')
    .replace(/ى/g, 'ي')
    .replace(/ة/g, 'ه')
    .replace(/[،,؛;+]/g, ' ')
    .replace(/_/g, ' ')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .trim();
}

export function entryWords(terms: readonly ChartTerm[]): EntryWords {
  const words = new Map<string, EntryWord>();
  const add = (typed: string, word: EntryWord) => {
    const folded = foldTyped(typed);
    if (folded !== '' && !words.has(folded)) words.set(folded, word);
  };
  for (const { code, name_ar, name_en } of terms) {
    for (const name of [code, name_en, name_ar]) add(name, { kind: 'code', code });
  }
  for (const { code } of terms) {
    for (const alias of CODE_ALIASES[code] ?? []) add(alias, { kind: 'code', code });
  }
  for (const material of new Set(terms.flatMap((term) => term.materials))) {
    for (const alias of [material, ...(MATERIAL_ALIASES[material] ?? [])])
      add(alias, { kind: 'material', material });
  }
  for (const [layer, aliases] of Object.entries(LAYER_ALIASES)) {
    for (const alias of aliases) add(alias, { kind: 'layer', layer: layer as ChartLayer });
  }
  return words;
}
