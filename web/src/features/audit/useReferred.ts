import { useQuery } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { List, Named, Patient } from '@/api/types';
import { useFormat } from '@/lib/format-context';
import type { Referred } from './valueWords';

const LONG_MS = 5 * 60_000;
const MOST = 100;

type Listed = Exclude<Referred, 'patient'>;

const LISTS: Record<Listed, { path: string; query?: Record<string, boolean | number> }> = {
  staff: { path: '/staff', query: { include_inactive: true, limit: MOST } },
  chair: { path: '/chairs' },
  branch: { path: '/branches' },
  type: { path: '/appointment-types', query: { include_inactive: true } },
  procedure: { path: '/procedures', query: { include_inactive: true, limit: MOST } },
  role: { path: '/roles' },
  permission: { path: '/permissions' },
};

type Item = Named & { code?: string };

/** Every page of a list: a catalogue may be longer than one. */
async function everyOne({ path, query }: (typeof LISTS)[Listed], signal: AbortSignal): Promise<Item[]> {
  const all: Item[] = [];
  let cursor: string | null | undefined;
  do {
    const page: List<Item> = await api.get<List<Item>>(path, { query: { ...query, cursor }, signal });
    all.push(...page.items);
    cursor = page.next_cursor;
  } while (cursor);
  return all;
}

/** The name of what an id of the log points to; null while it is fetched and where it is nothing that has a name. */
export function useReferredName(kind: Referred | null, id: string): string | null {
  const { name } = useFormat();
  const list = useQuery({
    queryKey: ['clinic', 'audit', kind],
    queryFn: ({ signal }) => everyOne(LISTS[kind as Listed], signal),
    staleTime: LONG_MS,
    enabled: kind !== null && kind !== 'patient',
  });
  const patient = useQuery({
    queryKey: ['patients', id, 'record'],
    queryFn: ({ signal }) => api.get<Patient>(`/patients/${id}`, { signal }),
    staleTime: LONG_MS,
    enabled: kind === 'patient',
  });
  const found =
    kind === 'patient'
      ? patient.data
      : list.data?.find((one) => (kind === 'permission' ? one.code : one.id) === id);
  return found ? name(found) : null;
}
