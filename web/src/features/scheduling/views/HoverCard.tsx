import { Portal } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type CSSProperties, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorMessage } from '@/api/errors';
import type { Appointment } from '@/api/types';
import { useFormat } from '@/lib/format-context';
import { AlertChips } from '@/ui/AlertChips';
import { Code, DateText, MoneyText, Phone } from '@/ui/texts';
import type { ElementBox } from '../book/types';
import { patientHeaderQuery } from '../queries';
import classes from './hover.module.css';

const GAP = 8;

interface HoverCardProps {
  appointment: Appointment;
  /** The card it stands beside. */
  anchor: ElementBox;
}

/** Who it is that comes: what a glance has to tell before anyone opens the appointment. */
export function HoverCard({ appointment, anchor }: HoverCardProps) {
  const { t } = useTranslation('scheduling');
  const { name: nameOf } = useFormat();
  const { data, error } = useQuery(patientHeaderQuery(appointment.patient_id));
  const panel = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState<CSSProperties>({ visibility: 'hidden' });
  const settled = data !== undefined || error !== null;

  // Beside the card where there is room, whatever the direction of writing; placed again when the answer is in.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the answer changes the panel's height
  useLayoutEffect(() => {
    const box = panel.current?.getBoundingClientRect();
    if (!box) return;
    const right = anchor.x + anchor.width + GAP;
    const left = right + box.width < window.innerWidth ? right : Math.max(GAP, anchor.x - GAP - box.width);
    const top = Math.max(GAP, Math.min(anchor.y, window.innerHeight - box.height - GAP));
    setPlace({ left, top });
  }, [anchor, settled]);

  return (
    <Portal>
      <div ref={panel} className={classes.card} style={place} aria-hidden="true">
        <p className={classes.name}>
          <bdi>{nameOf(appointment.patient)}</bdi> <Code>{appointment.patient.file_number}</Code>
        </p>
        {data && (
          <>
            <AlertChips alerts={data.alerts} allergyStatus={data.allergy_status} />
            <dl className={classes.facts}>
              <dt>{t('appointment.phone')}</dt>
              <dd>
                <Phone number={appointment.patient.phone} />
              </dd>
              {data.balance && (
                <>
                  <dt>{t('hover.balance')}</dt>
                  <dd>
                    <MoneyText money={data.balance} debt />
                  </dd>
                </>
              )}
              <dt>{t('hover.lastVisit')}</dt>
              <dd>{data.last_visit_at ? <DateText value={data.last_visit_at} /> : t('hover.firstVisit')}</dd>
            </dl>
          </>
        )}
        {error && <p className={classes.fault}>{errorMessage(error)}</p>}
        {!settled && <p className={classes.waiting}>…</p>}
        {appointment.note && (
          <p className={classes.note} dir="auto">
            {appointment.note}
          </p>
        )}
      </div>
    </Portal>
  );
}
