import type { Allergy, MedicalHistory } from '@/api/types';

export type HistoryKind = 'allergies' | 'conditions' | 'medications';
export type LineStatus = 'active' | 'resolved' | 'entered_in_error';

/** An entry of the medical history, whatever it is about. */
export interface HistoryLine {
  id: string;
  version: number;
  title: string;
  code: string | null;
  severity: Allergy['severity'] | null;
  details: string | null;
  since: string | null;
  status: LineStatus;
  reason: string | null;
  recorded_at: string;
  recorded_by: { name_ar: string | null; name_en: string | null };
}

type Recorded = Pick<HistoryLine, 'id' | 'version' | 'recorded_at' | 'recorded_by'> & {
  status: string;
  reason?: string | null;
};

function common(entry: Recorded) {
  const { id, version, recorded_at, recorded_by, reason = null } = entry;
  const status: LineStatus =
    entry.status === 'active' || entry.status === 'entered_in_error' ? entry.status : 'resolved';
  return { id, version, recorded_at, recorded_by, reason, status };
}

export function linesOf(kind: HistoryKind, history: MedicalHistory): HistoryLine[] {
  if (kind === 'allergies') {
    return history.allergies.map((entry) => ({
      ...common(entry),
      title: entry.substance,
      code: null,
      severity: entry.severity,
      details: entry.reaction,
      since: null,
    }));
  }
  if (kind === 'conditions') {
    return history.conditions.map((entry) => ({
      ...common(entry),
      title: entry.name,
      code: entry.code,
      severity: null,
      details: null,
      since: entry.since,
    }));
  }
  return history.medications.map((entry) => ({
    ...common(entry),
    title: entry.name,
    code: null,
    severity: null,
    details: entry.dose,
    since: entry.since,
  }));
}

/** What counts now, and what once did. */
export function splitLines(lines: readonly HistoryLine[]) {
  return {
    active: lines.filter(({ status }) => status === 'active'),
    past: lines.filter(({ status }) => status !== 'active'),
  };
}
