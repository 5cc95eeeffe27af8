import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useAction } from '@/api/action';
import { api } from '@/api/client';
import type { Appointment } from '@/api/types';
import { useFormat } from '@/lib/format-context';
import { toast } from '@/ui/toast';
import { instantOf } from './dayTime';
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
          starts_at: instantOf(values.date, start, format.timeZone),
          ends_at: instantOf(values.date, end, format.timeZone),
          reason: values.reason.trim(),
          type_id: values.typeId,
          asap: values.asap,
          // Of another length the server fits the type's own pattern.
          ...(values.pattern.length * 5 === Number(values.minutes) ? { pattern: values.pattern } : {}),
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
