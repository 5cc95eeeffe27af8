import type { ChartEvent, ChartLayer } from '@/api/types';
import type { ToothCode } from '@/lib/teeth';

/** The teeth that an entry touches, one by one or as parts of a unit. */
export function teethOf(event: Pick<ChartEvent, 'teeth' | 'unit'>): ToothCode[] {
  return [...new Set([...event.teeth, ...(event.unit ?? []).map((member) => member.tooth)])];
}

/** An entry of its own, as against one that takes another back. */
export type EntryEvent = ChartEvent & { layer: ChartLayer };

export function isEntry(event: ChartEvent): event is EntryEvent {
  return event.layer !== 'correction' && !event.corrects;
}

export interface HistoryEntry {
  event: EntryEvent;
  /** The correction that took the entry back, when it was. */
  correction: ChartEvent | null;
}

/** Entries, newest first, each with what took it back; corrections have no line of their own. */
export function historyOf(events: readonly ChartEvent[], teeth?: ReadonlySet<ToothCode>): HistoryEntry[] {
  const corrections = new Map(
    events.flatMap((event) => (event.corrects ? [[event.corrects, event] as const] : [])),
  );
  return events
    .filter(isEntry)
    .filter((event) => !teeth || teeth.size === 0 || teethOf(event).some((tooth) => teeth.has(tooth)))
    .map((event) => ({ event, correction: corrections.get(event.id) ?? null }))
    .sort(
      (a, b) =>
        b.event.on.localeCompare(a.event.on) || b.event.recorded_at.localeCompare(a.event.recorded_at),
    );
}

export function isStanding(event: ChartEvent): boolean {
  return isEntry(event) && !event.corrected_by;
}

/** What undoing takes back next: one's own latest entry, in a visit only one of that visit. */
export function nextToUndo(events: readonly ChartEvent[], visitId: string | undefined): EntryEvent | null {
  const mine = events
    .filter(isEntry)
    .filter((event) => event.undoable && (!visitId || event.visit_id === visitId));
  return mine.reduce<EntryEvent | null>(
    (latest, event) => (latest && latest.recorded_at >= event.recorded_at ? latest : event),
    null,
  );
}

/** The days with an entry that still stands, oldest first. */
export function daysWithEntries(events: readonly ChartEvent[]): string[] {
  return [...new Set(events.filter(isStanding).map((event) => event.on))].sort();
}

/** Teeth with a standing entry after one day, up to another (or today). */
export function changedTeeth(
  events: readonly ChartEvent[],
  since: string,
  until: string | null,
): Set<ToothCode> {
  return new Set(
    events
      .filter((event) => isStanding(event) && event.on > since && (until === null || event.on <= until))
      .flatMap(teethOf),
  );
}
