import { type ToothCode, toothOf } from '../teeth';

/** Usual age of eruption in years, by position; only decides how a tooth without any record is drawn. */
const ERUPTION_AGE = {
  primary: [0.8, 1, 1.6, 1.3, 2.3],
  permanent: [7, 8, 11, 10.5, 11.5, 6.3, 12.3, 18],
};
const SHED_AGE = [7, 8, 11, 10.5, 11.5];

/** Whether a tooth is usually in the mouth at an age. */
export function isUsuallyErupted(code: ToothCode, ageYears: number): boolean {
  const { primary, position } = toothOf(code);
  if (!primary) return ageYears >= (ERUPTION_AGE.permanent[position - 1] ?? 0);
  const erupts = ERUPTION_AGE.primary[position - 1] ?? 0;
  return ageYears >= erupts && ageYears < (SHED_AGE[position - 1] ?? 0);
}
