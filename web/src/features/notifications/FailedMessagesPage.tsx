import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { errorMessage } from '@/api/errors';
import { useList } from '@/api/list';
import type { ReminderDelivery } from '@/api/types';
import { useFormat } from '@/lib/format-context';
import { IfCan } from '@/lib/permissions';
import { Card } from '@/ui/Card';
import { DataTable } from '@/ui/DataTable';
import { EmptyState } from '@/ui/EmptyState';
import { DateTimeText } from '@/ui/texts';
import { ServiceFault } from './ServiceFault';
import { useDeliveryWords } from './useDeliveryWords';
import { useRetry } from './useRetry';

export default function FailedMessagesPage() {
  const { t } = useTranslation('notifications');
  const { name } = useFormat();
  const words = useDeliveryWords();
  const retry = useRetry();
  const list = useList<ReminderDelivery>(['appointments', 'messages', 'failed'], '/reminder-deliveries');
  return (
    <Card title={t('failed.title')} flush>
      <DataTable
        {...list}
        label={t('failed.title')}
        rowKey={({ id }) => id}
        errorText={errorMessage(list.error)}
        empty={<EmptyState title={t('failed.empty')} hint={t('failed.emptyHint')} />}
        columns={[
          {
            id: 'patient',
            header: t('failed.patient'),
            phone: 'title',
            cell: ({ patient }) => (
              <Link to="/patients/$patientId" params={{ patientId: patient.id }}>
                <bdi>{name(patient)}</bdi>
              </Link>
            ),
          },
          {
            id: 'appointment',
            header: t('failed.appointment'),
            cell: ({ starts_at }) => <DateTimeText value={starts_at} />,
          },
          { id: 'message', header: t('failed.message'), cell: (row) => words.what(row) },
          {
            id: 'why',
            header: t('failed.why'),
            cell: (row) => (
              <>
                {words.state(row)}
                {row.last_error && <ServiceFault raw={row.last_error} />}
              </>
            ),
          },
          {
            id: 'retry',
            header: '',
            align: 'end',
            cell: ({ id }) => (
              <IfCan permission="scheduling.write">
                <Button
                  variant="default"
                  size="compact-sm"
                  loading={retry.isPending && retry.variables === id}
                  onClick={() => retry.mutate(id)}
                >
                  {t('failed.retry')}
                </Button>
              </IfCan>
            ),
          },
        ]}
      />
    </Card>
  );
}
