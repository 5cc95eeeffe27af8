import { useTranslation } from 'react-i18next';
import { Code } from '@/ui/texts';
import { placeOf } from './teeth';

/** 'Tooth 16 MO'. */
export function Place({ tooth, surfaces }: { tooth: string; surfaces: readonly string[] | null }) {
  const { t } = useTranslation('records');
  return (
    <span>
      {t('place.toothShort')} <Code>{placeOf(tooth, surfaces)}</Code>
    </span>
  );
}
