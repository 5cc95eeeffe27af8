import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { PerioDiagnosis, PerioReason, PerioSite, PerioSiteName, PerioTooth } from '@/api/types';
import { useFormat } from '@/lib/format-context';
import { type ToothCode, toothOf } from '@/lib/teeth';
import { SIGNS } from './model/changes';
import type { Strip } from './model/sites';

export const DEGREES = ['0', 'I', 'II', 'III'] as const;

/** The chart in words: what a screen reader says, and what the list shows. */
export function usePerioWords() {
  const { t } = useTranslation('periodontal');
  const { locale, number } = useFormat();
  return useMemo(() => {
    const list = new Intl.ListFormat(locale, { style: 'long', type: 'conjunction' });
    const strip = (value: Strip) => t(`strip.${value}`);
    const siteName = (site: PerioSiteName, tooth: ToothCode) =>
      site === 'DL' || site === 'L' || site === 'ML'
        ? t(`site.${site}_${toothOf(tooth).arch}`)
        : t(`site.${site}`);
    const signs = (site: PerioSite) => SIGNS.filter((sign) => site[sign]).map((sign) => t(`sign.${sign}`));
    const reading = (site: PerioSite) => {
      const told = [
        site.depth == null ? t('told.unmeasured') : t('told.depth', { mm: number(site.depth) }),
        site.margin == null ? '' : t('told.margin', { mm: number(site.margin) }),
        site.cal == null ? '' : t('told.cal', { mm: number(site.cal) }),
        ...signs(site),
      ];
      return told.filter(Boolean).join(t('separator'));
    };
    const place = (tooth: ToothCode, site: PerioSiteName) => `${tooth} ${siteName(site, tooth)}`;
    const teeth = (codes: readonly string[]) => list.format([...codes]);
    const degree = (value: number) => DEGREES[value] ?? '';
    const tooth = (reading: PerioTooth) =>
      [
        reading.presence === 'tooth' ? '' : t(`presence.${reading.presence}`),
        reading.mobility ? t('told.mobility', { degree: degree(reading.mobility) }) : '',
        ...Object.entries(reading.furcation)
          .filter(([, value]) => value)
          .map(([entrance, value]) =>
            t('told.furcation', {
              entrance: t(`entrance.${entrance as 'B' | 'L' | 'M' | 'D'}`),
              degree: degree(value ?? 0),
            }),
          ),
      ]
        .filter(Boolean)
        .join(t('separator'));
    const diagnosis = (value: PerioDiagnosis) =>
      [
        t(`condition.${value.condition}`),
        value.stage ? t('stage', { stage: value.stage }) : '',
        value.grade ? t('grade', { grade: value.grade }) : '',
        value.extent ? t(`extent.${value.extent}`) : '',
      ]
        .filter(Boolean)
        .join(t('separator'));
    const reason = ({ code, value, teeth: codes }: PerioReason) => {
      const told = t(`reason.${code}`, { value: value == null ? '' : number(value) });
      return codes.length > 0 && codes.length <= 6 ? `${told} (${teeth(codes)})` : told;
    };
    return { strip, siteName, signs, reading, place, teeth, tooth, diagnosis, reason, degree };
  }, [t, locale, number]);
}

export type PerioWords = ReturnType<typeof usePerioWords>;
