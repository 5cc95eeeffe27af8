import type { Allergy, EntryStatus, HistoryKind, MedicalHistory } from '@/api/types';
import { folded } from '@/lib/bestMatches';

/** An entry of the medical history, whatever it is about. */
export interface HistoryLine {
  id: string;
  version: number;
  title: string;
  code?: string | null;
  severity?: Allergy['severity'];
  details?: string | null;
  since?: string | null;
  status: EntryStatus;
  reason?: string | null;
  recorded_at: string;
  recorded_by: Allergy['recorded_by'];
}

export function linesOf(kind: HistoryKind, history: MedicalHistory): HistoryLine[] {
  switch (kind) {
    case 'allergies':
      return history.allergies.map((entry) => ({
        ...entry,
        title: entry.substance,
        details: entry.reaction,
      }));
    case 'conditions':
      return history.conditions.map((entry) => ({ ...entry, title: entry.name }));
    case 'medications':
      return history.medications.map((entry) => ({ ...entry, title: entry.name, details: entry.dose }));
  }
}

interface Listed {
  code?: string | null;
  name_ar: string;
  name_en: string;
}

/** The listed name of an entry that was recorded by it in one of the two languages; else what was written. */
export function listedName(
  line: Pick<HistoryLine, 'title' | 'code'>,
  list: readonly Listed[],
): Listed | null {
  const written = folded(line.title);
  return (
    list.find(
      ({ code, name_ar, name_en }) =>
        (!line.code || code === line.code) && [name_ar, name_en].some((name) => folded(name) === written),
    ) ?? null
  );
}

/** What counts now, and what once did. */
export function splitLines(lines: readonly HistoryLine[]) {
  return {
    active: lines.filter(({ status }) => status === 'active'),
    past: lines.filter(({ status }) => status !== 'active'),
  };
}
