import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorMessage } from '@/api/errors';
import type { ReminderRule } from '@/api/types';
import { Card } from '@/ui/Card';
import { DataTable } from '@/ui/DataTable';
import { EmptyState } from '@/ui/EmptyState';
import { StatusBadge } from '@/ui/StatusBadge';
import classes from './notifications.module.css';
import { rulesQuery } from './queries';
import { useLead } from './useLead';

const RuleDialog = lazy(() => import('./RuleDialog'));

export function RulesCard() {
  const { t } = useTranslation('notifications');
  const lead = useLead();
  const rules = useQuery(rulesQuery);
  const [edited, setEdited] = useState<ReminderRule | 'new' | null>(null);
  return (
    <Card
      title={t('rules.title')}
      actions={
        <Button leftSection={<IconPlus size={16} />} onClick={() => setEdited('new')}>
          {t('rules.add')}
        </Button>
      }
      flush
    >
      <DataTable
        label={t('rules.title')}
        items={rules.data}
        rowKey={({ id }) => id}
        onOpen={setEdited}
        error={rules.error}
        errorText={errorMessage(rules.error)}
        retry={() => void rules.refetch()}
        empty={<EmptyState title={t('rules.empty')} hint={t('rules.emptyHint')} />}
        columns={[
          {
            id: 'lead',
            header: t('rules.lead'),
            phone: 'title',
            cell: (rule) => (
              <button type="button" className={classes.name} onClick={() => setEdited(rule)}>
                {t('rules.before', { lead: lead(rule.lead_minutes) })}
              </button>
            ),
          },
          {
            id: 'channels',
            header: t('rules.channels'),
            cell: (rule) => rule.channels.map((channel) => t(`channel.${channel}`)).join(t('rules.then')),
          },
          {
            id: 'status',
            header: t('rules.status'),
            cell: ({ active }) => <StatusBadge status={active ? 'active' : 'inactive'} />,
          },
        ]}
      />
      <Suspense fallback={null}>
        {edited && <RuleDialog rule={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />}
      </Suspense>
    </Card>
  );
}
