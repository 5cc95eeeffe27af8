import { Kbd } from '@mantine/core';

/** Keys as written on the keyboard: `<KeyHint keys={['Ctrl', 'K']} />`. */
export function KeyHint({ keys }: { keys: readonly string[] }) {
  return (
    <Kbd size="xs" dir="ltr" className="no-print">
      {keys.join(' ')}
    </Kbd>
  );
}
