import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { errorMessage, isApiError } from '@/api/errors';
import type { Appointment } from '@/api/types';
import { useFormat } from '@/lib/format-context';
import { toast } from '@/ui/toast';
import type { BookColumnData, BookTimes } from './book/types';
import { startOn } from './bookAppointment';
import { type BookAxis, columnIdOf, NO_CHAIR } from './dayModel';
import { minutesOfInstant, wallClock } from './dayTime';
import { replaceAppointment } from './queries';

interface Place {
  starts_at: string;
  ends_at: string;
  chair_id?: string;
  doctor_id?: string;
}

interface MoveContext {
  date: string;
  axis: BookAxis;
  columns: readonly BookColumnData[];
  appointments: readonly Appointment[];
  times: BookTimes;
}

class NotMoved extends Error {}

/**
 * Moves or resizes, and offers to take it back. Rejects when the server refuses; the book then puts the
 * card back, and a toast says why.
 */
export function useMoveAppointment({ date, axis, columns, appointments, times }: MoveContext) {
  const { t } = useTranslation('scheduling');
  const { name: nameOf, timeZone } = useFormat();
  const client = useQueryClient();

  const send = useCallback(
    async (appointment: Appointment, place: Place) => {
      const answer = await api.post<Appointment>(`/appointments/${appointment.id}/reschedule`, place, {
        version: appointment.version,
        idempotencyKey: crypto.randomUUID(),
      });
      const moved = { ...appointment, ...answer };
      replaceAppointment(client, moved);
      return moved;
    },
    [client],
  );

  const explain = useCallback(
    (error: unknown, columnTitle: string) => {
      if (error instanceof NotMoved) toast.failed(error.message);
      else if (isApiError(error, 'scheduling.chair_taken')) {
        toast.failed(t('notMoved.chairTaken', { chair: columnTitle }));
      } else if (isApiError(error, 'scheduling.doctor_taken')) toast.failed(t('notMoved.doctorTaken'));
      else if (isApiError(error) && error.status === 412) toast.failed(t('notMoved.stale'));
      else toast.failed(errorMessage(error));
      void client.invalidateQueries({ queryKey: ['appointments'] });
    },
    [client, t],
  );

  return useCallback(
    async (id: string, columnId: string, start: number, end: number): Promise<void> => {
      const appointment = appointments.find((item) => item.id === id);
      if (!appointment) throw new NotMoved();
      const patient = nameOf(appointment.patient);
      const titleOf = (column: string) => columns.find((one) => one.id === column)?.title ?? '';
      const from = columnIdOf(appointment, axis);
      // In the chairs' view another chair takes the name of that chair; a doctor's clash has words of its own.
      const chairTitle = axis === 'chair' ? titleOf(columnId) : nameOf(appointment.chair);
      try {
        if (columnId === NO_CHAIR && from !== NO_CHAIR) throw new NotMoved(t('notMoved.noChair'));
        const day = axis === 'date' ? columnId : date;
        const place: Place = {
          starts_at: wallClock(day, start),
          ends_at: wallClock(day, end),
          ...(columnId === from ? {} : columnKey(axis, columnId)),
        };
        const moved = await send(appointment, place);
        const target = t('book.placed', { column: titleOf(columnId), range: times.range(start, end) });
        // A chair once given cannot be taken away by moving, so a first chair has no way back.
        const undo = from === NO_CHAIR && columnId !== NO_CHAIR ? {} : { undo: () => void takeBack(moved) };
        const resized = columnId === from && start === startOn(day, appointment);
        toast.done(t(resized ? 'resized' : 'moved', { patient, place: target }), undo);
      } catch (error) {
        explain(error, chairTitle);
        throw error;
      }

      async function takeBack(moved: Appointment) {
        if (!appointment) return;
        const { starts_at, ends_at } = appointment;
        try {
          await send(moved, { starts_at, ends_at, ...(columnId === from ? {} : columnKey(axis, from)) });
          const range = times.range(
            minutesOfInstant(starts_at, timeZone),
            minutesOfInstant(ends_at, timeZone),
          );
          toast.done(t('movedBack', { patient, place: t('book.placed', { column: titleOf(from), range }) }));
        } catch (error) {
          explain(error, titleOf(from));
        }
      }
    },
    [appointments, columns, date, explain, nameOf, send, t, timeZone, times, axis],
  );
}

/** What a column stands for, apart from the day. */
function columnKey(axis: BookAxis, id: string): Pick<Place, 'chair_id' | 'doctor_id'> {
  if (axis === 'date') return {};
  return axis === 'chair' ? { chair_id: id } : { doctor_id: id };
}
