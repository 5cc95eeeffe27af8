import { Button, Switch, Tabs } from '@mantine/core';
import { IconCalendarEvent, IconCalendarPlus, IconChecklist } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAction } from '@/api/action';
import { api } from '@/api/client';
import { errorMessage } from '@/api/errors';
import { useList } from '@/api/list';
import type { Worklist, WorklistCounts, WorklistItem } from '@/api/types';
import { useFormat } from '@/lib/format-context';
import { useCan } from '@/lib/permissions';
import { Card, PageBody } from '@/ui/Card';
import { type Column, DataTable } from '@/ui/DataTable';
import { EmptyState } from '@/ui/EmptyState';
import { PageHeader } from '@/ui/PageHeader';
import { Code, DateText, DateTimeText, Phone } from '@/ui/texts';
import { toast } from '@/ui/toast';
import { FreedSlots } from './FreedSlots';
import { WORKLISTS } from './lists';
import { Reach } from './Reach';
import { useMessage } from './useMessage';
import classes from './worklists.module.css';

const ContactDialog = lazy(() => import('./ContactDialog'));
const DismissDialog = lazy(() => import('./DismissDialog'));
const WaitlistDialog = lazy(() => import('./WaitlistDialog'));

type Open = { item: WorklistItem; act: 'contact' | 'dismiss' | 'waitlist' } | null;

