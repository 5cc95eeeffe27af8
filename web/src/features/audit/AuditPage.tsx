import { Button, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { api } from '@/api/client';
import { errorMessage } from '@/api/errors';
import { useList } from '@/api/list';
import type { AuditEntry, List, Staff } from '@/api/types';
import enWords from '@/i18n/en/audit.json';
import { useFormat } from '@/lib/format-context';
import { Card, PageBody } from '@/ui/Card';
import { DataTable } from '@/ui/DataTable';
import { DateField } from '@/ui/dates';
import { EmptyState } from '@/ui/EmptyState';
import { PageHeader } from '@/ui/PageHeader';
import { DateTimeText } from '@/ui/texts';
import classes from './audit.module.css';
import { ChainCard } from './ChainCard';
import { useAuditWords } from './useAuditWords';

const EntryDrawer = lazy(() => import('./EntryDrawer'));

export default function AuditPage() {
  const { t, act, thing } = useAuditWords();
  const { name } = useFormat();
  const search = useSearch({ from: '/shell/audit' });
  const [opened, setOpened] = useState<AuditEntry | null>(null);
  const list = useList<AuditEntry>(['audit', 'list'], '/audit', { ...search });
  return (
    <>
      <PageHeader title={t('title')} />
      <PageBody>
        <ChainCard />
        <Card>
          <Filters />
        </Card>
        <Card flush>
          <DataTable
            {...list}
            label={t('title')}
            rowKey={({ id }) => id}
            onOpen={setOpened}
            errorText={errorMessage(list.error)}
            empty={<EmptyState title={t('empty')} hint={t('emptyHint')} />}
            columns={[
              {
                id: 'what',
                header: t('action'),
                phone: 'title',
                cell: (entry) => (
                  <button type="button" className={classes.open} onClick={() => setOpened(entry)}>
                    {act(entry.action)} · {thing(entry.entity)}
                  </button>
                ),
              },
              { id: 'about', header: t('entity'), cell: ({ label }) => <bdi>{label}</bdi> },
              {
                id: 'who',
                header: t('person'),
                cell: ({ actor }) => <bdi>{actor ? name(actor) : t('system')}</bdi>,
              },
              { id: 'at', header: t('when'), cell: ({ at }) => <DateTimeText value={at} /> },
            ]}
          />
        </Card>
      </PageBody>
      <Suspense fallback={null}>
        {opened && <EntryDrawer entry={opened} onClose={() => setOpened(null)} />}
      </Suspense>
    </>
  );
}

function Filters() {
  const { t, act, thing } = useAuditWords();
  const { name } = useFormat();
  const navigate = useNavigate();
  const search = useSearch({ from: '/shell/audit' });
  const staff = useQuery({
    queryKey: ['clinic', 'staff', 'audit'],
    queryFn: ({ signal }) =>
      api.get<List<Staff>>('/staff', { query: { include_inactive: true, limit: 100 }, signal }),
  });
  const change = (next: Partial<typeof search>) =>
    void navigate({ to: '/audit', search: (now) => ({ ...now, ...next }), replace: true });
  const people = (staff.data?.items ?? []).map((one) => ({ value: one.id, label: name(one) }));
  return (
    <div className={classes.filters}>
      <Select
        label={t('person')}
        placeholder={t('anybody')}
        value={search.actor_id ?? null}
        onChange={(value) => change({ actor_id: value ?? undefined })}
        data={people}
        searchable
        clearable
      />
      <Select
        label={t('entity')}
        placeholder={t('anything')}
        value={search.entity ?? null}
        onChange={(value) => change({ entity: value ?? undefined, entity_id: undefined })}
        data={Object.keys(enWords.thing).map((value) => ({ value, label: thing(value) }))}
        searchable
        clearable
      />
      <Select
        label={t('action')}
        placeholder={t('anyAction')}
        value={search.action ?? null}
        onChange={(value) => change({ action: value ?? undefined })}
        data={Object.keys(enWords.act).map((value) => ({ value, label: act(value) }))}
        clearable
      />
      <DateField
        label={t('from')}
        value={search.from ?? null}
        onChange={(date) => change({ from: date ?? undefined })}
      />
      <DateField
        label={t('to')}
        value={search.to ?? null}
        onChange={(date) => change({ to: date ?? undefined })}
      />
      <Button variant="default" onClick={() => void navigate({ to: '/audit', search: {}, replace: true })}>
        {t('clear')}
      </Button>
    </div>
  );
}
