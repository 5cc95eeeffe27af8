import { Button } from '@mantine/core';
import { IconBackspace } from '@tabler/icons-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { SIGNS } from './model/changes';
import type { Entry, Key } from './model/entry';
import css from './periodontal.module.css';
import { SignMark } from './SignMarks';

const DIGITS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 0] as const;

interface KeyPadProps extends Pick<Entry, 'ten' | 'minus'> {
  onKey: (key: Key) => void;
}

/** The same keys for a finger. */
export const KeyPad = memo(function KeyPad({ ten, minus, onKey }: KeyPadProps) {
  const { t } = useTranslation('periodontal');
  return (
    <fieldset className={`${css.keypad} no-print`} dir="ltr">
      <legend className={css.hiddenLegend}>{t('pad.label')}</legend>
      {DIGITS.map((value) => (
        <Button key={value} variant="default" onClick={() => onKey({ kind: 'digit', value })}>
          {value}
        </Button>
      ))}
      <Button
        variant={ten ? 'filled' : 'default'}
        aria-pressed={ten}
        aria-label={t('keys.ten')}
        onClick={() => onKey({ kind: 'ten' })}
      >
        10+
      </Button>
      <Button
        variant={minus ? 'filled' : 'default'}
        aria-pressed={minus}
        aria-label={t('keys.minus')}
        onClick={() => onKey({ kind: 'minus' })}
      >
        −
      </Button>
      {SIGNS.map((sign) => (
        <Button
          key={sign}
          variant="default"
          aria-label={t(`sign.${sign}`)}
          title={t(`sign.${sign}`)}
          onClick={() => onKey({ kind: 'sign', sign })}
        >
          <SignMark sign={sign} />
        </Button>
      ))}
      <Button variant="default" aria-label={t('keys.back')} onClick={() => onKey({ kind: 'back' })}>
        <IconBackspace size={18} />
      </Button>
      <Button variant="default" aria-label={t('keys.advance')} onClick={() => onKey({ kind: 'advance' })}>
        ⇥
      </Button>
    </fieldset>
  );
});
