import {
  IconAlertTriangleFilled,
  IconBabyCarriage,
  IconDroplet,
  IconHeartbeat,
  IconNote,
  IconPill,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/lib/format-context';
import classes from './AlertChips.module.css';

export interface AlertChip {
  kind: string;
  /** What the alert comes from, where the kind alone does not tell. */
  source?: string;
  severity: string;
  text: string;
  text_ar?: string | null;
  text_en?: string | null;
}

function glyphOf(alert: AlertChip) {
  if (alert.source === 'pregnancy') return IconBabyCarriage;
  if (alert.source === 'anticoagulant') return IconDroplet;
  if (alert.kind === 'allergy') return IconAlertTriangleFilled;
  if (alert.kind === 'medication') return IconPill;
  if (alert.kind === 'note') return IconNote;
  return IconHeartbeat;
}

interface AlertChipsProps {
  alerts: readonly AlertChip[];
  allergyStatus?: 'not_asked' | 'none_known' | 'recorded';
}

/** The patient's alert row: red and amber, each with icon and words. 'Not asked' is never shown as 'none'. */
export function AlertChips({ alerts, allergyStatus }: AlertChipsProps) {
  const { t } = useTranslation();
  const { pick } = useFormat();
  return (
    <ul className={classes.row} aria-label={t('alert.label')}>
      {alerts.map((alert) => {
        const Glyph = glyphOf(alert);
        const words = pick(alert.text_ar, alert.text_en) || alert.text;
        return (
          <li key={`${alert.kind}:${words}`} className={classes.chip} data-severity={alert.severity}>
            <Glyph size={15} aria-hidden />
            <bdi>{words}</bdi>
          </li>
        );
      })}
      {allergyStatus === 'not_asked' && (
        <li className={classes.chip} data-severity="amber">
          <IconAlertTriangleFilled size={15} aria-hidden />
          {t('alert.allergyNotAsked')}
        </li>
      )}
      {allergyStatus === 'none_known' && (
        <li className={classes.chip} data-severity="none">
          {t('alert.allergyNone')}
        </li>
      )}
    </ul>
  );
}
