import { expect, test } from 'vitest';
import { bestMatches } from './bestMatches';

const found = (typed: string, labels: string[]) => bestMatches(labels, typed, (label) => [label]);

test('what is just that comes before what begins with it, and that before what holds it', () => {
  expect(found('mona', ['Dr. Simona', 'Dr. Mona Ali', 'Mona Ali', 'mona', 'Omar'])).toEqual([
    'mona',
    'Mona Ali',
    'Dr. Mona Ali',
    'Dr. Simona',
  ]);
});

test('Arabic is found however its letters are written', () => {
  expect(found('احمد', ['د. أحمد علي', 'د. سارة'])).toEqual(['د. أحمد علي']);
  expect(found('ساره', ['د. أحمد علي', 'د. سارة'])).toEqual(['د. سارة']);
  expect(found('zzz', ['د. سارة'])).toEqual([]);
});
