import { useQuery } from '@tanstack/react-query';
import type { CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import { errorMessage } from '@/api/errors';
import type { AppointmentType } from '@/api/types';
import { useFormat } from '@/lib/format-context';
import { TypedSelect } from '@/ui/TypedSelect';
import classes from './appointment.module.css';
import { patternStrip } from './book/pattern';
import { typesQuery } from './queries';

interface TypeSelectProps {
  value: string | null;
  /** The length of the appointment, which the type suggests. */
  minutes: number;
  pattern: string;
  error?: string | undefined;
  onChange(type: AppointmentType | null): void;
}

/** What the appointment is for; its length and whose time it takes follow. */
export function TypeSelect({ value, minutes, pattern, error, onChange }: TypeSelectProps) {
  const { t } = useTranslation('scheduling');
  const { name: nameOf, minutes: minutesText } = useFormat();
  const types = useQuery(typesQuery);
  const offered = types.data?.filter((type) => type.active || type.id === value) ?? [];
  const chosen = offered.find(({ id }) => id === value);
  const strip = pattern.length * 5 === minutes ? patternStrip(pattern, 'to right') : null;
  const doctorMinutes = [...pattern].filter((letter) => letter === 'D').length * 5;
  return (
    <div>
      <TypedSelect
        label={t('form.type')}
        placeholder={t('form.noType')}
        data={offered.map((type) => ({
          value: type.id,
          label: `${nameOf(type)} · ${minutesText(type.minutes)}`,
        }))}
        value={value}
        onChange={(id) => onChange(offered.find((type) => type.id === id) ?? null)}
        leftSection={chosen && <TypeDot colour={chosen.colour} />}
        renderOption={({ option }) => (
          <span className={classes.option}>
            <TypeDot colour={offered.find(({ id }) => id === option.value)?.colour ?? 'transparent'} />
            <bdi>{option.label}</bdi>
          </span>
        )}
        error={error ?? (types.error ? `${t('form.typesFailed')} ${errorMessage(types.error)}` : undefined)}
        clearable
      />
      {strip && (
        <div className={classes.pattern}>
          <span style={{ backgroundImage: strip }} className={classes.patternStrip} />
          <small>{t('form.doctorMinutes', { minutes: minutesText(doctorMinutes) })}</small>
        </div>
      )}
    </div>
  );
}

export function TypeDot({ colour }: { colour: string }) {
  return <span className={classes.typeDot} style={{ '--type': colour } as CSSProperties} />;
}
