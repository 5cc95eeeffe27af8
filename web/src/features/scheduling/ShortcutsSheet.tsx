import { Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { KeyHint } from '@/ui/KeyHint';
import classes from './shortcuts.module.css';

const SECTIONS = [
  {
    title: 'page',
    keys: [
      [['N'], 'new'],
      [['B'], 'block'],
      [['T'], 'today'],
      [['Shift', '←'], 'turn'],
      [['D'], 'day'],
      [['W'], 'week'],
      [['M'], 'month'],
      [['A'], 'agenda'],
      [['+'], 'zoom'],
      [['/'], 'search'],
      [['?'], 'help'],
    ],
  },
  {
    title: 'book',
    keys: [
      [['↑', '↓', '←', '→'], 'walk'],
      [['Ctrl', '↓'], 'jump'],
      [['Enter'], 'open'],
      [['S'], 'status'],
      [['Alt', '↓'], 'move'],
      [['Alt', 'Shift', '↓'], 'resize'],
      [['Esc'], 'back'],
    ],
  },
] as const;

/** Every key of the book on one sheet. */
export function ShortcutsSheet({ onClose }: { onClose(): void }) {
  const { t } = useTranslation('scheduling');
  return (
    <Modal opened onClose={onClose} title={t('toolbar.shortcuts')} size={680}>
      <div className={classes.sheet}>
        {SECTIONS.map(({ title, keys }) => (
          <section key={title}>
            <h3>{t(`shortcuts.${title}`)}</h3>
            <dl>
              {keys.map(([combination, words]) => (
                <div key={words}>
                  <dt>
                    <KeyHint keys={combination} />
                  </dt>
                  <dd>{t(`shortcuts.${words}`)}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  );
}
