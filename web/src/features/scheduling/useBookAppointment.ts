import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useAction } from '@/api/action';
import { api } from '@/api/client';
import type { Appointment, BookedTogether } from '@/api/types';
import { useFormat } from '@/lib/format-context';
import { toast } from '@/ui/toast';
import { wallClock } from './dayTime';
import { type NewAppointmentValues, spanOf } from './newAppointment';
import { actOf } from './openings/bookingPlan';

/** Books what the form holds. A repetition after a lost answer carries the same key and books once. */
export function useBookAppointment() {
  const { t } = useTranslation('scheduling');
  const format = useFormat();
  const client = useQueryClient();
  return useAction<Appointment | BookedTogether, NewAppointmentValues>(
    (values, act) => {
      const { start, end } = spanOf(values);
      const overbook = values.overbookReason.trim();
      const first = {
        patient_id: values.patient?.id,
        doctor_id: values.doctorId,
        chair_id: values.chairId,
        starts_at: wallClock(values.date, start),
        ends_at: wallClock(values.date, end),
        reason: values.reason.trim(),
        ...(values.typeId ? { type_id: values.typeId } : {}),
        // Of another length the server fits the type's own pattern.
        ...(values.pattern.length * 5 === Number(values.minutes) ? { pattern: values.pattern } : {}),
        ...(values.procedureId ? { procedure_id: values.procedureId } : {}),
        ...(values.asap ? { asap: true } : {}),
        ...(values.note.trim() ? { note: values.note.trim() } : {}),
        ...(overbook ? { overbook_reason: overbook } : {}),
        ...(values.holdId ? { hold_id: values.holdId } : {}),
        ...(values.planItems.length > 0 ? { plan_item_ids: values.planItems } : {}),
      };
      const { path, body } = actOf(values.plan, first, { date: values.date, start, end });
      return api.post<Appointment | BookedTogether>(path, body, act);
    },
    {
      onSuccess: (answer, values) => {
        const place = `${format.date(values.date)} · ${format.time(values.start)}`;
        const booked = t('form.booked', { patient: format.name(values.patient), place });
        if ('items' in answer) {
          const count = t('several.booked', { count: answer.items.length });
          const skipped = answer.skipped.length;
          toast.done(
            [booked, count, skipped > 0 && t('several.skipped', { count: skipped })]
              .filter(Boolean)
              .join(' · '),
          );
        } else {
          toast.done(booked);
        }
        return client.invalidateQueries({ queryKey: ['appointments'] });
      },
    },
  );
}
