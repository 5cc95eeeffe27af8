/** Countries to choose from, with what is suggested for each. Others are typed by their code. */
export const COUNTRIES = [
  ['EG', 'EGP', 'Africa/Cairo'],
  ['SA', 'SAR', 'Asia/Riyadh'],
  ['AE', 'AED', 'Asia/Dubai'],
  ['KW', 'KWD', 'Asia/Kuwait'],
  ['QA', 'QAR', 'Asia/Qatar'],
  ['BH', 'BHD', 'Asia/Bahrain'],
  ['OM', 'OMR', 'Asia/Muscat'],
  ['JO', 'JOD', 'Asia/Amman'],
  ['LB', 'LBP', 'Asia/Beirut'],
  ['IQ', 'IQD', 'Asia/Baghdad'],
  ['SY', 'SYP', 'Asia/Damascus'],
  ['PS', 'ILS', 'Asia/Hebron'],
  ['YE', 'YER', 'Asia/Aden'],
  ['SD', 'SDG', 'Africa/Khartoum'],
  ['LY', 'LYD', 'Africa/Tripoli'],
  ['TN', 'TND', 'Africa/Tunis'],
  ['DZ', 'DZD', 'Africa/Algiers'],
  ['MA', 'MAD', 'Africa/Casablanca'],
  ['TR', 'TRY', 'Europe/Istanbul'],
  ['GB', 'GBP', 'Europe/London'],
  ['US', 'USD', 'America/New_York'],
] as const;

export function countryOptions(locale: string, current?: string) {
  const names = new Intl.DisplayNames([locale], { type: 'region' });
  const codes = new Set<string>(COUNTRIES.map(([code]) => code));
  if (current) codes.add(current);
  return [...codes].map((value) => ({ value, label: names.of(value) ?? value }));
}

export function currencyOptions(locale: string, current?: string) {
  const names = new Intl.DisplayNames([locale], { type: 'currency' });
  const codes = new Set<string>([...COUNTRIES.map(([, currency]) => currency), 'EUR']);
  if (current) codes.add(current);
  return [...codes].map((value) => ({ value, label: `${names.of(value) ?? value} (${value})` }));
}

export const zoneOptions = (current?: string) => [
  ...new Set([...Intl.supportedValuesOf('timeZone'), ...(current ? [current] : [])]),
];
