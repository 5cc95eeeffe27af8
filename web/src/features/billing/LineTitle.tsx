import { useTranslation } from 'react-i18next';
import type { InvoiceLine } from '@/api/types';
import { useFormat } from '@/lib/format-context';
import { surfaceLetters } from '@/lib/surfaces';
import { Code } from '@/ui/texts';
import classes from './billing.module.css';

/** What was done, and where; `tooth` is left out where the line has a field for it. */
export function LineTitle({ line, tooth = true }: { line: InvoiceLine; tooth?: boolean }) {
  const { t } = useTranslation('billing');
  const { pick } = useFormat();
  const letters = line.tooth ? surfaceLetters(line.surfaces, line.tooth) : '';
  return (
    <span className={classes.lineTitle}>
      <bdi>{pick(line.description_ar, line.description_en)}</bdi>
      {tooth && line.tooth && (
        <small className={classes.quiet}>
          {t('line.tooth')} <Code>{`${line.tooth} ${letters}`.trim()}</Code>
        </small>
      )}
      {!tooth && letters && (
        <small className={classes.quiet}>
          {t('line.surfaces')} <Code>{letters}</Code>
        </small>
      )}
      {line.visit_procedure_id && <small className={classes.quiet}>{t('line.fromVisit')}</small>}
    </span>
  );
}
