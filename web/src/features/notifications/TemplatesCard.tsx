import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorMessage } from '@/api/errors';
import type { MessageTemplate } from '@/api/types';
import { Card } from '@/ui/Card';
import { DataTable } from '@/ui/DataTable';
import { EmptyState } from '@/ui/EmptyState';
import classes from './notifications.module.css';
import { templatesQuery } from './queries';

const TemplateDrawer = lazy(() => import('./TemplateDrawer'));

export function TemplatesCard() {
  const { t } = useTranslation('notifications');
  const templates = useQuery(templatesQuery);
  const [edited, setEdited] = useState<MessageTemplate | null>(null);
  return (
    <Card title={t('templates.title')} flush>
      <DataTable
        label={t('templates.title')}
        items={templates.data}
        rowKey={({ purpose, channel }) => `${purpose} ${channel}`}
        onOpen={setEdited}
        error={templates.error}
        errorText={errorMessage(templates.error)}
        retry={() => void templates.refetch()}
        empty={<EmptyState title={t('templates.title')} />}
        columns={[
          {
            id: 'purpose',
            header: t('templates.purpose'),
            phone: 'title',
            cell: (template) => (
              <button type="button" className={classes.name} onClick={() => setEdited(template)}>
                {t(`purpose.${template.purpose}`)}
              </button>
            ),
          },
          { id: 'channel', header: t('templates.channel'), cell: ({ channel }) => t(`channel.${channel}`) },
          {
            id: 'words',
            header: t('templates.words'),
            cell: ({ changed }) => (changed ? t('templates.own') : t('templates.shipped')),
          },
        ]}
      />
      <Suspense fallback={null}>
        {edited && <TemplateDrawer template={edited} onClose={() => setEdited(null)} />}
      </Suspense>
    </Card>
  );
}
