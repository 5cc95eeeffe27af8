import { Alert, Button, Textarea } from '@mantine/core';
import { IconAlertTriangle, IconUsers } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Visit } from '@/api/types';
import { Card } from '@/ui/Card';
import { NOTE_PARTS } from './notesMerge';
import type { NotesDraft } from './useNotesDraft';
import classes from './visit.module.css';

const MAX_LENGTH = 20_000;

interface NotesCardProps {
  visit: Visit;
  note: NotesDraft;
  editable: boolean;
}

/** Subjective, objective, assessment, plan. */
export function NotesCard({ visit, note, editable }: NotesCardProps) {
  const { t } = useTranslation('records');
  if (!editable) {
    return (
      <Card title={t('notes.title')}>
        <ReadNotes visit={visit} />
      </Card>
    );
  }
  return (
    <Card title={t('notes.title')}>
      <div className={classes.form}>
        {note.theirs && <Conflict note={note} theirs={note.theirs} />}
        {note.failure && note.state === 'failed' && (
          <Alert color="red" variant="light" icon={<IconAlertTriangle size={18} />} role="alert">
            {t('save.failedHint')} {note.failure}
          </Alert>
        )}
        {NOTE_PARTS.map((part) => (
          <Textarea
            key={part}
            label={t(`notes.${part}`)}
            description={t(`notes.${part}Hint`)}
            value={note.notes[part]}
            onChange={(event) => note.change(part, event.currentTarget.value)}
            onBlur={() => note.state !== 'conflict' && void note.save()}
            autosize
            minRows={2}
            maxRows={14}
            maxLength={MAX_LENGTH}
          />
        ))}
      </div>
    </Card>
  );
}

function Conflict({ note, theirs }: { note: NotesDraft; theirs: Visit['notes'] }) {
  const { t } = useTranslation('records');
  const changed = NOTE_PARTS.filter((part) => theirs[part] !== note.notes[part]);
  return (
    <div className={classes.conflict} role="alert">
      <h3 className={classes.conflictTitle}>
        <IconUsers size={18} aria-hidden /> {t('conflict.title')}
      </h3>
      <p className={classes.conflictText}>{t('conflict.body')}</p>
      {changed.map((part) => (
        <div key={part} className={classes.theirs}>
          <strong>{t(`notes.${part}`)}</strong>
          <p dir="auto">{theirs[part] || t('notes.nothing')}</p>
        </div>
      ))}
      <div className={classes.conflictButtons}>
        <Button size="compact-sm" onClick={() => note.settle(true)}>
          {t('conflict.keepMine')}
        </Button>
        <Button size="compact-sm" variant="default" onClick={() => note.settle(false)}>
          {t('conflict.takeTheirs')}
        </Button>
      </div>
    </div>
  );
}

function ReadNotes({ visit }: { visit: Visit }) {
  const { t } = useTranslation('records');
  return (
    <dl className={classes.notes} data-struck={visit.status === 'entered_in_error' || undefined}>
      {NOTE_PARTS.map((part) => (
        <div key={part}>
          <dt>{t(`notes.${part}`)}</dt>
          <dd dir="auto">
            {visit.notes[part] || <span className={classes.quiet}>{t('notes.nothing')}</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
