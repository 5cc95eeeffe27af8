import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import type { PerioExam, PerioTooth } from '@/api/types';
import type { ToothCode } from '@/lib/teeth';
import { type Teeth, type ToothChange, toothWith } from './model/changes';
import { type Entry, type Ground, type Key, type Mode, typed } from './model/entry';
import { entryPath, type PathName } from './model/entryPath';
import { type Place, samePlace } from './model/sites';
import { saverOf } from './savers';

const FIRST: Place = { tooth: '18', site: 'DB' };

/** What one types into a draft: local at once, saved behind. */
export function usePerioEntry(exam: PerioExam, pathName: PathName) {
  const client = useQueryClient();
  const saver = useMemo(() => saverOf(client, exam.patient_id, exam.id), [client, exam.patient_id, exam.id]);
  const unsaved = useSyncExternalStore(saver.subscribe, () => saver.unsaved);
  const saving = useSyncExternalStore(saver.subscribe, () => saver.state);

  const teeth = useMemo<Teeth>(() => {
    const shown: Record<ToothCode, PerioTooth> = { ...exam.teeth };
    for (const [code, change] of unsaved) {
      const tooth = exam.teeth[code];
      if (tooth) shown[code] = toothWith(tooth, change);
    }
    return shown;
  }, [exam.teeth, unsaved]);

  const standing = Object.entries(teeth)
    .filter(([, tooth]) => tooth.presence !== 'missing')
    .map(([code]) => code)
    .join(' ');
  const path = useMemo(() => {
    const there = new Set(standing.split(' '));
    return entryPath(pathName, (tooth) => there.has(tooth));
  }, [pathName, standing]);

  // Keys come faster than React renders: each one starts from where the last one ended.
  const examTeeth = useRef(exam.teeth);
  examTeeth.current = exam.teeth;
  const read = useCallback(
    (tooth: ToothCode): PerioTooth | undefined => {
      const stored = examTeeth.current[tooth];
      return stored && toothWith(stored, saver.unsaved.get(tooth));
    },
    [saver],
  );
  const ground = useMemo<Ground>(
    () => ({
      path,
      isThere: (tooth) => (read(tooth)?.presence ?? 'missing') !== 'missing',
      hasSign: ({ tooth, site }, sign) => read(tooth)?.sites[site]?.[sign] ?? false,
    }),
    [path, read],
  );
  const groundRef = useRef(ground);
  groundRef.current = ground;
  const [entry, setEntry] = useState<Entry>(() => ({
    mode: 'depth',
    at: path.find(({ tooth, site }) => teeth[tooth]?.sites[site]?.depth == null) ?? path[0] ?? FIRST,
    last: null,
    ten: false,
    minus: false,
  }));
  const entryRef = useRef(entry);
  const goOn = useCallback((next: Entry) => {
    entryRef.current = next;
    setEntry(next);
  }, []);

  const change = useCallback((tooth: ToothCode, what: ToothChange) => saver.add(tooth, what), [saver]);
  const press = useCallback(
    (key: Key) => {
      const { entry: next, write } = typed(entryRef.current, key, groundRef.current);
      if (write) change(write.place.tooth, { sites: { [write.place.site]: write.change } });
      goOn(next);
    },
    [change, goOn],
  );
  const goTo = useCallback(
    (at: Place) => goOn({ ...entryRef.current, at, last: at, ten: false, minus: false }),
    [goOn],
  );
  const setMode = useCallback((mode: Mode) => goOn({ ...entryRef.current, mode }), [goOn]);

  /** Writes a value at every site of the path that the mode has none for. */
  const fill = useCallback(
    (value: number) => {
      const { mode } = entryRef.current;
      for (const { tooth, site } of groundRef.current.path) {
        if (read(tooth)?.sites[site]?.[mode] == null) change(tooth, { sites: { [site]: { [mode]: value } } });
      }
    },
    [change, read],
  );
  const retry = useCallback(() => saver.flush(), [saver]);

  // A tooth that was marked as missing is no place to type at.
  useEffect(() => {
    const first = path[0];
    if (first && !path.some((place) => samePlace(place, entry.at))) goOn({ ...entryRef.current, at: first });
  }, [path, entry.at, goOn]);

  useEffect(() => {
    const leave = (event: BeforeUnloadEvent) => {
      if (saver.unsaved.size > 0) event.preventDefault();
    };
    const hide = () => {
      if (document.visibilityState === 'hidden') saver.flush();
    };
    window.addEventListener('beforeunload', leave);
    document.addEventListener('visibilitychange', hide);
    return () => {
      window.removeEventListener('beforeunload', leave);
      document.removeEventListener('visibilitychange', hide);
      if (saver.state.kind === 'saving') saver.flush();
    };
  }, [saver]);

  return {
    teeth,
    entry,
    path,
    press,
    goTo,
    setMode,
    change,
    fill,
    saving,
    retry,
  };
}

export type PerioEntry = ReturnType<typeof usePerioEntry>;
