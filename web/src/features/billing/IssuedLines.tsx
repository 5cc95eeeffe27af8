import { useTranslation } from 'react-i18next';
import type { Invoice, InvoiceLine } from '@/api/types';
import { isZeroMoney } from '@/lib/format';
import { useFormat } from '@/lib/format-context';
import { Card } from '@/ui/Card';
import { type Column, DataTable } from '@/ui/DataTable';
import { EmptyState } from '@/ui/EmptyState';
import { MoneyText } from '@/ui/texts';
import { LineTitle } from './LineTitle';

/** The lines as they were frozen when the invoice was issued. */
export function IssuedLines({ invoice }: { invoice: Invoice }) {
  const { t } = useTranslation('billing');
  const { number } = useFormat();
  const percent = (line: InvoiceLine) =>
    number(line.tax_percent, { maximumFractionDigits: 4 }) + t('line.percent');
  const columns: Column<InvoiceLine>[] = [
    { id: 'what', header: t('line.what'), phone: 'title', cell: (line) => <LineTitle line={line} /> },
    { id: 'quantity', header: t('line.quantity'), align: 'end', cell: (line) => number(line.quantity) },
    {
      id: 'price',
      header: t('line.price'),
      align: 'end',
      cell: (line) => <MoneyText money={line.unit_price} />,
    },
    {
      id: 'discount',
      header: t('line.discount'),
      align: 'end',
      cell: (line) => (isZeroMoney(line.discount) ? '—' : <MoneyText money={line.discount} />),
    },
    {
      id: 'tax',
      header: t('line.tax'),
      align: 'end',
      cell: (line) =>
        line.tax_code === 'standard' ? (
          <span>
            <bdi>{percent(line)}</bdi> · <MoneyText money={line.tax} />
          </span>
        ) : (
          t(`tax.${line.tax_code}`)
        ),
    },
    {
      id: 'total',
      header: t('line.total'),
      align: 'end',
      cell: (line) => <MoneyText money={line.total} />,
    },
  ];
  return (
    <Card flush title={t('lines')}>
      <DataTable
        label={t('lines')}
        columns={columns}
        items={invoice.lines}
        rowKey={({ id }) => id}
        empty={<EmptyState title={t('noLines')} />}
      />
    </Card>
  );
}
