import { ActionIcon, Select } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { errorMessage } from '@/api/errors';
import { useSession } from '@/api/session';
import type { Invoice, InvoiceLine, TaxCode } from '@/api/types';
import { isZeroMoney, parseAmount, toLatinDigits } from '@/lib/format';
import { useCan } from '@/lib/permissions';
import { isTooth } from '@/lib/teeth';
import { Card } from '@/ui/Card';
import { type Column, DataTable } from '@/ui/DataTable';
import { EmptyState } from '@/ui/EmptyState';
import { MoneyText } from '@/ui/texts';
import { toast } from '@/ui/toast';
import classes from './billing.module.css';
import { EditableCell } from './EditableCell';
import { LineTitle } from './LineTitle';
import { ProcedureSearch } from './ProcedureSearch';
import type { DraftInvoice } from './useDraftInvoice';

const TAX_CODES: readonly TaxCode[] = ['exempt', 'zero', 'standard'];
const MOST_PIECES = 999;

function parseQuantity(typed: string): string | null {
  const digits = toLatinDigits(typed).trim();
  const count = Number(digits);
  return /^\d{1,3}$/.test(digits) && count >= 1 && count <= MOST_PIECES ? String(count) : null;
}

/** A tooth can be named or changed; one that is named cannot be left out again. */
function parseTooth(typed: string, before: string): string | null {
  const code = toLatinDigits(typed).trim();
  return code === before || isTooth(code) ? code : null;
}

export function DraftLines({ invoice, draft }: { invoice: Invoice; draft: DraftInvoice }) {
  const { t } = useTranslation('billing');
  const can = useCan();
  const columns = useLineColumns(draft, can('billing.write'), invoice.lines.length);
  const failed = (error: unknown) => toast.failed(errorMessage(error));
  return (
    <Card flush title={t('lines')}>
      <DataTable
        label={t('lines')}
        columns={columns}
        items={invoice.lines}
        rowKey={({ id }) => id}
        empty={<EmptyState title={t('draft.empty')} hint={t('draft.emptyHint')} />}
      />
      {can('billing.write') && (
        <div className={classes.addLine}>
          <ProcedureSearch
            busy={draft.saving}
            onPick={(procedure) => void draft.addLine(procedure).catch(failed)}
          />
        </div>
      )}
    </Card>
  );
}

function useLineColumns(draft: DraftInvoice, writes: boolean, lineCount: number): Column<InvoiceLine>[] {
  const { t } = useTranslation(['billing', 'common']);
  const { clinic } = useSession();
  const can = useCan();
  const readOnly = writes ? undefined : t('draft.notAllowed');
  const priceReason = readOnly ?? (can('billing.discount') ? undefined : t('draft.noDiscount'));
  const money = (amount: string) => ({ amount, currency: clinic.currency });
  const amount = (typed: string) => parseAmount(typed, clinic.currency_exponent);
  const fromVisit = (line: InvoiceLine) => (line.visit_procedure_id ? t('line.asInVisit') : undefined);
  // An invoice without lines does not exist: the draft as a whole can be deleted.
  const keepReason = readOnly ?? (lineCount === 1 ? t('line.last') : undefined);
  const shared = { onRevert: draft.forgetFailure };
  const failed = (error: unknown) => toast.failed(errorMessage(error));
  return [
    {
      id: 'what',
      header: t('line.what'),
      phone: 'title',
      width: '32%',
      cell: (line) => <LineTitle line={line} tooth={false} />,
    },
    {
      id: 'tooth',
      header: t('line.tooth'),
      cell: (line) => (
        <EditableCell
          {...shared}
          label={t('line.tooth')}
          value={line.tooth ?? ''}
          parse={(typed) => parseTooth(typed, line.tooth ?? '')}
          wrong={t('line.notATooth')}
          disabledReason={readOnly ?? fromVisit(line)}
          onCommit={(tooth) => draft.setLine(line.id, { tooth })}
          inputMode="numeric"
          size="short"
        />
      ),
    },
    {
      id: 'quantity',
      header: t('line.quantity'),
      cell: (line) => (
        <EditableCell
          {...shared}
          label={t('line.quantity')}
          value={String(line.quantity)}
          parse={parseQuantity}
          wrong={t('line.quantityWrong')}
          disabledReason={readOnly ?? fromVisit(line)}
          onCommit={(quantity) => draft.setLine(line.id, { quantity: Number(quantity) })}
          inputMode="numeric"
          size="short"
        />
      ),
    },
    {
      id: 'price',
      header: t('line.price'),
      cell: (line) => (
        <EditableCell
          {...shared}
          label={t('line.price')}
          value={line.unit_price.amount}
          parse={amount}
          wrong={t('common:field.amount')}
          disabledReason={priceReason}
          onCommit={(price) => draft.setLine(line.id, { unit_price: money(price) })}
          inputMode="decimal"
          size="long"
        />
      ),
    },
    {
      id: 'discount',
      header: t('line.discount'),
      cell: (line) => (
        <EditableCell
          {...shared}
          label={t('line.discount')}
          value={line.discount.amount}
          parse={amount}
          wrong={t('common:field.amount')}
          disabledReason={priceReason}
          onCommit={(discount) => draft.setLine(line.id, { discount: money(discount) })}
          inputMode="decimal"
          size="long"
        />
      ),
    },
    {
      id: 'tax',
      header: t('line.tax'),
      cell: (line) => (
        <span className={classes.taxCell}>
          <Select
            aria-label={t('line.tax')}
            data={TAX_CODES.map((value) => ({ value, label: t(`tax.${value}`) }))}
            value={line.tax_code}
            allowDeselect={false}
            disabled={!writes}
            title={readOnly}
            size="sm"
            className={classes.taxSelect}
            onChange={(chosen) => {
              const tax_code = TAX_CODES.find((one) => one === chosen);
              if (tax_code) void draft.setLine(line.id, { tax_code }).catch(failed);
            }}
          />
          {!isZeroMoney(line.tax) && (
            <small className={classes.quiet}>
              <MoneyText money={line.tax} />
            </small>
          )}
        </span>
      ),
    },
    {
      id: 'total',
      header: t('line.total'),
      align: 'end',
      cell: (line) => (
        <span className={classes.lineTotal} data-stale={draft.saving || undefined}>
          <MoneyText money={line.total} />
        </span>
      ),
    },
    {
      id: 'remove',
      header: '',
      align: 'end',
      cell: (line) => (
        <ActionIcon
          variant="subtle"
          color="gray"
          disabled={keepReason !== undefined}
          aria-label={t('line.remove')}
          title={keepReason ?? t('line.remove')}
          onClick={() => void draft.removeLine(line.id).catch(failed)}
        >
          <IconTrash size={17} />
        </ActionIcon>
      ),
    },
  ];
}