export default function WorklistsPage() {
  const { t } = useTranslation('worklists');
  const can = useCan();
  const navigate = useNavigate();
  const search = useSearch({ from: '/shell/worklists' });
  const list: Worklist = search.list ?? 'unconfirmed';
  const counts = useQuery({
    queryKey: ['worklists', 'counts'],
    queryFn: ({ signal }) => api.get<WorklistCounts>('/worklists/counts', { signal }),
  });
  const rows = useList<WorklistItem>(['worklists', list], `/worklists/${list}`, { later: search.later });
  const [open, setOpen] = useState<Open>(null);
  const columns = useColumns(list, setOpen);
  const close = () => setOpen(null);
  const tabs = useRef<HTMLDivElement>(null);
  // On a phone the lists are one line that scrolls: the one that is shown has to be in view.
  useEffect(() => {
    const current = list && counts.data && tabs.current?.querySelector('[aria-selected=true]');
    if (current) current.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [list, counts.data]);
  return (
    <>
      <PageHeader
        title={t('title')}
        actions={
          <>
            <Button component={Link} to="/reports/overbooked" variant="subtle">
              {t('overbooked')}
            </Button>
            <Switch
              label={t('later')}
              checked={search.later === true}
              onChange={(event) =>
                void navigate({
                  to: '/worklists',
                  search: { list, ...(event.currentTarget.checked ? { later: true as const } : {}) },
                })
              }
            />
          </>
        }
      />
      <PageBody>
        <Tabs
          value={list}
          onChange={(chosen) => void navigate({ to: '/worklists', search: { list: chosen as Worklist } })}
        >
          <Tabs.List ref={tabs} className={classes.lists ?? ''}>
            {WORKLISTS.map((one) => (
              <Tabs.Tab key={one} value={one}>
                {t(`list.${one}`)}
                {counts.data ? <span className={classes.count}>{countOf(counts.data[one])}</span> : null}
              </Tabs.Tab>
            ))}
          </Tabs.List>
        </Tabs>
        <p className={classes.hint}>{t(`hint.${list}`)}</p>
        {list === 'asap' && can('scheduling.write') && can('patients.read') && <FreedSlots />}
        <Card flush>
          <DataTable
            {...rows}
            label={t(`list.${list}`)}
            columns={columns}
            rowKey={({ id, patient }) => `${id}${patient.id}`}
            errorText={errorMessage(rows.error)}
            empty={
              <EmptyState
                icon={<IconChecklist size={26} stroke={1.6} />}
                title={t('empty')}
                hint={t(`emptyHint.${list}`)}
              />
            }
          />
        </Card>
      </PageBody>
      <Suspense>
        {open?.act === 'contact' && <ContactDialog list={list} item={open.item} onClose={close} />}
        {open?.act === 'dismiss' && <DismissDialog item={open.item} onClose={close} />}
        {open?.act === 'waitlist' && <WaitlistDialog item={open.item} onClose={close} />}
      </Suspense>
    </>
  );
}

const countOf = (count: number) => (count >= 500 ? '500+' : String(count));

function useColumns(list: Worklist, open: (what: Open) => void): Column<WorklistItem>[] {
  const { t } = useTranslation('worklists');
  const { name, pick } = useFormat();
  const may = useCan()('scheduling.write');
  const message = useMessage();
  return [
    {
      id: 'patient',
      header: t('column.patient'),
      phone: 'title',
      cell: ({ patient }) => (
        <span className={classes.stacked}>
          <Link to="/patients/$patientId" params={{ patientId: patient.id }}>
            <bdi>{name(patient)}</bdi>
          </Link>
          <small>
            <Code>{patient.file_number}</Code>
            {patient.phone && <Phone number={patient.phone} link />}
          </small>
        </span>
      ),
    },
    {
      id: 'about',
      header: t('column.about'),
      cell: (item) => (
        <span className={classes.stacked}>
          <bdi>{pick(item.about_ar, item.about_en)}</bdi>
          {[item.reason, item.note].map(
            (typed) =>
              typed && (
                <small key={typed}>
                  <bdi>{typed}</bdi>
                </small>
              ),
          )}
        </span>
      ),
    },
    {
      id: 'when',
      header: t(`when.${list}`),
      cell: ({ starts_at, due_on }) => (
        <span className={classes.when}>
          {starts_at ? <DateTimeText value={starts_at} /> : due_on ? <DateText value={due_on} /> : '—'}
        </span>
      ),
    },
    {
      id: 'doctor',
      header: t('column.doctor'),
      phone: 'hide',
      cell: ({ doctor }) => (doctor ? <bdi>{name(doctor)}</bdi> : '—'),
    },
    {
      id: 'contact',
      header: t('column.contact'),
      cell: ({ last_contact: last, attempts }) =>
        last ? (
          <span className={classes.stacked}>
            <span>
              {t(`outcome.${last.outcome}`)} · <DateTimeText value={last.at} />
            </span>
            <small>
              <span>{t('attempts', { count: attempts })}</span>
              {last.note && <bdi>{last.note}</bdi>}
            </small>
          </span>
        ) : (
          t('never')
        ),
    },
    {
      id: 'acts',
      header: '',
      align: 'end',
      cell: (item) => (
        <span className={classes.acts}>
          {item.patient.phone && <Reach phone={item.patient.phone} text={message(list, item)} />}
          {may && (
            <>
              <BookOrOpen list={list} item={item} />
              <Button size="compact-sm" variant="default" onClick={() => open({ item, act: 'contact' })}>
                {t('act.note')}
              </Button>
              {list !== 'asap' && list !== 'unconfirmed' && (
                <Button size="compact-sm" variant="subtle" onClick={() => open({ item, act: 'waitlist' })}>
                  {t('act.waitlist')}
                </Button>
              )}
              {item.waitlist_entry_id && <TakeOff entry={item.waitlist_entry_id} />}
              {(list === 'unscheduled' || list === 'broken') && (
                <Button size="compact-sm" variant="subtle" onClick={() => open({ item, act: 'dismiss' })}>
                  {t('act.dismiss')}
                </Button>
              )}
            </>
          )}
        </span>
      ),
    },
  ];
}

/** Who has an appointment that waits to be confirmed needs it opened, not another one. */
function BookOrOpen({ list, item }: { list: Worklist; item: WorklistItem }) {
  const { t } = useTranslation('worklists');
  const { pick } = useFormat();
  const open = list === 'unconfirmed' && item.starts_at;
  const search =
    open && item.appointment_id
      ? { date: open.slice(0, 10), appointment: item.appointment_id }
      : {
          new: true as const,
          patient: item.patient.id,
          ...(item.minutes ? { minutes: Math.min(Math.ceil(item.minutes / 5) * 5, 720) } : {}),
          ...(item.doctor ? { doctor_id: item.doctor.id } : {}),
          ...(item.type_id ? { type_id: item.type_id } : {}),
          ...(item.plan_item_ids.length > 0 ? { items: item.plan_item_ids.join(',') } : {}),
          reason: list === 'planned' ? pick(item.about_ar, item.about_en).slice(0, 200) : (item.reason ?? ''),
        };
  return (
    <Button
      renderRoot={(props) => <Link to="/" search={search} {...props} />}
      size="compact-sm"
      leftSection={open ? <IconCalendarEvent size={15} /> : <IconCalendarPlus size={15} />}
    >
      {t(open ? 'act.open' : 'act.book')}
    </Button>
  );
}

/** Ends an entry of the waiting list: the patient has a slot, or no longer wants one. */
function TakeOff({ entry }: { entry: string }) {
  const { t } = useTranslation('worklists');
  const client = useQueryClient();
  const end = useAction(
    (outcome: 'booked' | 'withdrawn', act) => api.post(`/waitlist/${entry}/close`, { outcome }, act),
    {
      onSuccess: () => client.invalidateQueries({ queryKey: ['worklists'] }),
      onError: (error) => toast.failed(errorMessage(error)),
    },
  );
  return (
    <Button
      size="compact-sm"
      variant="subtle"
      loading={end.isPending}
      onClick={() => end.mutate('withdrawn')}
    >
      {t('act.withdraw')}
    </Button>
  );
}
