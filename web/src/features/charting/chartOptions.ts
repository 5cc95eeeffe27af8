import { useLocalStorage } from '@mantine/hooks';
import { NUMBERINGS, type Numbering } from '@/lib/anatomy/numbering';

/** How this reader wants teeth numbered; a habit of the person, kept in the browser. */
export function useNumbering() {
  return useLocalStorage<Numbering>({
    key: 'dentpro.numbering',
    defaultValue: 'fdi',
    getInitialValueInEffect: false,
    deserialize: (stored) => NUMBERINGS.find((numbering) => numbering === stored) ?? 'fdi',
    serialize: (numbering) => numbering,
  });
}
