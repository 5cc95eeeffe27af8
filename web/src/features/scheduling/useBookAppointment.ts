import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useAction } from '@/api/action';
import { api } from '@/api/client';
import type { Appointment } from '@/api/types';
import { useFormat } from '@/lib/format-context';
import { toast } from '@/ui/toast';
import { wallClock } from './dayTime';
import { type NewAppointmentValues, spanOf } from './newAppointment';

/** Books what the form holds. A repetition after a lost answer carries the same key and books once. */
export function useBookAppointment() {
  const { t } = useTranslation('scheduling');
  const format = useFormat();
  const client = useQueryClient();
  return useAction<Appointment, NewAppointmentValues>(
    (values, act) => {
      const { start, end } = spanOf(values);
      const overbook = values.overbookReason.trim();
      return api.post<Appointment>(
        '/appointments',
        {
          patient_id: values.patient?.id,
          doctor_id: values.doctorId,
          chair_id: values.chairId,
          starts_at: wallClock(values.date, start),
          ends_at: wallClock(values.date, end),
          reason: values.reason.trim(),
          ...(values.note.trim() ? { note: values.note.trim() } : {}),
          ...(overbook ? { overbook_reason: overbook } : {}),
        },
        act,
      );
    },
    {
      onSuccess: (_, values) => {
        const place = `${format.date(values.date)} · ${format.time(values.start)}`;
        toast.done(t('form.booked', { patient: format.name(values.patient), place }));
        return client.invalidateQueries({ queryKey: ['appointments'] });
      },
    },
  );
}
