import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { errorMessage } from '@/api/errors';
import { signingOut } from '@/api/session';
import type { List, OpenSession } from '@/api/types';
import { draft } from '@/lib/draft';
import { Card } from '@/ui/Card';
import { useConfirm } from '@/ui/confirm';
import { type Column, DataTable } from '@/ui/DataTable';
import { EmptyState } from '@/ui/EmptyState';
import { Code, DateTimeText } from '@/ui/texts';
import { toast } from '@/ui/toast';
import { deviceOf } from './deviceName';
import classes from './identity.module.css';

export function SessionsCard() {
  const { t } = useTranslation('identity');
  const sessions = useQuery({
    queryKey: ['sessions'],
    queryFn: ({ signal }) => api.get<List<OpenSession>>('/sessions', { signal }),
  });
  const { busy, endAll } = useEndAll();
  const columns: Column<OpenSession>[] = [
    {
      id: 'device',
      header: t('sessions.device'),
      phone: 'title',
      cell: (session) => <Device session={session} />,
    },
    { id: 'address', header: t('sessions.address'), cell: ({ address }) => <Code>{address}</Code> },
    {
      id: 'since',
      header: t('sessions.since'),
      cell: (session) => <DateTimeText value={session.created_at} />,
    },
    {
      id: 'seen',
      header: t('sessions.seen'),
      cell: (session) => <DateTimeText value={session.last_seen_at} />,
    },
  ];
  return (
    <Card
      title={t('sessions.title')}
      flush
      actions={
        <Button variant="default" loading={busy} onClick={() => void endAll()}>
          {t('sessions.endAll')}
        </Button>
      }
    >
      <DataTable
        label={t('sessions.title')}
        columns={columns}
        items={sessions.data?.items}
        rowKey={({ id }) => id}
        error={sessions.error}
        errorText={errorMessage(sessions.error)}
        retry={() => void sessions.refetch()}
        empty={<EmptyState title={t('sessions.empty')} />}
      />
    </Card>
  );
}

function Device({ session }: { session: OpenSession }) {
  const { t } = useTranslation('identity');
  const device = deviceOf(session.user_agent);
  return (
    <span className={classes.line}>
      <bdi>{device ? t('sessions.on', device) : t('sessions.unknown')}</bdi>
      {session.current && <span className={classes.tag}>{t('sessions.current')}</span>}
    </span>
  );
}

function useEndAll() {
  const { t } = useTranslation('identity');
  const client = useQueryClient();
  const navigate = useNavigate();
  const confirm = useConfirm();
  const [busy, setBusy] = useState(false);
  const endAll = async () => {
    const agreed = await confirm({
      title: t('sessions.endAll'),
      body: t('sessions.endAllBody'),
      confirmLabel: t('sessions.endAll'),
      danger: true,
    });
    if (!agreed) return;
    setBusy(true);
    signingOut.begin();
    try {
      await api.delete('/sessions');
      draft.clearAll();
      await navigate({ to: '/sign-in', search: {} });
      client.clear();
    } catch (error) {
      signingOut.over();
      toast.failed(errorMessage(error));
      setBusy(false);
    }
  };
  return { busy, endAll };
}
