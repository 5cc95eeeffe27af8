import { useCallback, useState } from 'react';
import { createRoot } from 'react-dom/client';
import '../src/app/tokens.css';
import { Book } from '../src/features/scheduling/book/Book';
import {
  APPOINTMENT_STATUSES,
  type BookAppointment,
  type BookColumnData,
  type BookLabels,
  type BookTimes,
} from '../src/features/scheduling/book/types';

const query = new URLSearchParams(location.search);
const columnCount = Number(query.get('columns') ?? 12);
const appointmentCount = Number(query.get('appointments') ?? 60);

const columns: BookColumnData[] = Array.from({ length: columnCount }, (_, index) => ({
  id: `chair-${index}`,
  title: `Chair ${index + 1}`,
  subtitle: `Doctor ${(index % 4) + 1}`,
  workingHours: [[540, 1200]],
  blocks: [{ id: 'break', start: 780, end: 825, label: 'Break', kind: 'lunch' }],
  holds: index === 3 ? [{ id: 'kept', start: 840, end: 870, label: 'Nourhan' }] : [],
}));

const pad = (value: number) => String(value).padStart(2, '0');
const time = (minutes: number) => `${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`;
const times: BookTimes = { time, short: time, range: (start, end) => `${time(start)}–${time(end)}` };

const labels: BookLabels = {
  region: 'Appointment book',
  keyboardHelp: '',
  alert: 'Medical alert',
  overbooked: 'Overbooked',
  now: 'Now',
  utilisation: (percent) => `${percent} %`,
  columnSummary: (title, subtitle, count) => `${title} ${subtitle} ${count}`,
  status: {
    scheduled: 'Scheduled',
    confirmed: 'Confirmed',
    arrived: 'Arrived',
    in_chair: 'In chair',
    completed: 'Done',
    checked_out: 'Checked out',
    no_show: 'No-show',
    cancelled: 'Cancelled',
    rescheduled: 'Rescheduled',
  },
  confirmation: {
    unconfirmed: 'Unconfirmed',
    reminder_sent: 'Reminder sent',
    left_message: 'Left a message',
    confirmed: 'Confirmed',
    declined: 'Declined',
  },
  asap: 'would come earlier',
  walkIn: 'walk-in',
  lateCancelled: 'cancelled late',
  token: (number) => `number ${number}`,
  block: {
    meeting: 'Meeting',
    lunch: 'Break',
    maintenance: 'Maintenance',
    emergency: 'Emergency',
    other: 'Blocked',
  },
  held: (by) => `Kept by ${by}`,
  free: (column, range) => `free: ${column}, ${range}`,
  waiting: (minutes) => `waiting ${minutes} minutes`,
  inChair: (minutes) => `in the chair for ${minutes} minutes`,
  stayLevel: { fine: '', amber: 'long', red: 'too long' },
  minutesShort: (minutes) => `${minutes} min`,
  placed: (column, range) => `${column}, ${range}`,
  clash: 'taken',
};

const LENGTHS = [30, 45, 60, 20];
const TYPE_COLOURS = ['#0068a8', '#b87400', '#7a4fbf', '#00755a'];

/** Even over the columns; when a column is full its appointments overlap and share lanes. */
function dayOf(count: number): BookAppointment[] {
  const perColumn = Math.ceil(count / columnCount);
  return Array.from({ length: count }, (_, index) => {
    const place = Math.floor(index / columnCount);
    const start = 480 + Math.floor((place * 720) / perColumn / 5) * 5;
    return {
      id: `appointment-${index}`,
      columnId: `chair-${index % columnCount}`,
      keeps: null,
      start,
      end: start + (LENGTHS[index % LENGTHS.length] ?? 30),
      patientName: `Patient number ${index + 1}`,
      reason: 'Tooth 16',
      typeName: 'Composite filling',
      typeColour: TYPE_COLOURS[index % TYPE_COLOURS.length],
      pattern: index % 3 === 0 ? 'DDAAAADD' : '',
      status: APPOINTMENT_STATUSES[index % APPOINTMENT_STATUSES.length],
      confirmation: 'unconfirmed',
      alerts: index % 9 === 0,
      stayMinutes: index % 5 === 0 ? 12 + index : undefined,
      stayLevel: index % 2 === 0 ? 'amber' : 'red',
      overbooked: index % 17 === 0,
      asap: index % 11 === 0,
      walkIn: index % 13 === 0,
      lateCancelled: false,
      token: index % 13 === 0 ? index : null,
      version: 1,
    } as BookAppointment;
  });
}

function BenchPage() {
  const [appointments, setAppointments] = useState(() => dayOf(appointmentCount));
  const move = useCallback(async (id: string, columnId: string, start: number, end: number) => {
    setAppointments((before) =>
      before.map((item) =>
        item.id === id ? { ...item, columnId, start, end, version: item.version + 1 } : item,
      ),
    );
  }, []);
  const nothing = useCallback(() => {}, []);
  return (
    <Book
      columns={columns}
      appointments={appointments}
      dayStart={420}
      dayEnd={1260}
      now={680}
      slotMinutes={15}
      pixelsPerMinute={1.6}
      openAt={480}
      times={times}
      labels={labels}
      onMove={move}
      onCreate={nothing}
      onOpen={nothing}
      onStatusMenu={nothing}
    />
  );
}

const root = document.getElementById('root');
if (root) {
  if (query.get('theme') === 'dark') document.documentElement.dataset.mantineColorScheme = 'dark';
  if (query.get('dir') === 'rtl') document.documentElement.dir = 'rtl';
  performance.mark('book:start');
  createRoot(root).render(<BenchPage />);
  // Two frames: the first is being laid out and painted when the second begins.
  requestAnimationFrame(() => requestAnimationFrame(() => performance.measure('book:ready', 'book:start')));
}
