import { useTranslation } from 'react-i18next';
import { placeOf, type Surface } from '@/lib/surfaces';
import { Code } from './texts';

/** 'Tooth 16 MO'. */
export function Place({ tooth, surfaces }: { tooth: string; surfaces: readonly Surface[] }) {
  const { t } = useTranslation();
  return (
    <span>
      {t('place.toothShort')} <Code>{placeOf(tooth, surfaces)}</Code>
    </span>
  );
}
