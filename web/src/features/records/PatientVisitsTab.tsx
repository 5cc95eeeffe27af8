import { Button, Menu } from '@mantine/core';
import { IconPlus, IconStethoscope } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useAction } from '@/api/action';
import { api } from '@/api/client';
import { errorMessage } from '@/api/errors';
import { useList } from '@/api/list';
import { useSession } from '@/api/session';
import type { List, Staff, Visit } from '@/api/types';
import { useFormat } from '@/lib/format-context';
import { useCan } from '@/lib/permissions';
import { Card } from '@/ui/Card';
import { type Column, DataTable } from '@/ui/DataTable';
import { EmptyState } from '@/ui/EmptyState';
import { NotYourRole } from '@/ui/NotYourRole';
import { StatusBadge } from '@/ui/StatusBadge';
import { Code, DateTimeText } from '@/ui/texts';
import { toast } from '@/ui/toast';

export default function PatientVisitsTab() {
  const can = useCan();
  if (!can('records.read')) {
    return <NotYourRole />;
  }
  return <VisitList />;
}

function VisitList() {
  const { t } = useTranslation('patients');
  const can = useCan();
  const navigate = useNavigate();
  const { patientId = '' } = useParams({ strict: false });
  const list = useList<Visit>(['patients', patientId, 'visits'], `/patients/${patientId}/visits`);
  const columns = useColumns();
  const action = can('records.write') && <NewVisitButton patientId={patientId} />;
  return (
    <Card flush title={t('visits.title')} actions={list.items?.length ? action : null}>
      <DataTable
        {...list}
        label={t('visits.title')}
        columns={columns}
        rowKey={({ id }) => id}
        onOpen={({ id }) => void navigate({ to: '/visits/$visitId', params: { visitId: id } })}
        errorText={errorMessage(list.error)}
        empty={
          <EmptyState
            icon={<IconStethoscope size={26} stroke={1.6} />}
            title={t('visits.empty')}
            hint={t('visits.emptyHint')}
            action={action}
          />
        }
      />
    </Card>
  );
}

function useColumns(): Column<Visit>[] {
  const { t } = useTranslation('patients');
  const { name } = useFormat();
  return [
    {
      id: 'date',
      header: t('visits.date'),
      phone: 'title',
      cell: (visit) => (
        <Link to="/visits/$visitId" params={{ visitId: visit.id }}>
          <DateTimeText value={visit.opened_at} />
        </Link>
      ),
    },
    { id: 'doctor', header: t('visits.doctor'), cell: (visit) => <bdi>{name(visit.doctor)}</bdi> },
    {
      id: 'diagnoses',
      header: t('visits.diagnoses'),
      cell: (visit) =>
        visit.diagnoses.map((diagnosis) => (
          <div key={diagnosis.id}>
            <bdi>{diagnosis.text}</bdi> <Code>{diagnosis.tooth}</Code>
          </div>
        )),
    },
    {
      id: 'work',
      header: t('visits.work'),
      cell: (visit) =>
        visit.procedures.map((procedure) => (
          <div key={procedure.id}>
            <bdi>{name(procedure)}</bdi> <Code>{procedure.tooth}</Code>
          </div>
        )),
    },
    {
      id: 'status',
      header: t('visits.status'),
      cell: (visit) => <StatusBadge status={visit.status} />,
    },
  ];
}

/** A doctor begins his own visit; anyone else says whose it is. */
function NewVisitButton({ patientId }: { patientId: string }) {
  const { t } = useTranslation('patients');
  const { name } = useFormat();
  const navigate = useNavigate();
  const { roles, staff_id: staffId } = useSession();
  const isDoctor = roles.includes('doctor');
  const doctors = useQuery({
    queryKey: ['clinic', 'staff', 'doctors'],
    queryFn: ({ signal }) =>
      api.get<List<Staff>>('/staff', { query: { role: 'doctor', limit: 100 }, signal }),
    select: (list) => list.items.filter(({ active }) => active),
    enabled: !isDoctor,
  });
  const start = useAction(
    (doctorId: string, act) =>
      api.post<Visit>('/visits', { patient_id: patientId, doctor_id: doctorId }, act),
    {
      onSuccess: ({ id }) => navigate({ to: '/visits/$visitId', params: { visitId: id } }),
      onError: (error) => toast.failed(errorMessage(error)),
    },
  );
  const button = (
    <Button
      leftSection={<IconPlus size={18} />}
      loading={start.isPending}
      {...(isDoctor ? { onClick: () => start.mutate(staffId) } : {})}
    >
      {t('visits.new')}
    </Button>
  );
  if (isDoctor) return button;
  return (
    <Menu position="bottom-end">
      <Menu.Target>{button}</Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('visits.newWith')}</Menu.Label>
        {doctors.error && <Menu.Label role="alert">{errorMessage(doctors.error)}</Menu.Label>}
        {doctors.data?.length === 0 && <Menu.Label>{t('visits.noDoctors')}</Menu.Label>}
        {doctors.data?.map((doctor) => (
          <Menu.Item key={doctor.id} onClick={() => start.mutate(doctor.id)}>
            <bdi>{name(doctor)}</bdi>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
