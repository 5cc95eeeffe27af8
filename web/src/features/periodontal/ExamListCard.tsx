import { Button, Checkbox } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAction } from '@/api/action';
import { api } from '@/api/client';
import { errorMessage } from '@/api/errors';
import type { ListState } from '@/api/list';
import type { PerioExam, PerioExamItem } from '@/api/types';
import { useFormat } from '@/lib/format-context';
import { useCan } from '@/lib/permissions';
import { Card } from '@/ui/Card';
import { DataTable } from '@/ui/DataTable';
import { EmptyState } from '@/ui/EmptyState';
import { StatusBadge } from '@/ui/StatusBadge';
import { DateText } from '@/ui/texts';
import { toast } from '@/ui/toast';
import css from './periodontal.module.css';
import { examChanged } from './queries';
import type { PerioWords } from './usePerioWords';

const MOST_COMPARED = 6;

interface ExamListCardProps {
  patientId: string;
  list: ListState<PerioExamItem>;
  shown: string | undefined;
  words: PerioWords;
}

/** A patient's exams, newest first: one is opened, several are compared. */
export function ExamListCard({ patientId, list, shown, words }: ExamListCardProps) {
  const { t } = useTranslation('periodontal');
  const { number, date } = useFormat();
  const navigate = useNavigate();
  const client = useQueryClient();
  const may = useCan()('periodontal.write');
  const [picked, setPicked] = useState<readonly string[]>([]);
  const open = (exam: string) =>
    void navigate({ to: '/patients/$patientId/periodontal', params: { patientId }, search: { exam } });
  const start = useAction<PerioExam, 'full' | 'screening'>(
    (kind, act) => api.post(`/patients/${patientId}/perio-exams`, { kind }, act),
    {
      onSuccess: async (exam) => {
        await examChanged(client, exam);
        open(exam.id);
      },
      onError: (error) => toast.failed(errorMessage(error)),
    },
  );
  const draft = list.items?.some(({ status }) => status === 'draft') ?? false;
  const toggle = (id: string) =>
    setPicked(picked.includes(id) ? picked.filter((one) => one !== id) : [...picked, id]);
  const compare = () =>
    void navigate({
      to: '/patients/$patientId/periodontal',
      params: { patientId },
      search: { compare: picked.join(',') },
    });
  const percent = (value: number | null | undefined) =>
    value == null ? '–' : t('numbers.percent', { value: number(value) });
  const starters =
    may &&
    (['full', 'screening'] as const).map((kind) => (
      <Button
        key={kind}
        size="xs"
        variant={kind === 'full' ? 'filled' : 'default'}
        leftSection={<IconPlus size={16} />}
        disabled={draft}
        title={draft ? t('list.draftOpen') : undefined}
        loading={start.isPending && start.variables === kind}
        onClick={() => start.mutate(kind)}
      >
        {t(`list.start_${kind}`)}
      </Button>
    ));
  return (
    <Card
      flush
      title={t('list.title')}
      actions={
        <>
          {(list.items?.length ?? 0) > 1 && (
            <Button size="xs" variant="default" disabled={picked.length < 2} onClick={compare}>
              {t('compare.button', { count: picked.length })}
            </Button>
          )}
          {starters}
        </>
      }
    >
      <DataTable
        {...list}
        label={t('list.title')}
        errorText={errorMessage(list.error)}
        rowKey={(exam) => exam.id}
        onOpen={(exam) => open(exam.id)}
        isSelected={(exam) => exam.id === shown}
        empty={<EmptyState title={t('list.empty')} hint={t('list.emptyHint')} />}
        columns={[
          {
            id: 'pick',
            header: t('compare.pick'),
            width: '90px',
            cell: (exam) =>
              exam.kind === 'full' &&
              exam.status !== 'entered_in_error' && (
                <Checkbox
                  size="xs"
                  aria-label={t('compare.pickExam', { date: date(exam.on) })}
                  checked={picked.includes(exam.id)}
                  disabled={!picked.includes(exam.id) && picked.length >= MOST_COMPARED}
                  onClick={(event) => event.stopPropagation()}
                  onChange={() => toggle(exam.id)}
                />
              ),
          },
          {
            id: 'on',
            header: t('list.on'),
            phone: 'title',
            cell: (exam) => (
              <button type="button" className={css.open} onClick={() => open(exam.id)}>
                {exam.status === 'entered_in_error' ? (
                  <s>
                    <DateText value={exam.on} />
                  </s>
                ) : (
                  <DateText value={exam.on} />
                )}
              </button>
            ),
          },
          { id: 'kind', header: t('list.kind'), cell: (exam) => t(`kind.${exam.kind}`) },
          { id: 'status', header: t('list.status'), cell: (exam) => <StatusBadge status={exam.status} /> },
          {
            id: 'bleeding',
            header: t('numbers.bleeding'),
            align: 'end',
            cell: (exam) => (exam.kind === 'full' ? percent(exam.summary.bleeding_percent) : '–'),
          },
          {
            id: 'pockets',
            header: t('numbers.pockets'),
            align: 'end',
            cell: (exam) =>
              exam.kind === 'full'
                ? number(exam.summary.pocket_sites)
                : Object.values(exam.sextants).join(' '),
          },
          {
            id: 'diagnosis',
            header: t('diagnosis.confirmed'),
            cell: (exam) => (exam.diagnosis ? words.diagnosis(exam.diagnosis) : '–'),
          },
        ]}
      />
    </Card>
  );
}
