import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorMessage } from '@/api/errors';
import type { MessageProvider } from '@/api/types';
import { Card } from '@/ui/Card';
import { DataTable } from '@/ui/DataTable';
import { EmptyState } from '@/ui/EmptyState';
import { StatusBadge } from '@/ui/StatusBadge';
import { Code } from '@/ui/texts';
import classes from './notifications.module.css';
import { providersQuery } from './queries';

const ProviderDrawer = lazy(() => import('./ProviderDrawer'));

export function ProvidersCard() {
  const { t } = useTranslation('notifications');
  const providers = useQuery(providersQuery);
  const [edited, setEdited] = useState<MessageProvider | 'new' | null>(null);
  return (
    <Card
      title={t('providers.title')}
      actions={
        <Button leftSection={<IconPlus size={16} />} onClick={() => setEdited('new')}>
          {t('providers.add')}
        </Button>
      }
      flush
    >
      <DataTable
        label={t('providers.title')}
        items={providers.data}
        rowKey={({ id }) => id}
        onOpen={setEdited}
        error={providers.error}
        errorText={errorMessage(providers.error)}
        retry={() => void providers.refetch()}
        empty={<EmptyState title={t('providers.empty')} hint={t('providers.emptyHint')} />}
        columns={[
          {
            id: 'name',
            header: t('providers.name'),
            phone: 'title',
            cell: (provider) => (
              <button type="button" className={classes.name} onClick={() => setEdited(provider)}>
                <bdi>{provider.name}</bdi>
              </button>
            ),
          },
          { id: 'channel', header: t('templates.channel'), cell: ({ channel }) => t(`channel.${channel}`) },
          {
            id: 'url',
            header: t('providers.url'),
            phone: 'hide',
            cell: ({ url }) => <Code>{url.split('?')[0] ?? url}</Code>,
          },
          {
            id: 'status',
            header: t('rules.status'),
            cell: ({ active }) => <StatusBadge status={active ? 'active' : 'inactive'} />,
          },
        ]}
      />
      <Suspense fallback={null}>
        {edited && (
          <ProviderDrawer provider={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />
        )}
      </Suspense>
    </Card>
  );
}
