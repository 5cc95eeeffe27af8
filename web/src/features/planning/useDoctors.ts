import { useQuery } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { List, Staff } from '@/api/types';

/** The doctors who work here. */
export function useDoctors(): readonly Staff[] {
  const doctors = useQuery({
    queryKey: ['clinic', 'staff', 'doctors-for-plans'],
    queryFn: ({ signal }) =>
      api.get<List<Staff>>('/staff', { query: { role: 'doctor', limit: 100 }, signal }),
    select: (list) => list.items.filter(({ active }) => active),
  });
  return doctors.data ?? [];
}
