import { ActionIcon, Button } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconPlus } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { errorMessage } from '@/api/errors';
import type { AppointmentType } from '@/api/types';
import { useFormat } from '@/lib/format-context';
import { useCan } from '@/lib/permissions';
import { Card } from '@/ui/Card';
import { DataTable } from '@/ui/DataTable';
import { EmptyState } from '@/ui/EmptyState';
import { ErrorState } from '@/ui/ErrorState';
import { ListSkeleton } from '@/ui/PageSkeleton';
import { StatusBadge } from '@/ui/StatusBadge';
import { toast } from '@/ui/toast';
import classes from './setup/setup.module.css';
import { lettersFor } from './setup/typeForm';
import { everyTypeQuery } from './setup/typeQueries';

const TypeDrawer = lazy(() => import('./setup/TypeDrawer'));

export default function AppointmentTypesPage() {
  const { t } = useTranslation('scheduling');
  const { name, number } = useFormat();
  const editable = useCan()('scheduling.set_up');
  const client = useQueryClient();
  const types = useQuery(everyTypeQuery);
  const [edited, setEdited] = useState<AppointmentType | 'new' | null>(null);
  const [busy, setBusy] = useState(false);
  const move = async (type: AppointmentType, by: -1 | 1) => {
    const ids = (types.data ?? []).map(({ id }) => id);
    const at = ids.indexOf(type.id);
    const other = ids[at + by];
    if (other === undefined) return;
    [ids[at], ids[at + by]] = [other, type.id];
    setBusy(true);
    try {
      await api.put('/appointment-types/order', { ids });
      await client.invalidateQueries({ queryKey: ['clinic'] });
    } catch (error) {
      toast.failed(errorMessage(error));
    } finally {
      setBusy(false);
    }
  };
  const add = editable && (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setEdited('new')}>
      {t('types.add')}
    </Button>
  );
  return (
    <Card flush title={t('types.title')} actions={add}>
      {types.error ? (
        <ErrorState message={errorMessage(types.error)} onRetry={() => void types.refetch()} />
      ) : !types.data ? (
        <ListSkeleton rows={8} />
      ) : (
        <DataTable
          label={t('types.title')}
          items={types.data}
          rowKey={({ id }) => id}
          {...(editable ? { onOpen: setEdited } : {})}
          empty={<EmptyState title={t('types.none')} hint={t('types.noneHint')} action={add} />}
          columns={[
            {
              id: 'name',
              header: t('types.name'),
              phone: 'title',
              cell: (type) => (
                <button
                  type="button"
                  className={classes.name}
                  disabled={!editable}
                  onClick={() => setEdited(type)}
                >
                  <span className={classes.dot} style={{ background: type.colour }} />
                  <bdi>{name(type)}</bdi>
                </button>
              ),
            },
            {
              id: 'minutes',
              header: t('types.minutes'),
              align: 'end',
              cell: ({ minutes }) => number(minutes),
            },
            {
              id: 'pattern',
              header: t('types.pattern'),
              phone: 'hide',
              cell: (type) => <PatternStrip letters={lettersFor(type.pattern, type.minutes)} />,
            },
            {
              id: 'feature',
              header: t('types.feature'),
              phone: 'hide',
              cell: ({ chair_feature }) => chair_feature && t(`types.features.${chair_feature}`),
            },
            {
              id: 'status',
              header: t('types.status'),
              cell: ({ active }) => <StatusBadge status={active ? 'active' : 'inactive'} />,
            },
            ...(editable
              ? [
                  {
                    id: 'order',
                    header: t('types.order'),
                    phone: 'hide' as const,
                    cell: (type: AppointmentType) => (
                      <span className={classes.order}>
                        {([-1, 1] as const).map((by) => (
                          <ActionIcon
                            key={by}
                            variant="default"
                            disabled={busy || type.id === types.data.at(by < 0 ? 0 : -1)?.id}
                            aria-label={t(by < 0 ? 'types.up' : 'types.down', { name: name(type) })}
                            onClick={(event) => {
                              event.stopPropagation();
                              void move(type, by);
                            }}
                          >
                            {by < 0 ? <IconArrowUp size={15} /> : <IconArrowDown size={15} />}
                          </ActionIcon>
                        ))}
                      </span>
                    ),
                  },
                ]
              : []),
          ]}
        />
      )}
      <Suspense fallback={null}>
        {edited && <TypeDrawer type={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />}
      </Suspense>
    </Card>
  );
}

/** The pattern small: filled where the doctor is needed. */
function PatternStrip({ letters }: { letters: string }) {
  return (
    <span className={classes.strip} role="img" aria-label={letters}>
      {[...letters].map((letter, n) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a step has no other name than its place
        <i key={n} data-letter={letter} />
      ))}
    </span>
  );
}
