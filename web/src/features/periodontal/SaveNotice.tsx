import { Button } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconLoader2 } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { errorMessage } from '@/api/errors';
import type { SaveState } from './model/saver';
import css from './periodontal.module.css';

/** Whether what was typed is saved; what could not be is kept and said. */
export function SaveNotice({ state, retry }: { state: SaveState; retry: () => void }) {
  const { t } = useTranslation(['periodontal', 'common']);
  if (state.kind === 'saved' || state.kind === 'saving') {
    return (
      <span className={css.saved} data-state={state.kind}>
        {state.kind === 'saved' ? <IconCheck size={16} /> : <IconLoader2 size={16} />}
        {t(`save.${state.kind}`)}
      </span>
    );
  }
  return (
    <div className={css.notice} role="alert" data-state={state.kind}>
      <IconAlertTriangle size={18} />
      <span>
        {t(`save.${state.kind}`)} {errorMessage(state.error)}
      </span>
      <Button size="compact-sm" variant="light" onClick={retry}>
        {t('common:action.retry')}
      </Button>
    </div>
  );
}
