import { useTranslation } from 'react-i18next';
import { type DateStyle, isNegativeMoney, isZeroMoney, type Money } from '@/lib/format';
import { useFormat } from '@/lib/format-context';
import classes from './texts.module.css';

/** `debt`: an amount above zero is owed, and is shown in red. */
export function MoneyText({ money, debt = false }: { money: Money | null | undefined; debt?: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (!money) return <span className={classes.missing}>{t('state.none')}</span>;
  const owed = debt && !isZeroMoney(money) && !isNegativeMoney(money);
  return <bdi className={owed ? `numbers ${classes.debt}` : 'numbers'}>{format.money(money)}</bdi>;
}

interface DateTextProps {
  /** A date (YYYY-MM-DD) or an instant. */
  value: string | null | undefined;
  style?: DateStyle;
  hijri?: boolean;
}

export function DateText({ value, style = 'medium', hijri = false }: DateTextProps) {
  const { t } = useTranslation();
  const format = useFormat();
  if (!value) return <span className={classes.missing}>{t('state.none')}</span>;
  return (
    <time dateTime={value} className="numbers">
      <bdi>{format.date(value, style)}</bdi>
      {hijri && (
        <>
          {' '}
          <bdi className={classes.hijri}>{format.hijri(value)}</bdi>
        </>
      )}
    </time>
  );
}

/** The clock at the clinic, for an instant or a local HH:MM. */
export function TimeText({ value }: { value: string }) {
  const format = useFormat();
  return (
    <time dateTime={value} className="numbers">
      <bdi>{format.time(value)}</bdi>
    </time>
  );
}

export function DateTimeText({ value }: { value: string | null | undefined }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (!value) return <span className={classes.missing}>{t('state.none')}</span>;
  return (
    <time dateTime={value} className="numbers">
      <bdi>{format.dateTime(value)}</bdi>
    </time>
  );
}

/** Phone numbers read left to right in every language. */
export function Phone({ number, link = false }: { number: string | null | undefined; link?: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (!number) return <span className={classes.missing}>{t('state.none')}</span>;
  const text = (
    <bdi dir="ltr" className="numbers">
      {format.phone(number)}
    </bdi>
  );
  return link ? <a href={`tel:${number}`}>{text}</a> : text;
}

/** File numbers, invoice numbers, codes and tooth numbers: never reordered by the text around them. */
export function Code({ children }: { children: string | null | undefined }) {
  return (
    <bdi dir="ltr" className="numbers">
      {children}
    </bdi>
  );
}
