import { Checkbox } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { PlanSnapshot } from '@/api/types';
import { formatDate, formatHijri, formatMoney, isZeroMoney, type Money } from '@/lib/format';
import { type Locale, localName } from '@/lib/locale';
import { useSlots } from '@/ui/slots';
import css from './present.module.css';

interface ShownPlanProps {
  shown: PlanSnapshot;
  /** The language it is read in, whatever the rest of the screen speaks. */
  locale: Locale;
  /** What is chosen of it; without, nothing is to be chosen. */
  chosen?: ReadonlySet<string>;
  onChosen?: (chosen: ReadonlySet<string>) => void;
}

/** A plan in plain words for the patient: his own mouth, what is done where, and what it costs him. */
export function ShownPlan({ shown, locale, chosen, onChosen }: ShownPlanProps) {
  const { t } = useTranslation('planning', { lng: locale });
  const { MouthPicture } = useSlots();
  const settings = { locale, digits: 'latin' as const, timeZone: 'UTC' };
  const money = (value: Money) => <bdi className="numbers">{formatMoney(value, settings)}</bdi>;
  const pick = (ar: string | null | undefined, en: string | null | undefined) =>
    localName({ name_ar: ar, name_en: en }, locale);
  const several = shown.phases.length > 1;
  const teeth = shown.items.filter(({ id }) => !chosen || chosen.has(id)).flatMap(({ teeth: all }) => all);
  const toggle = (id: string) => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    onChosen?.(next);
  };
  return (
    <div className={css.shown} lang={locale} dir={locale === 'ar' ? 'rtl' : 'ltr'}>
      <header className={css.head}>
        <h1>
          <bdi>{shown.name}</bdi>
        </h1>
        <p>
          {t('shown.for', { name: pick(shown.patient_ar, shown.patient_en) })}
          {' · '}
          {t('by', { doctor: pick(shown.doctor_ar, shown.doctor_en) })}
        </p>
        <p className={css.dates}>
          <span>
            {t('shown.on')} <bdi>{formatDate(shown.presented_on, 'long', settings)}</bdi>
            {' · '}
            <bdi>{formatHijri(shown.presented_on, settings)}</bdi>
          </span>
          <span>
            {t('shown.until')} <bdi>{formatDate(shown.valid_until, 'long', settings)}</bdi>
            {' · '}
            <bdi>{formatHijri(shown.valid_until, settings)}</bdi>
          </span>
        </p>
        {shown.note && (
          <p className={css.note} dir="auto">
            {shown.note}
          </p>
        )}
      </header>
      <figure className={css.mouth}>
        <MouthPicture chart={shown.mouth} teeth={teeth} label={t('shown.mouth')} />
        <figcaption>{t('shown.mouthHint')}</figcaption>
      </figure>
      {shown.phases.map((phase) => (
        <section key={phase.number} className={css.phase}>
          {several && (
            <h2>
              {t('phase.title', { number: formatNumber(phase.number, locale) })}
              {phase.name && (
                <>
                  {' · '}
                  <bdi>{phase.name}</bdi>
                </>
              )}
            </h2>
          )}
          <ul>
            {shown.items
              .filter((item) => item.phase === phase.number)
              .map((item) => (
                <li
                  key={item.id}
                  className={css.item}
                  data-left={(chosen && !chosen.has(item.id)) || undefined}
                >
                  {chosen && onChosen && (
                    <Checkbox
                      size="md"
                      checked={chosen.has(item.id)}
                      onChange={() => toggle(item.id)}
                      aria-label={t('shown.choose', { what: pick(item.name_ar, item.name_en) })}
                    />
                  )}
                  <div className={css.words}>
                    <strong>
                      <bdi>{pick(item.name_ar, item.name_en)}</bdi>
                      {item.quantity > 1 && (
                        <>
                          {' '}
                          <bdi dir="ltr">× {formatNumber(item.quantity, locale)}</bdi>
                        </>
                      )}
                    </strong>
                    {item.place_ar && <span>{pick(item.place_ar, item.place_en)}</span>}
                    <span className={css.plain}>{pick(item.plain_ar, item.plain_en)}</span>
                    {item.sessions > 1 && (
                      <span className={css.plain}>
                        {t('shown.sessions', {
                          count: item.sessions,
                          all: formatNumber(item.sessions, locale),
                        })}
                      </span>
                    )}
                    {item.note && (
                      <span className={css.plain} dir="auto">
                        {item.note}
                      </span>
                    )}
                  </div>
                  <div className={css.price}>
                    {!isZeroMoney(item.totals.discount) && <s>{money(item.totals.subtotal)}</s>}
                    {money(item.totals.total)}
                  </div>
                </li>
              ))}
          </ul>
          {several && (
            <p className={css.phaseTotal}>
              {t('shown.phaseTotal')} {money(phase.totals.total)}
            </p>
          )}
        </section>
      ))}
      <dl className={css.totals}>
        {(['discount', 'tax', 'total', 'insurer'] as const)
          .filter((part) => part === 'total' || !isZeroMoney(shown.totals[part]))
          .map((part) => (
            <div key={part}>
              <dt>{t(`totals.${part}`)}</dt>
              <dd>{money(shown.totals[part])}</dd>
            </div>
          ))}
        <div className={css.yours}>
          <dt>{t('shown.yours')}</dt>
          <dd>{money(shown.totals.patient)}</dd>
        </div>
      </dl>
      {chosen && chosen.size < shown.items.length && (
        <p className={css.part} role="status">
          {t('shown.part', {
            count: chosen.size,
            chosen: formatNumber(chosen.size, locale),
            all: formatNumber(shown.items.length, locale),
          })}
        </p>
      )}
    </div>
  );
}

const formatNumber = (value: number, locale: Locale) =>
  new Intl.NumberFormat(locale === 'ar' ? 'ar-EG-u-nu-latn' : 'en').format(value);
