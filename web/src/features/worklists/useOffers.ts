import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { useAction } from '@/api/action';
import { api } from '@/api/client';
import type { Appointment, List, OfferAnswer, OfferCandidate, SlotOffer } from '@/api/types';
import type { SlotOffersProps } from '@/ui/slots';
import { bookingOf, type OfferRow } from './offerRows';

type Slot = Pick<SlotOffersProps, 'doctor' | 'chair' | 'startsAt' | 'endsAt'>;

/** Who would take a slot, and who was offered it. */
export function useOfferLists({ doctor, startsAt, endsAt }: Slot) {
  const query = { doctor_id: doctor.id, starts_at: startsAt, ends_at: endsAt };
  const candidates = useQuery({
    queryKey: ['worklists', 'candidates', query],
    queryFn: ({ signal }) => api.get<List<OfferCandidate>>('/slot-offers/candidates', { query, signal }),
  });
  const offers = useQuery({
    queryKey: ['worklists', 'offers', query],
    queryFn: ({ signal }) => api.get<List<SlotOffer>>('/slot-offers', { query, signal }),
  });
  return { candidates, offers };
}

interface Booking {
  path: string;
  body: Record<string, unknown>;
  version: number | undefined;
}

/** Offers a slot, notes the answers, and books it for who accepts. */
export function useOfferActs(slot: Slot) {
  const client = useQueryClient();
  // What is booked stays booked when noting it failed: trying again goes on from there.
  const booked = useRef(new Map<string, Appointment>());
  const book = useAction(({ path, body, version }: Booking, act) =>
    api.post<Appointment>(path, body, version === undefined ? act : { ...act, version }),
  );
  const refresh = () =>
    Promise.all(['worklists', 'appointments'].map((key) => client.invalidateQueries({ queryKey: [key] })));

  const offer = useAction<SlotOffer, OfferCandidate>(
    ({ appointment_id, waitlist_entry_id }, act) =>
      api.post<SlotOffer>(
        '/slot-offers',
        {
          doctor_id: slot.doctor.id,
          ...(slot.chair ? { chair_id: slot.chair.id } : {}),
          starts_at: slot.startsAt,
          ends_at: slot.endsAt,
          ...(appointment_id ? { appointment_id } : { waitlist_entry_id }),
        },
        act,
      ),
    { onSettled: refresh },
  );

  const note = (id: string, answer: OfferAnswer) =>
    api.post<SlotOffer>(`/slot-offers/${id}/answer`, { answer });
  const answer = useAction(
    ({ id, said }: { id: string; said: Exclude<OfferAnswer, 'pending' | 'accepted'> }) => note(id, said),
    { onSettled: refresh },
  );

  const accept = useAction<Appointment, OfferRow>(
    async ({ candidate, offer: made }) => {
      const { patient, waitlist_entry_id: entry } = candidate;
      let appointment = booked.current.get(patient.id);
      if (!appointment) {
        const place = { ...slot, doctorId: slot.doctor.id, chairId: slot.chair?.id ?? null };
        appointment = await book.mutateAsync(bookingOf(candidate, place));
        booked.current.set(patient.id, appointment);
      }
      if (made?.answer === 'pending') await note(made.id, 'accepted');
      // Who has an earlier slot now waits for none.
      if (entry) await api.post(`/waitlist/${entry}/close`, { outcome: 'booked' });
      else if (appointment.asap) {
        await api.patch(`/appointments/${appointment.id}`, { asap: false }, { version: appointment.version });
      }
      return appointment;
    },
    { onSettled: refresh },
  );
  return { offer, answer, accept };
}
