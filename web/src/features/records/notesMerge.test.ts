import { describe, expect, it } from 'vitest';
import { mergeNotes, type Notes } from './notesMerge';

const notes = (change: Partial<Notes> = {}): Notes => ({
  subjective: 'pain',
  objective: '',
  assessment: '',
  plan: '',
  ...change,
});

describe('two people writing one note', () => {
  it('keeps both when they wrote in different parts', () => {
    const merged = mergeNotes(notes(), notes({ plan: 'filling' }), notes({ objective: 'cavity' }));
    expect(merged).toEqual(notes({ plan: 'filling', objective: 'cavity' }));
  });

  it('keeps mine when the other only changed something beside the note', () => {
    expect(mergeNotes(notes(), notes({ plan: 'filling' }), notes())).toEqual(notes({ plan: 'filling' }));
  });

  it('asks when both rewrote the same part', () => {
    expect(mergeNotes(notes(), notes({ plan: 'filling' }), notes({ plan: 'crown' }))).toBeNull();
  });

  it('does not ask when both wrote the same', () => {
    expect(mergeNotes(notes(), notes({ plan: 'crown' }), notes({ plan: 'crown' }))).toEqual(
      notes({ plan: 'crown' }),
    );
  });
});
