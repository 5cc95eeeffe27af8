import type { OfferCandidate, SlotOffer } from '@/api/types';

export interface OfferRow {
  candidate: OfferCandidate;
  /** The offer of this slot that the patient had. */
  offer: SlotOffer | null;
}

interface OfferList {
  /** Those who wait, in the order in which they asked. */
  rows: OfferRow[];
  /** The first of them who was not asked yet, while nobody's answer is awaited. */
  next: OfferCandidate | null;
  /** Offers to those who wait no longer. */
  past: SlotOffer[];
}

/** Who waits for a slot beside who was offered it. */
export function offerRows(candidates: readonly OfferCandidate[], offers: readonly SlotOffer[]): OfferList {
  const rows = candidates.map((candidate) => ({
    candidate,
    offer: offers.find(({ patient_id }) => patient_id === candidate.patient.id) ?? null,
  }));
  const awaited = offers.some(({ answer }) => answer === 'pending');
  return {
    rows,
    next: awaited ? null : (rows.find(({ offer }) => !offer)?.candidate ?? null),
    past: offers.filter((offer) => rows.every((row) => row.offer !== offer)),
  };
}

/** What books a slot for somebody who waits: the appointment moves there, or a new one is made. */
export function bookingOf(
  { appointment_id, appointment_version, patient, minutes, note }: OfferCandidate,
  slot: { startsAt: string; doctorId: string; chairId: string | null },
): { path: string; body: Record<string, unknown>; version: number | undefined } {
  const place = {
    starts_at: slot.startsAt,
    ends_at: new Date(Date.parse(slot.startsAt) + minutes * 60_000).toISOString(),
    doctor_id: slot.doctorId,
    ...(slot.chairId ? { chair_id: slot.chairId } : {}),
  };
  if (appointment_id) {
    const version = appointment_version ?? undefined;
    return { path: `/appointments/${appointment_id}/reschedule`, body: place, version };
  }
  const body = { ...place, patient_id: patient.id, ...(note ? { note } : {}) };
  return { path: '/appointments', body, version: undefined };
}
