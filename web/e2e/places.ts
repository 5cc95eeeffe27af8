import type { Page } from '@playwright/test';
import { apiGet, apiPost } from './clinic';

interface Row {
  id: string;
  patient_id: string;
  status: string;
}
type List = { items: Row[] };

/** Records of the demo that pages are looked at with. */
export interface Places {
  patient: string;
  draftVisit: string;
  signedVisit: string;
  draftInvoice: string;
  openInvoice: string;
  paidInvoice: string;
  day: string;
  appointment: string;
  invitation: string;
  /** The page of the link in a reminder. */
  confirmation: string;
  /** The screen of a waiting room. */
  screen: string;
}

export async function findPlaces(page: Page): Promise<Places> {
  const invoices = async (status: string) =>
    (await apiGet<List>(page, `/invoices?status=${status}&limit=1`)).items[0];
  const open = (await invoices('part_paid')) ?? (await invoices('issued'));
  const paid = await invoices('paid');
  if (!open || !paid) throw new Error('the demo has no open or no paid invoice');
  const patient = paid.patient_id;
  const visits = await apiGet<List>(page, `/patients/${patient}/visits?limit=50`);
  const signed = visits.items.find(({ status }) => status === 'signed');
  await examine(page, patient);
  const [doctor] = (await apiGet<List>(page, '/staff?role=doctor')).items;
  const [procedure] = (await apiGet<List>(page, '/procedures?q=composite&limit=1')).items;
  if (!signed || !doctor || !procedure) throw new Error('the demo has no signed visit, doctor or filling');
  const draft = await apiPost<Row>(page, '/visits', { patient_id: patient, doctor_id: doctor.id });
  await apiPost(page, `/visits/${draft.id}/diagnoses`, {
    code: 'K02.1',
    text: 'Caries of dentine',
    tooth: '16',
  });
  const draftInvoice = await apiPost<Row>(page, '/invoices', {
    patient_id: patient,
    lines: [{ procedure_id: procedure.id, tooth: '16', surfaces: ['O'], quantity: 1 }],
  });
  const roles = await apiGet<{ items: { id: string; code: string }[] }>(page, '/roles');
  const invited = await apiPost<{ url: string }>(page, '/invitations', {
    email: `guest-${Date.now()}@nile.example`,
    name_ar: 'ندى حسن',
    name_en: 'Nada Hassan',
    role_ids: roles.items.filter(({ code }) => code === 'receptionist').map(({ id }) => id),
    colour: '#0b6b74',
  });
  const { expires_at } = await apiGet<{ expires_at: string }>(page, '/session');
  const { day, appointment } = await nextAppointment(page, expires_at.slice(0, 10));
  const message = await apiGet<{ text: string }>(page, `/appointments/${appointment}/message`);
  const confirmation = /\/c\/\S+/.exec(message.text)?.[0];
  if (!confirmation) throw new Error('the message of an appointment has no link');
  const [branch] = (await apiGet<List>(page, '/branches')).items;
  const screen = await apiPost<{ url: string }>(page, `/branches/${branch?.id}/waiting-screen`, {});
  return {
    patient,
    draftVisit: draft.id,
    signedVisit: signed.id,
    draftInvoice: draftInvoice.id,
    openInvoice: open.id,
    paidInvoice: paid.id,
    day,
    appointment,
    invitation: new URL(invited.url).pathname,
    confirmation,
    screen: new URL(screen.url).pathname,
  };
}

/** A draft of a periodontal exam with a few readings, unless the patient has one. */
async function examine(page: Page, patient: string) {
  const exams = await apiGet<List>(page, `/patients/${patient}/perio-exams`);
  if (exams.items.some(({ status }) => status === 'draft')) return;
  const exam = await apiPost<Row>(page, `/patients/${patient}/perio-exams`, {});
  const teeth = await apiGet<{ teeth: Record<string, { presence: string }> }>(
    page,
    `/perio-exams/${exam.id}`,
  );
  for (const tooth of ['16', '11', '26', '31']) {
    if (teeth.teeth[tooth]?.presence === 'missing') continue;
    const sites = { DB: { depth: 6, margin: -1, bleeding: true }, B: { depth: 3, margin: 0, plaque: true } };
    await page.request.put(`/api/v1/perio-exams/${exam.id}/teeth/${tooth}`, { data: { sites, mobility: 1 } });
  }
}

/** A day of the book with appointments that can still be changed. */
async function nextAppointment(page: Page, today: string) {
  for (let ahead = 1; ahead < 14; ahead += 1) {
    const day = new Date(Date.parse(today) + ahead * 86_400_000).toISOString().slice(0, 10);
    const booked = await apiGet<List>(page, `/appointments?from=${day}&to=${day}`);
    const one = booked.items.find(({ status }) => status === 'scheduled' || status === 'confirmed');
    if (one) return { day, appointment: one.id };
  }
  throw new Error('the demo has no appointment ahead');
}

export function shellPaths(places: Places): string[] {
  const tabs = ['', '/history', '/chart', '/periodontal', '/visits', '/invoices'].map(
    (tab) => `/patients/${places.patient}${tab}`,
  );
  const settings = [
    ...['profile', 'clinic', 'branches', 'hours', 'appointment-types', 'recalls', 'staff'],
    ...['roles', 'procedures', 'drugs', 'reminders', 'failed-messages'],
  ];
  return [
    '/',
    `/?date=${places.day}&by=doctor`,
    ...['week', 'month', 'agenda'].map((view) => `/?date=${places.day}&view=${view}`),
    '/reception',
    '/worklists',
    '/worklists?list=planned',
    '/worklists?list=recall_due',
    '/reports/overbooked',
    '/patients',
    ...tabs,
    `/visits/${places.draftVisit}`,
    `/visits/${places.signedVisit}`,
    '/invoices',
    `/invoices/${places.draftInvoice}`,
    `/invoices/${places.openInvoice}`,
    `/invoices/${places.paidInvoice}`,
    '/audit',
    ...settings.map((page) => `/settings/${page}`),
  ];
}
