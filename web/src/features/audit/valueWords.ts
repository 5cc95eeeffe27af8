/** Where the words for the codes of a column are; those of one table's column go before those of any column's name. */
const WORDS: Record<string, readonly string[]> = {
  'role.code': ['identity:role'],
  'role_permission.scope': ['audit:value.reach'],
  'perio_exam.kind': ['periodontal:kind'],
  'perio_exam.smoking': ['periodontal:smoking'],
  'dated_hours.kind': ['clinic:closures.kinds'],
  'contact_attempt.channel': ['worklists:channel'],
  'plan_signature.method': ['audit:value.signing'],
  status: ['audit:value.status', 'common:status'],
  sex: ['patients:sex'],
  locale: ['patients:language'],
  languages: ['patients:language'],
  preferred_language: ['patients:language'],
  smoking: ['patients:lifestyle.smokes'],
  pregnancy: ['patients:lifestyle.pregnant'],
  severity: ['patients:history.severity'],
  channel: ['notifications:channel'],
  channels: ['notifications:channel'],
  reminder_channel: ['notifications:channel'],
  purpose: ['notifications:purpose'],
  method: ['billing:method'],
  tax_code: ['billing:tax'],
  scope: ['clinic:scope'],
  category: ['clinic:category'],
  drug_class: ['clinic:catalogue.classes'],
  week_start: ['clinic:day'],
  weekend: ['clinic:day'],
  chair_feature: ['clinic:branches.featureNames'],
  features: ['clinic:branches.featureNames'],
  kind: ['scheduling:block'],
  layer: ['charting:layer'],
  material: ['charting:material'],
  chart_material: ['charting:material'],
  condition: ['periodontal:condition'],
  extent: ['periodontal:extent'],
  diabetes: ['periodontal:diabetes'],
  presence: ['periodontal:presence'],
  sextant: ['periodontal:sextant'],
  confirmation: ['scheduling:confirmation'],
  follow_up: ['scheduling:appointment.followUp'],
  list: ['worklists:list'],
  outcome: ['audit:value.outcome', 'worklists:outcome'],
  theme: ['common:account'],
  label: ['patients:phone'],
  digits: ['audit:value.digits'],
  alert: ['audit:value.alert'],
  answer: ['audit:value.answer'],
  decision: ['audit:value.decision'],
  relation: ['audit:value.relation'],
  chart_colours: ['audit:value.chart_colours'],
};

/** The files of words that {@link valueKeys} points to. */
export const VALUE_WORDS = [
  'audit',
  'common',
  'billing',
  'charting',
  'clinic',
  'identity',
  'notifications',
  'patients',
  'periodontal',
  'scheduling',
  'worklists',
] as const;

/** The keys under which the word for a code may be, in their order; none for columns that hold no codes. */
export function valueKeys(entity: string, column: string, code: string): string[] {
  if (!/^\w+$/.test(code)) return [];
  return (WORDS[`${entity}.${column}`] ?? WORDS[column] ?? []).map((place) => `${place}.${code}`);
}

/** What a column points to by an id, as far as the app has a list of it. */
export type Referred =
  | 'staff'
  | 'chair'
  | 'branch'
  | 'type'
  | 'procedure'
  | 'role'
  | 'permission'
  | 'patient';

const POINTS_TO: Record<string, Referred> = {
  doctor_id: 'staff',
  staff_id: 'staff',
  by: 'staff',
  chair_id: 'chair',
  called_to: 'chair',
  branch_id: 'branch',
  type_id: 'type',
  appointment_type_id: 'type',
  procedure_id: 'procedure',
  role_id: 'role',
  role_ids: 'role',
  permission: 'permission',
  patient_id: 'patient',
  guardian_id: 'patient',
  guarantor_id: 'patient',
};

export const referredBy = (column: string): Referred | null =>
  POINTS_TO[column] ?? (column.endsWith('_by') ? 'staff' : null);

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;
export const isId = (value: unknown): value is string => typeof value === 'string' && UUID.test(value);

/** Enough of an id to tell two apart; the first half of ours is the time it was made. */
export const shortId = (id: string): string => `…${id.slice(-6)}`;
