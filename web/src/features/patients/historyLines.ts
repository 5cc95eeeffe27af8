import type { Allergy, EntryStatus, HistoryKind, MedicalHistory } from '@/api/types';

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

/** What counts now, and what once did. */
export function splitLines(lines: readonly HistoryLine[]) {
  return {
    active: lines.filter(({ status }) => status === 'active'),
    past: lines.filter(({ status }) => status !== 'active'),
  };
}
