import { readFileSync } from 'node:fs';
import ICAL from 'ical.js';
import ical from 'node-ical';
import { expect, test } from 'vitest';

/** Written by the product: a test of the server asserts that it writes exactly this. */
const feed = readFileSync(new URL('./sample.ics', import.meta.url), 'utf8');

const EXPECTED = [
  {
    uid: '00000000-0000-0000-0000-000000000001@dentpro',
    summary: 'كشف; check-up, first',
    starts: '2026-04-23T08:00:00.000Z',
    ends: '2026-04-23T08:30:00.000Z',
    sequence: 3,
    status: 'CONFIRMED',
  },
  {
    uid: '00000000-0000-0000-0000-000000000002@dentpro',
    summary: 'متابعة حشو العصب والتاج مع مراجعة الأشعة قبل التركيب النهائي للحالة',
    starts: '2026-04-26T08:00:00.000Z',
    ends: '2026-04-26T08:45:00.000Z',
    sequence: 3,
    status: 'TENTATIVE',
  },
  {
    uid: '00000000-0000-0000-0000-000000000003@dentpro',
    summary: 'كشف; check-up, first',
    starts: '2026-10-30T09:00:00.000Z',
    ends: '2026-10-30T10:00:00.000Z',
    sequence: 4,
    status: 'CANCELLED',
  },
];

test('ical.js reads the feed by the zone that is in it', () => {
  const calendar = new ICAL.Component(ICAL.parse(feed));
  const zones = calendar.getAllSubcomponents('vtimezone');
  expect(zones).toHaveLength(1);
  const zone = new ICAL.Timezone(zones[0]);
  const read = calendar.getAllSubcomponents('vevent').map((component) => {
    const event = new ICAL.Event(component);
    const instant = (time: ICAL.Time) => {
      time.zone = zone;
      return new Date(time.toUnixTime() * 1000).toISOString();
    };
    return {
      uid: event.uid,
      summary: event.summary,
      starts: instant(event.startDate),
      ends: instant(event.endDate),
      sequence: event.sequence,
      status: component.getFirstPropertyValue('status'),
    };
  });
  expect(read).toEqual(EXPECTED);
});

test('node-ical reads the same', () => {
  const read = Object.values(ical.sync.parseICS(feed))
    .filter((entry) => entry?.type === 'VEVENT')
    .map((event) => ({
      uid: event.uid,
      summary: event.summary,
      starts: event.start.toISOString(),
      ends: event.end?.toISOString(),
      sequence: Number(event.sequence),
      status: event.status,
    }));
  expect(read).toEqual(EXPECTED);
});
