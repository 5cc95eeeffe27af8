import i18next from 'i18next';
import { useTranslation } from 'react-i18next';

/** Words for what the log calls by its code; what has none keeps its code, readable. */
export function useAuditWords() {
  const { t } = useTranslation('audit');
  const word = (group: 'act' | 'thing' | 'column', code: string) => {
    const key = `audit:${group}.${code}`;
    return i18next.exists(key) ? i18next.t(key as 'audit:title') : code.replaceAll('_', ' ');
  };
  return {
    t,
    act: (code: string) => word('act', code),
    thing: (code: string) => word('thing', code),
    column: (code: string) => word('column', code),
  };
}
