import { UnstyledButton } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconUsers } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { errorMessage } from '@/api/errors';
import { cleanPhone } from '@/i18n/fields';
import { toLatinDigits } from '@/lib/format';
import { useFormat } from '@/lib/format-context';
import { Code, DateText, Phone } from '@/ui/texts';
import { PatientAvatar } from './PatientAvatar';
import type { PatientValues } from './patientForm';
import classes from './patients.module.css';
import { type DuplicateSearch, duplicatesQuery } from './queries';
import { namesByScript, readNationalId } from './typedPerson';

const PAUSE_MS = 250;
const SHORTEST_NAME = 4;
const SHORTEST_PHONE = 7;
const SHOWN = 4;

/** What has been typed so far and is long enough to point at somebody; null when nothing is. */
function searchOf(values: PatientValues): DuplicateSearch | null {
  const names = namesByScript(values.name, values.other_name);
  const long = (text: string | null, least: number) => (text && text.length >= least ? text : null);
  const search = {
    name_ar: long(names.name_ar, SHORTEST_NAME),
    name_en: long(names.name_en, SHORTEST_NAME),
    phone: long(cleanPhone(values.phones[0]?.number ?? ''), SHORTEST_PHONE),
    birth_date: values.birth_date,
    // Half an id is refused by the server; only a whole one can be the same.
    national_id: readNationalId(values.national_id, 'EG')
      ? toLatinDigits(values.national_id).replace(/\D/g, '')
      : null,
  };
  return search.name_ar || search.name_en || search.phone || search.national_id ? search : null;
}

interface DuplicateListProps {
  values: PatientValues;
  onOpen: (patientId: string) => void;
}

/** Patients who are probably the one being typed, while typing. */
export function DuplicateList({ values, onOpen }: DuplicateListProps) {
  const { t } = useTranslation('patients');
  const { name } = useFormat();
  const typed = useMemo(() => searchOf(values), [values]);
  const [search] = useDebouncedValue(typed, PAUSE_MS);
  const found = useQuery({
    ...duplicatesQuery(
      search ?? { name_ar: null, name_en: null, phone: null, birth_date: null, national_id: null },
    ),
    enabled: search !== null,
  });
  const likely = typed && search ? (found.data ?? []).slice(0, SHOWN) : [];
  return (
    <div aria-live="polite">
      {found.error && typed && (
        <p className={classes.stale}>
          {t('duplicates.failed')} {errorMessage(found.error)}
        </p>
      )}
      {likely.length > 0 && (
        <section className={classes.duplicates} aria-label={t('duplicates.title')}>
          <h3>
            <IconUsers size={16} aria-hidden /> {t('duplicates.title')}
          </h3>
          <ul>
            {likely.map((patient) => (
              <li key={patient.id}>
                <PatientAvatar person={patient} />
                <div className={classes.duplicate}>
                  <bdi className={classes.strong}>{name(patient)}</bdi>
                  <span className={classes.meta}>
                    <Code>{patient.file_number}</Code>
                    {patient.phone && <Phone number={patient.phone} />}
                    {patient.birth_date && <DateText value={patient.birth_date} style="short" />}
                  </span>
                  <span className={classes.reasons}>
                    {patient.reasons.map((reason) => t(`duplicates.${reason}`)).join(t('listSeparator'))}
                  </span>
                </div>
                <UnstyledButton className={classes.instead} onClick={() => onOpen(patient.id)}>
                  {t('duplicates.openInstead')}
                </UnstyledButton>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}
