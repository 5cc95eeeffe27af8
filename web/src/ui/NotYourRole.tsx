import { useTranslation } from 'react-i18next';
import { EmptyState } from './EmptyState';

/** In place of a page or a record that the reader's role does not reach: trying again would not help. */
export function NotYourRole({ why }: { why?: string | undefined }) {
  const { t } = useTranslation();
  return <EmptyState title={t('state.forbiddenTitle')} hint={why ?? t('state.forbiddenHint')} />;
}
