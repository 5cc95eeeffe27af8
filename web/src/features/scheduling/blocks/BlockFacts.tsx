import { useTranslation } from 'react-i18next';
import type { TimeBlock } from '@/api/types';
import { useFormat } from '@/lib/format-context';
import { DateText, TimeText } from '@/ui/texts';
import classes from '../appointment.module.css';
import type { BookSetup } from '../useBookSetup';

/** What a block is, for who may look and not change. */
export function BlockFacts({ block, setup }: { block: TimeBlock; setup: BookSetup }) {
  const { t } = useTranslation('scheduling');
  const { name: nameOf, pick } = useFormat();
  const place =
    setup.chairs.find(({ id }) => id === block.chair_id) ??
    setup.doctors.find(({ id }) => id === block.doctor_id) ??
    setup.branches.find(({ id }) => id === block.branch_id);
  return (
    <dl className={classes.facts}>
      <dt>{t('blocks.kind')}</dt>
      <dd>{t(`block.${block.kind}`)}</dd>
      {block.title && (
        <>
          <dt>{t('blocks.note')}</dt>
          <dd>
            <bdi>{block.title}</bdi>
          </dd>
        </>
      )}
      <dt>{t('blocks.place')}</dt>
      <dd>
        <bdi>{nameOf(place)}</bdi>
      </dd>
      <dt>{t('appointment.date')}</dt>
      <dd>
        <DateText value={block.local_date} style="full" />
      </dd>
      <dt>{t('appointment.time')}</dt>
      <dd>
        <TimeText value={block.starts_at} /> – <TimeText value={block.ends_at} />
      </dd>
      <dt>{t('blocks.madeBy')}</dt>
      <dd>
        <bdi>{pick(block.created_by_name_ar, block.created_by_name_en)}</bdi>
      </dd>
    </dl>
  );
}
