import { Button, Tooltip } from '@mantine/core';
import { IconStethoscope } from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useAction } from '@/api/action';
import { api } from '@/api/client';
import { errorMessage, isApiError } from '@/api/errors';
import { useSession } from '@/api/session';
import type { Appointment, Visit } from '@/api/types';
import { useCan } from '@/lib/permissions';
import { toast } from '@/ui/toast';

/** Opens the visit of this appointment, or starts it. */
export function VisitButton({ appointment }: { appointment: Appointment }) {
  const { t } = useTranslation('scheduling');
  const can = useCan();
  const { staff_id: staffId } = useSession();
  const navigate = useNavigate();
  const open = (id: string) => void navigate({ to: '/visits/$visitId', params: { visitId: id } });
  const start = useAction<Visit>(
    (_, act) =>
      api.post<Visit>(
        '/visits',
        {
          patient_id: appointment.patient_id,
          appointment_id: appointment.id,
          doctor_id: appointment.doctor_id,
        },
        act,
      ),
    {
      onSuccess: (visit) => open(visit.id),
      onError: (error) => {
        const existing = isApiError(error, 'records.visit_exists') ? error.problem.visit_id : undefined;
        if (typeof existing === 'string') open(existing);
        else toast.failed(errorMessage(error));
      },
    },
  );
  if (appointment.visit_id) {
    if (!can('records.read')) return null;
    return (
      <Button
        component={Link}
        to={`/visits/${appointment.visit_id}`}
        variant="light"
        leftSection={<IconStethoscope size={16} />}
      >
        {t('appointment.openVisit')}
      </Button>
    );
  }
  const treatable = ['scheduled', 'confirmed', 'arrived', 'in_chair'].includes(appointment.status);
  if (!treatable || !can('records.read')) return null;
  const refusal = !can('records.write')
    ? t('appointment.mayNotStartVisit')
    : can.ownOnly('records.write') && appointment.doctor_id !== staffId
      ? t('appointment.visitOfAnother')
      : null;
  return (
    <Tooltip label={refusal} disabled={refusal === null}>
      <Button
        variant="light"
        leftSection={<IconStethoscope size={16} />}
        onClick={() => start.mutate()}
        loading={start.isPending}
        disabled={refusal !== null}
      >
        {t('appointment.startVisit')}
      </Button>
    </Tooltip>
  );
}
