import { Button } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconCloudUpload, IconPencil } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { NotesDraft, SaveState } from './useNotesDraft';
import classes from './visit.module.css';

const GLYPHS = {
  saved: IconCheck,
  unsaved: IconPencil,
  saving: IconCloudUpload,
  failed: IconAlertTriangle,
  conflict: IconAlertTriangle,
} as const satisfies Record<SaveState, unknown>;

/** Whether what was typed is on the server yet. */
export function SaveNote({ note }: { note: NotesDraft }) {
  const { t } = useTranslation(['records', 'common']);
  const Glyph = GLYPHS[note.state];
  return (
    <span className={classes.save} data-state={note.state} role="status" title={note.failure ?? undefined}>
      <Glyph size={15} aria-hidden />
      {t(`save.${note.state}`)}
      {note.state === 'failed' && (
        <Button size="compact-sm" variant="subtle" onClick={() => void note.save()}>
          {t('common:action.retry')}
        </Button>
      )}
    </span>
  );
}
