import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChartLayer, ChartState, ChartTerm, ChartTooth } from '@/api/types';
import type { ArchRow } from '@/lib/anatomy/archLayout';
import { type Numbering, toothLabel } from '@/lib/anatomy/numbering';
import { useFormat } from '@/lib/format-context';
import { type Surface, sortSurfaces, surfaceLetter, surfaceName } from '@/lib/surfaces';
import { parseTooth, type ToothCode } from '@/lib/teeth';
import { LETTERED_MATERIALS } from './model/materialLetters';

/** A state of a tooth, an entry of the history, or one about to be recorded. */
interface Described extends Pick<ChartState, 'code' | 'severity' | 'part'> {
  material?: string | null;
  surfaces?: Surface[] | null;
  existing_elsewhere?: boolean | null;
  note?: string | null;
}
type Material = ChartTerm['materials'][number];

/** The chart in words, in the reader's language: names, and whole states for lists and screen readers. */
export function useChartWords(terms: readonly ChartTerm[] | undefined, numbering: Numbering) {
  const { t } = useTranslation('charting');
  const { name, locale } = useFormat();
  return useMemo(() => {
    const list = new Intl.ListFormat(locale, { style: 'long', type: 'conjunction' });
    const termOf = new Map((terms ?? []).map((term) => [term.code, term]));
    const code = (value: string) => name(termOf.get(value)) || value.replace(/_/g, ' ');
    const layer = (value: ChartLayer) => t(`layer.${value}`);
    const material = (value: string) =>
      LETTERED_MATERIALS.includes(value) ? t(`material.${value as Material}`) : value.replace(/_/g, ' ');
    const surface = (value: Surface, tooth: ToothCode) => t(`surface.${surfaceName(value, tooth)}`);
    const surfaces = (values: readonly Surface[], tooth: ToothCode) =>
      list.format(sortSurfaces(values).map((value) => surface(value, tooth)));
    const grade = (value: string, severity: number) =>
      value === 'mobility'
        ? t('grade.degree', { grade: ['', 'I', 'II', 'III'][severity] ?? severity })
        : t('grade.grade', { grade: severity });

    const state = (described: Described, tooth: ToothCode): string => {
      const { part, severity } = described;
      return [
        part ? `${code(described.code)} (${t(`part.${part}`)})` : code(described.code),
        described.material ? material(described.material).toLocaleLowerCase(locale) : '',
        described.surfaces?.length ? surfaces(described.surfaces, tooth) : '',
        typeof severity === 'number' ? grade(described.code, severity) : '',
        described.existing_elsewhere ? t('state.elsewhere') : '',
      ]
        .filter(Boolean)
        .join(t('separator'));
    };
    /** A state with what was written beside it, in one sentence. */
    const whole = (described: Described, tooth: ToothCode): string =>
      described.note
        ? t('state.noted', { what: state(described, tooth), note: described.note })
        : state(described, tooth);
    const toothName = (value: ToothCode) => {
      const tooth = parseTooth(value);
      if (!tooth) return value;
      return t(tooth.primary ? 'tooth.primary' : 'tooth.permanent', {
        kind: t(`kind.${tooth.kind}`),
        arch: t(`arch.${tooth.arch}`),
        side: t(`toothSide.${tooth.side}`),
      });
    };
    const tooth = (value: ToothCode, entry: ChartTooth | undefined): string => {
      const states = entry?.states ?? [];
      const told = states.map((one) => `${whole(one, value)} (${layer(one.layer)})`);
      if (told.length === 0) told.push(entry && !entry.present ? t('state.absent') : t('state.nothing'));
      return `${toothLabel(value, numbering)}${t('separator')}${toothName(value)}: ${told.join(t('stateSeparator'))}`;
    };
    const row = ({ arch, primary }: Pick<ArchRow, 'arch' | 'primary'>) =>
      t(`row.${arch}_${primary ? 'primary' : 'permanent'}`);
    return {
      code,
      layer,
      material,
      surface,
      surfaces,
      state,
      whole,
      toothName,
      tooth,
      row,
      letter: surfaceLetter,
      count: (count: number) => t('tooth.count', { count }),
      label: (value: ToothCode) => toothLabel(value, numbering),
    };
  }, [t, terms, name, locale, numbering]);
}

export type ChartWords = ReturnType<typeof useChartWords>;
