import { Button, Checkbox, Select, Textarea, TextInput } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAction } from '@/api/action';
import { api } from '@/api/client';
import { errorMessage, isApiError } from '@/api/errors';
import type { Appointment, Confirmation } from '@/api/types';
import { useFormat } from '@/lib/format-context';
import { toast } from '@/ui/toast';
import classes from './appointment.module.css';
import { minutesBetween, minutesOfTime } from './dayTime';
import { branchBeside } from './places';
import { branchesQuery, replaceAppointment } from './queries';
import { TypeDot } from './TypeSelect';
import { useBookWords } from './useBookWords';
import { useMayMove } from './useMayMove';

const CONFIRMATIONS: readonly Confirmation[] = [
  'unconfirmed',
  'reminder_sent',
  'left_message',
  'confirmed',
  'declined',
];

type Changes = Partial<Pick<Appointment, 'reason' | 'note' | 'confirmation' | 'asap'>>;

/** When, where, with whom and why; reason, note and confirmation can be edited here. */
export function AppointmentDetails({ appointment }: { appointment: Appointment }) {
  const { t } = useTranslation('scheduling');
  const { name: nameOf, date, hijri } = useFormat();
  const branches = useQuery(branchesQuery);
  const branch = branchBeside(appointment.branch_id, branches.data ?? [], nameOf);
  const { times } = useBookWords();
  const mayChange = useMayMove()(appointment);
  const [editing, setEditing] = useState(false);
  const save = useSaveChanges(appointment);
  const start = minutesOfTime(appointment.local_start);
  const end = start + minutesBetween(appointment.starts_at, appointment.ends_at);
  return (
    <section>
      <dl className={classes.facts}>
        <Fact term={t('appointment.date')}>
          <time dateTime={appointment.local_date}>
            <bdi>{date(appointment.local_date, 'full')}</bdi>
            <small className={classes.hijri}>
              <bdi>{hijri(appointment.local_date)}</bdi>
            </small>
          </time>
        </Fact>
        <Fact term={t('appointment.time')}>
          <bdi className="numbers">{times.range(start, end)}</bdi>
        </Fact>
        <Fact term={t('appointment.doctor')}>
          <bdi>{nameOf(appointment.doctor)}</bdi>
        </Fact>
        <Fact term={t('appointment.chair')}>
          {appointment.chair ? <bdi>{nameOf(appointment.chair)}</bdi> : t('appointment.noChair')}
          {branch && (
            <>
              {' · '}
              <bdi>{branch}</bdi>
            </>
          )}
        </Fact>
        <Fact term={t('appointment.confirmation')}>
          <Select
            aria-label={t('appointment.confirmation')}
            data={CONFIRMATIONS.map((value) => ({ value, label: t(`confirmation.${value}`) }))}
            value={appointment.confirmation}
            onChange={(value) => value && save.mutate({ confirmation: value as Confirmation })}
            disabled={!mayChange || save.isPending}
            allowDeselect={false}
          />
        </Fact>
        {!editing && (
          <>
            {appointment.type && (
              <Fact term={t('appointment.type')}>
                <span className={classes.option}>
                  <TypeDot colour={appointment.type.colour} />
                  <bdi>{nameOf(appointment.type)}</bdi>
                </span>
              </Fact>
            )}
            <Fact term={t('appointment.reason')}>
              <span dir="auto">{appointment.reason || t('appointment.noReason')}</span>
            </Fact>
            {appointment.note && (
              <Fact term={t('appointment.note')}>
                <span dir="auto" className={classes.note}>
                  {appointment.note}
                </span>
              </Fact>
            )}
          </>
        )}
      </dl>
      {editing ? (
        <ReasonForm
          appointment={appointment}
          saving={save.isPending}
          onSave={(changes) => save.mutate(changes, { onSuccess: () => setEditing(false) })}
          onCancel={() => setEditing(false)}
        />
      ) : (
        mayChange && (
          <Button
            variant="subtle"
            size="compact-sm"
            leftSection={<IconPencil size={15} />}
            onClick={() => setEditing(true)}
          >
            {t('appointment.edit')}
          </Button>
        )
      )}
    </section>
  );
}

function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </>
  );
}

function useSaveChanges(appointment: Appointment) {
  const { t } = useTranslation('scheduling');
  const client = useQueryClient();
  return useAction<Appointment, Changes>(
    (changes) =>
      api.patch<Appointment>(`/appointments/${appointment.id}`, changes, { version: appointment.version }),
    {
      onSuccess: (answer) => {
        replaceAppointment(client, { ...appointment, ...answer });
        toast.done(t('appointment.saved'));
      },
      onError: (error) => {
        const stale = isApiError(error) && error.status === 412;
        toast.failed(stale ? t('appointment.stale') : errorMessage(error));
        void client.invalidateQueries({ queryKey: ['appointments'] });
      },
    },
  );
}

interface ReasonFormProps {
  appointment: Appointment;
  saving: boolean;
  onSave(changes: Changes): void;
  onCancel(): void;
}

function ReasonForm({ appointment, saving, onSave, onCancel }: ReasonFormProps) {
  const { t } = useTranslation('scheduling');
  // What the form was opened on: only what differs from it is sent, so nobody else's words are written over.
  const [opened, setOpened] = useState(appointment);
  const [reason, setReason] = useState(appointment.reason ?? '');
  const [note, setNote] = useState(appointment.note ?? '');
  const [asap, setAsap] = useState(appointment.asap);
  const meanwhile = (field: 'reason' | 'note') =>
    (appointment[field] ?? '') === (opened[field] ?? '')
      ? undefined
      : t('appointment.meanwhile', { text: appointment[field] || t('appointment.emptied') });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const typed: Changes = { reason: reason.trim(), note: note.trim() || null, asap };
    const changed = (['reason', 'note', 'asap'] as const).filter(
      (field) => (typed[field] || '') !== (opened[field] || ''),
    );
    if (changed.some((field) => (appointment[field] || '') !== (opened[field] || ''))) {
      toast.failed(t('appointment.stale'));
      setOpened(appointment);
      return;
    }
    if (changed.length === 0) {
      onCancel();
      return;
    }
    onSave(Object.fromEntries(changed.map((field) => [field, typed[field]])));
  };
  return (
    <form onSubmit={submit} className={classes.form}>
      <TextInput
        label={t('appointment.reason')}
        description={meanwhile('reason')}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        maxLength={200}
        data-autofocus
      />
      <Textarea
        label={t('appointment.note')}
        description={meanwhile('note')}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
        autosize
        minRows={2}
        maxLength={2000}
      />
      <Checkbox
        label={t('form.asap')}
        description={t('form.asapHint')}
        checked={asap}
        onChange={(event) => setAsap(event.currentTarget.checked)}
      />
      <div className={classes.dialogButtons}>
        <Button variant="default" onClick={onCancel}>
          {t('appointment.cancelEdit')}
        </Button>
        <Button type="submit" loading={saving}>
          {t('appointment.save')}
        </Button>
      </div>
    </form>
  );
}
