import type { AppointmentStatus } from '@/api/types';
import { addDays, parseDate } from '@/lib/format';
import { APPOINTMENT_STATUSES } from './book/types';

export const BOOK_VIEWS = ['day', 'week', 'month', 'agenda'] as const;
export type BookViewName = (typeof BOOK_VIEWS)[number];

/** What is looked at; the rest of the book is drawn faintly or left out. */
export interface BookFilter {
  branchId: string | null;
  doctorId: string | null;
  /** Empty is every status. */
  statuses: readonly AppointmentStatus[];
}

/** How many filters are on; a doctor is none where the page is one doctor's already. */
export function filtersOn({ branchId, doctorId, statuses }: BookFilter, byDoctor: boolean): number {
  return [branchId, byDoctor ? doctorId : null, statuses.length > 0].filter(Boolean).length;
}

interface Known {
  branches: readonly { id: string }[];
  doctors: readonly { id: string }[];
}

/** The filter of an address, without a branch or a doctor that the clinic does not have. */
export function filterOf(
  asked: { branch?: string | undefined; doctor?: string | undefined; statuses?: string | undefined },
  known: Known | null,
): BookFilter {
  const one = (asks: string | undefined, list: readonly { id: string }[] | undefined) =>
    asks && (!list || list.some(({ id }) => id === asks)) ? asks : null;
  return {
    branchId: one(asked.branch, known?.branches),
    doctorId: one(asked.doctor, known?.doctors),
    statuses: statusesOf(asked.statuses),
  };
}

export function statusesOf(text: string | undefined): AppointmentStatus[] {
  const words = text?.split(',') ?? [];
  return APPOINTMENT_STATUSES.filter((status) => words.includes(status));
}

/** The seven days of the clinic's week that a date is in; 0 is Sunday. */
export function weekOf(date: string, weekStart: number): string[] {
  const back = (parseDate(date).getUTCDay() - weekStart + 7) % 7;
  return Array.from({ length: 7 }, (_, index) => addDays(date, index - back));
}

/** The whole weeks that the page of a month shows. */
export function monthPage(date: string, weekStart: number): string[] {
  const first = `${date.slice(0, 7)}-01`;
  const [start = first] = weekOf(first, weekStart);
  const days: string[] = [];
  for (let day = start; days.length % 7 !== 0 || day.slice(0, 7) <= date.slice(0, 7); day = addDays(day, 1)) {
    days.push(day);
  }
  return days;
}

/** Turning a page of the book. In a month without such a day it is its last. */
export function turned(date: string, view: BookViewName, pages: number): string {
  if (view === 'week') return addDays(date, 7 * pages);
  if (view !== 'month') return addDays(date, pages);
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  const lastDay = new Date(Date.UTC(year, month + pages, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + pages, Math.min(day, lastDay))).toISOString().slice(0, 10);
}
