import type { PerioPresence, PerioSite, PerioSiteChange, PerioSiteName, PerioTooth } from '@/api/types';
import type { ToothCode } from '@/lib/teeth';

/** What was typed at a tooth and is not saved yet: only the fields that were typed. */
export interface ToothChange {
  presence?: PerioPresence;
  mobility?: number | null;
  furcation?: Record<string, number | null>;
  sites?: Partial<Record<PerioSiteName, PerioSiteChange>>;
}
export type Teeth = Readonly<Record<ToothCode, PerioTooth>>;
export type Changes = ReadonlyMap<ToothCode, ToothChange>;

/** Two changes of one tooth as one; where both name a field, the later one counts. */
export function mergeTooth(earlier: ToothChange, later: ToothChange): ToothChange {
  const merged: ToothChange = { ...earlier, ...later };
  if (earlier.furcation || later.furcation) merged.furcation = { ...earlier.furcation, ...later.furcation };
  if (earlier.sites || later.sites) {
    const sites = { ...earlier.sites };
    for (const [site, change] of Object.entries(later.sites ?? {}) as [PerioSiteName, PerioSiteChange][]) {
      sites[site] = { ...sites[site], ...change };
    }
    merged.sites = sites;
  }
  return merged;
}

export function mergeChanges(earlier: Changes, later: Changes): Map<ToothCode, ToothChange> {
  const merged = new Map(earlier);
  for (const [tooth, change] of later) merged.set(tooth, mergeTooth(merged.get(tooth) ?? {}, change));
  return merged;
}

function siteWith(site: PerioSite, change: PerioSiteChange): PerioSite {
  const next = { ...site };
  if (change.depth !== undefined) next.depth = change.depth;
  if (change.margin !== undefined) next.margin = change.margin;
  for (const sign of SIGNS) next[sign] = change[sign] ?? site[sign];
  const { depth, margin } = next;
  // As the server derives them, so that the picture does not wait for it.
  next.recession = margin == null ? null : Math.max(0, -margin);
  next.cal = depth == null || margin == null ? null : depth - margin;
  return next;
}

/** A tooth as it will be once its change is saved. */
export function toothWith(tooth: PerioTooth, change: ToothChange | undefined): PerioTooth {
  if (!change) return tooth;
  const sites = { ...tooth.sites };
  for (const [name, of] of Object.entries(change.sites ?? {}) as [PerioSiteName, PerioSiteChange][]) {
    const site = sites[name];
    if (site) sites[name] = siteWith(site, of);
  }
  return {
    ...tooth,
    presence: change.presence ?? tooth.presence,
    mobility: change.mobility === undefined ? tooth.mobility : change.mobility,
    furcation: { ...tooth.furcation, ...change.furcation },
    sites,
  };
}

export type Sign = 'bleeding' | 'suppuration' | 'plaque' | 'calculus';
export const SIGNS: readonly Sign[] = ['bleeding', 'suppuration', 'plaque', 'calculus'];

/** Whether anything was read at a tooth: such a tooth is not marked as missing. */
export function hasReadings(tooth: PerioTooth): boolean {
  return (
    tooth.mobility != null ||
    Object.values(tooth.furcation).some((degree) => degree != null) ||
    Object.values(tooth.sites).some(
      (site) => site.depth != null || site.margin != null || SIGNS.some((sign) => site[sign]),
    )
  );
}
