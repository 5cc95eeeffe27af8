import i18next from 'i18next';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { isDateOnly } from '@/lib/format';
import { useFormat } from '@/lib/format-context';
import { Code } from '@/ui/texts';
import { isEmpty } from './differences';
import { useAuditWords } from './useAuditWords';
import { useReferredName } from './useReferred';
import { isId, referredBy, shortId, VALUE_WORDS, valueKeys } from './valueWords';

const WEEK = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;

interface AuditValueProps {
  entity: string;
  column: string;
  value: unknown;
}

/** What stood in a column, as a reader of the log understands it. */
export function AuditValue({ entity, column, value }: AuditValueProps) {
  const { t } = useTranslation(VALUE_WORDS);
  const { column: columnWord } = useAuditWords();
  const { date, dateTime, time } = useFormat();
  if (isEmpty(value)) return t('common:state.none');
  if (typeof value === 'boolean') return t(value ? 'common:state.yes' : 'common:state.no');
  if (Array.isArray(value)) {
    return value.map((one, index) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: what was written does not move
      <Fragment key={index}>
        {index > 0 && (typeof one === 'object' ? <br /> : t('audit:comma'))}
        <AuditValue entity={entity} column={column} value={one} />
      </Fragment>
    ));
  }
  if (typeof value === 'object' && value !== null) {
    const parts = Object.entries(value).filter(([, one]) => !isEmpty(one) && one !== false);
    return parts.map(([name, one], index) => (
      <Fragment key={name}>
        {index > 0 && ' · '}
        {columnWord(name)}: <AuditValue entity={entity} column={name} value={one} />
      </Fragment>
    ));
  }
  if (isId(value) || (column === 'permission' && typeof value === 'string')) {
    return <Reference column={column} id={value} />;
  }
  if (typeof value === 'number') {
    const day = column === 'weekday' || column === 'weekdays' ? WEEK[value] : undefined;
    return day ? t(`clinic:day.${day}`) : <Code>{String(value)}</Code>;
  }
  const text = String(value);
  const key = valueKeys(entity, column, text).find((one) => i18next.exists(one));
  if (key) return i18next.t(key as 'audit:title');
  if (isDateOnly(text)) return date(text);
  if (/^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/.test(text)) return dateTime(text);
  if (/^\d\d:\d\d:\d\d$/.test(text)) return time(text);
  if (/^[+\d][\d .-]*$/.test(text) || /^[\da-f]{40,}$/.test(text)) return <Code>{text}</Code>;
  return <bdi>{text}</bdi>;
}

/** A person, a chair, a branch … by its name; else enough of its id to find it again. */
function Reference({ column, id }: { column: string; id: string }) {
  const { t } = useTranslation('audit');
  const name = useReferredName(referredBy(column), id);
  if (name) return <bdi>{name}</bdi>;
  if (!isId(id)) return <Code>{id}</Code>;
  return (
    <span title={id}>
      {t('record')} <Code>{shortId(id)}</Code>
    </span>
  );
}
