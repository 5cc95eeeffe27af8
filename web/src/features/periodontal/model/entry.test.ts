import { describe, expect, test } from 'vitest';
import type { PerioSiteChange } from '@/api/types';
import { type Entry, type Ground, type Key, readKey, typed } from './entry';
import { entryPath, neighbour, PATHS } from './entryPath';
import { type Place, placesOf, sitesOf } from './sites';

const everyTooth = () => true;
const ground = (missing: string[] = []): Ground => {
  const isThere = (tooth: string) => !missing.includes(tooth);
  return { path: entryPath('arches', isThere), isThere, hasSign: () => false };
};
const event = (key: string, code = '', shiftKey = false) => ({
  key,
  code,
  shiftKey,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
});

/** Types keys as a person does and tells what was written. */
function type(keys: string, over = ground()) {
  const first = over.path[0] as Place;
  let entry: Entry = { mode: 'depth', at: first, last: null, ten: false, minus: false };
  const written: [string, PerioSiteChange][] = [];
  for (const key of keys) {
    const code = /\d/.test(key) ? `Digit${key}` : key === '<' ? '' : `Key${key.toUpperCase()}`;
    const read = readKey(event(key === '<' ? 'Backspace' : key, code)) as Key;
    const outcome = typed(entry, read, over);
    entry = outcome.entry;
    if (outcome.write) {
      written.push([`${outcome.write.place.tooth}${outcome.write.place.site}`, outcome.write.change]);
    }
  }
  return { entry, written };
}

describe('the path', () => {
  test.each(PATHS)('%s passes every site of every tooth once', (name) => {
    const path = entryPath(name, everyTooth);
    expect(path).toHaveLength(192);
    expect(new Set(path.map(({ tooth, site }) => tooth + site)).size).toBe(192);
  });

  test('it runs there along the cheek and back along the palate', () => {
    const path = entryPath('arches', everyTooth);
    const at = (index: number) => `${path[index]?.tooth}${path[index]?.site}`;
    expect([at(0), at(1), at(2), at(47), at(48), at(95)]).toEqual([
      '18DB',
      '18B',
      '18MB',
      '28DB',
      '28DL',
      '18DL',
    ]);
    expect([at(96), at(143), at(144), at(191)]).toEqual(['48DL', '38DL', '38DB', '48DB']);
  });

  test('missing teeth are passed over', () => {
    const path = entryPath('arches', (tooth) => tooth !== '18' && tooth !== '36');
    expect(path).toHaveLength(180);
    expect(path[0]).toEqual({ tooth: '17', site: 'DB' });
  });

  test('sites are laid out as the viewer sees them', () => {
    expect(sitesOf('16', 'upper_outer')).toEqual(['DB', 'B', 'MB']);
    expect(sitesOf('26', 'upper_outer')).toEqual(['MB', 'B', 'DB']);
    expect(placesOf('upper_outer')[24]).toEqual({ tooth: '21', site: 'MB' });
  });

  test('arrows go where they point, in every language', () => {
    const from = { tooth: '11', site: 'MB' } as const;
    expect(neighbour(from, 'right', everyTooth)).toEqual({ tooth: '21', site: 'MB' });
    expect(neighbour(from, 'left', everyTooth)).toEqual({ tooth: '11', site: 'B' });
    expect(neighbour(from, 'down', everyTooth)).toEqual({ tooth: '11', site: 'ML' });
    expect(neighbour(from, 'up', everyTooth)).toEqual(from);
    expect(neighbour(from, 'right', (tooth) => tooth !== '21')).toEqual({ tooth: '22', site: 'MB' });
    expect(neighbour({ tooth: '11', site: 'L' }, 'down', everyTooth)).toEqual({ tooth: '41', site: 'L' });
  });
});

describe('typing', () => {
  test('triplets fill a tooth and go on to the next', () => {
    const { written, entry } = type('323214');
    expect(written.map(([place]) => place)).toEqual(['18DB', '18B', '18MB', '17DB', '17B', '17MB']);
    expect(written.map(([, change]) => change.depth)).toEqual([3, 2, 3, 2, 1, 4]);
    expect(entry.at).toEqual({ tooth: '16', site: 'DB' });
  });

  test('signs belong to the site that was just read', () => {
    expect(type('3b2sp').written).toEqual([
      ['18DB', { depth: 3 }],
      ['18DB', { bleeding: true }],
      ['18B', { depth: 2 }],
      ['18B', { suppuration: true }],
      ['18B', { plaque: true }],
    ]);
  });

  test('ten and more are typed with a plus or with Shift', () => {
    expect(type('+2').written).toEqual([['18DB', { depth: 12 }]]);
    expect(type('+9').written).toEqual([['18DB', { depth: 15 }]]);
    expect(readKey(event('%', 'Digit5', true))).toEqual({ kind: 'digit', value: 5, shifted: true });
  });

  test('a minus says the recession of the site that was just read', () => {
    const { written, entry } = type('3-23');
    expect(written).toEqual([
      ['18DB', { depth: 3 }],
      ['18DB', { margin: -2 }],
      ['18B', { depth: 3 }],
    ]);
    expect(entry.at.site).toBe('MB');
  });

  test('margins are typed in their own mode, receded ones with a minus', () => {
    expect(type('m1-20').written).toEqual([
      ['18DB', { margin: 1 }],
      ['18B', { margin: -2 }],
      ['18MB', { margin: 0 }],
    ]);
  });

  test('backspace goes back and clears, and takes a prefix back first', () => {
    expect(type('32<').written.at(-1)).toEqual(['18B', { depth: null }]);
    expect(type('32<').entry.at).toEqual({ tooth: '18', site: 'B' });
    expect(type('32<<4').written.at(-1)).toEqual(['18DB', { depth: 4 }]);
    expect(type('3+<2').written.at(-1)).toEqual(['18B', { depth: 2 }]);
  });

  test('192 keys fill 192 sites, and the last one can be taken back', () => {
    const { written, entry } = type('3'.repeat(192));
    expect(new Set(written.map(([place]) => place)).size).toBe(192);
    expect(entry.at).toEqual({ tooth: '48', site: 'DB' });
    expect(type(`${'3'.repeat(192)}<`).written.at(-1)).toEqual(['48DB', { depth: null }]);
  });

  test('a missing tooth takes no key', () => {
    expect(type('3', ground(['18', '17'])).written[0]?.[0]).toBe('16DB');
  });

  test('keys are read by their place, whatever the keyboard writes', () => {
    expect(readKey(event('لا', 'KeyB'))).toEqual({ kind: 'sign', sign: 'bleeding' });
    expect(readKey(event('٣', 'Digit3'))).toEqual({ kind: 'digit', value: 3 });
    expect(readKey(event('٣'))).toEqual({ kind: 'digit', value: 3 });
    expect(readKey(event('7', 'Numpad7'))).toEqual({ kind: 'digit', value: 7 });
    expect(readKey(event('7', 'Digit7', true))).toEqual({ kind: 'digit', value: 7 });
    expect(readKey(event('(', 'Digit5'))).toEqual({ kind: 'digit', value: 5, shifted: false });
    expect(readKey(event('Home', 'Numpad7'))).toEqual({ kind: 'first' });
    expect(readKey(event('Tab', 'Tab'))).toBeNull();
  });
});
