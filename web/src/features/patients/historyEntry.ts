import { z } from 'zod';
import type { HistoryKind } from '@/api/types';
import { fields } from '@/i18n/fields';

export const SEVERITIES = ['mild', 'moderate', 'severe'] as const;

/** What an entry says besides its name; each kind has its own part of it. */
export const detailsSchema = z.object({
  severity: z.enum(SEVERITIES),
  details: fields.optionalText(500),
  since: fields.optionalText(40),
});

export type EntryDetails = z.output<typeof detailsSchema>;

/** The API's shape of the details; what was emptied is null. */
export function detailsBody(kind: HistoryKind, { severity, details, since }: EntryDetails) {
  switch (kind) {
    case 'allergies':
      return { severity, reaction: details || null };
    case 'conditions':
      return { since: since || null };
    case 'medications':
      return { dose: details || null, since: since || null };
  }
}
