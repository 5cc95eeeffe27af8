import { ActionIcon } from '@mantine/core';
import { IconReceipt, IconTrash } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAction } from '@/api/action';
import { api } from '@/api/client';
import { errorMessage } from '@/api/errors';
import { useProcedureSearch } from '@/api/procedures';
import type { Procedure, Visit, VisitProcedure } from '@/api/types';
import { useFormat } from '@/lib/format-context';
import { Card } from '@/ui/Card';
import { useConfirm } from '@/ui/confirm';
import { Place } from '@/ui/Place';
import { TermSearch } from '@/ui/TermSearch';
import { Code, MoneyText } from '@/ui/texts';
import { toast } from '@/ui/toast';
import { ProcedureForm } from './ProcedureForm';
import type { ChosenPlace } from './place';
import { refreshVisit } from './queries';
import type { VisitRights } from './useVisitRights';
import classes from './visit.module.css';

interface ProceduresCardProps {
  visit: Visit;
  rights: VisitRights;
  place: ChosenPlace;
}

/** The work done in this visit; what is recorded here goes on the chart and can be invoiced. */
export function ProceduresCard({ visit, rights, place }: ProceduresCardProps) {
  const { t } = useTranslation('records');
  const { name } = useFormat();
  const [adding, setAdding] = useState<Procedure | null>(null);
  return (
    <Card title={t('procedures.title')}>
      {visit.procedures.length === 0 && <p className={classes.empty}>{t('procedures.empty')}</p>}
      <ul className={classes.list} data-struck={visit.status === 'entered_in_error' || undefined}>
        {visit.procedures.map((procedure) => (
          <ProcedureRow key={procedure.id} visit={visit} procedure={procedure} rights={rights} />
        ))}
      </ul>
      {rights.writes &&
        (adding ? (
          <ProcedureForm
            key={adding.id}
            visit={visit}
            procedure={adding}
            place={place}
            rights={rights}
            onDone={() => setAdding(null)}
          />
        ) : (
          <TermSearch<Procedure>
            label={t('procedures.search')}
            useFound={useProcedureSearch}
            keyOf={({ id }) => id}
            option={(item) => ({
              name: name(item),
              code: item.code,
              aside: item.price && <MoneyText money={item.price} />,
            })}
            errorText={errorMessage}
            onPick={setAdding}
            none={(query) => t('procedures.none', { query })}
          />
        ))}
    </Card>
  );
}

function ProcedureRow(props: { visit: Visit; procedure: VisitProcedure; rights: VisitRights }) {
  const { visit, procedure, rights } = props;
  const { t } = useTranslation('records');
  const { name, number } = useFormat();
  const client = useQueryClient();
  const confirm = useConfirm();
  const remove = useAction(
    (_: undefined, act) => api.delete(`/visits/${visit.id}/procedures/${procedure.id}`, act),
    {
      onSuccess: () => {
        toast.done(t('procedures.removed'));
        return refreshVisit(client, visit);
      },
      onError: (error) => toast.failed(errorMessage(error)),
    },
  );
  const ask = async () => {
    const yes = await confirm({
      title: t('procedures.removeTitle'),
      body: t(procedure.chart_event_id ? 'procedures.removeBodyChart' : 'procedures.removeBody', {
        what: name(procedure),
      }),
      confirmLabel: t('procedures.removeConfirm'),
      danger: true,
    });
    if (yes) remove.mutate(undefined);
  };
  return (
    <li className={classes.row}>
      <div className={classes.rowText}>
        <bdi className={classes.rowTitle}>{name(procedure)}</bdi>
        <span className={classes.rowMeta}>
          {procedure.tooth && <Place tooth={procedure.tooth} surfaces={procedure.surfaces} />}
          <Code>{procedure.code}</Code>
          {procedure.quantity > 1 && <bdi>× {number(procedure.quantity)}</bdi>}
          {procedure.invoice_id && <Invoiced invoiceId={procedure.invoice_id} reads={rights.seesPrices} />}
        </span>
        {procedure.note && (
          <p className={classes.rowNote} dir="auto">
            {procedure.note}
          </p>
        )}
      </div>
      {procedure.unit_price && (
        <span className={classes.price}>
          <MoneyText money={procedure.unit_price} />
        </span>
      )}
      {rights.writes && (
        <ActionIcon
          variant="subtle"
          color="gray"
          loading={remove.isPending}
          disabled={Boolean(procedure.invoice_id)}
          title={procedure.invoice_id ? t('procedures.invoicedStays') : undefined}
          aria-label={t('procedures.remove', { what: name(procedure) })}
          onClick={() => void ask()}
        >
          <IconTrash size={17} />
        </ActionIcon>
      )}
    </li>
  );
}

function Invoiced({ invoiceId, reads }: { invoiceId: string; reads: boolean }) {
  const { t } = useTranslation('records');
  const words = (
    <>
      <IconReceipt size={14} aria-hidden /> {t('procedures.invoiced')}
    </>
  );
  if (!reads) return <span className={classes.invoiced}>{words}</span>;
  return (
    <Link to="/invoices/$invoiceId" params={{ invoiceId }} className={classes.invoiced}>
      {words}
    </Link>
  );
}
