import { type QueryClient, queryOptions } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { PerioComparison, PerioExam } from '@/api/types';

export const examQuery = (patientId: string, id: string) =>
  queryOptions({
    queryKey: ['perio', patientId, 'exam', id],
    queryFn: ({ signal }) => api.get<PerioExam>(`/perio-exams/${id}`, { signal }),
  });

export const comparisonQuery = (patientId: string, exams: string) =>
  queryOptions({
    queryKey: ['perio', patientId, 'comparison', exams],
    queryFn: ({ signal }) =>
      api.get<PerioComparison>(`/patients/${patientId}/perio-exams/comparison`, { query: { exams }, signal }),
  });

/** After an act on an exam: its answer is shown at once, lists are read again. */
export async function examChanged(client: QueryClient, exam: PerioExam) {
  client.setQueryData(examQuery(exam.patient_id, exam.id).queryKey, exam);
  await client.invalidateQueries({ queryKey: ['perio', exam.patient_id] });
}
