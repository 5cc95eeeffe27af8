import { Button, FileButton, Modal, Switch } from '@mantine/core';
import { IconDownload, IconUpload } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, urlOf } from '@/api/client';
import { ApiError, errorMessage } from '@/api/errors';
import type { ImportReport } from '@/api/types';
import { FormFailure } from '@/ui/form';
import { Code } from '@/ui/texts';
import { toast } from '@/ui/toast';
import classes from './clinic.module.css';

/** Export and import of a catalogue; `path` is `/procedures` or `/drugs`. */
export function CatalogueFiles({
  path,
  mayImport,
  mayExport,
}: {
  path: string;
  mayImport: boolean;
  mayExport: boolean;
}) {
  const { t } = useTranslation('clinic');
  const [importing, setImporting] = useState(false);
  return (
    <>
      {mayExport && (
        <Button
          component="a"
          href={urlOf(`${path}.csv`)}
          download
          variant="default"
          leftSection={<IconDownload size={16} />}
        >
          {t('catalogue.export')}
        </Button>
      )}
      {mayImport && (
        <Button variant="default" leftSection={<IconUpload size={16} />} onClick={() => setImporting(true)}>
          {t('catalogue.import')}
        </Button>
      )}
      {importing && <ImportDialog path={path} onClose={() => setImporting(false)} />}
    </>
  );
}

function ImportDialog({ path, onClose }: { path: string; onClose: () => void }) {
  const { t } = useTranslation('clinic');
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const [errors, setErrors] = useState<ImportReport['errors']>([]);
  const load = async (file: File | null) => {
    if (!file) return;
    setBusy(true);
    setFailure(null);
    setErrors([]);
    try {
      // Browsers on Windows call a CSV a spreadsheet; the server takes text.
      const text = new Blob([file], { type: 'text/csv' });
      const report = await api.upload<ImportReport>('POST', `${path}/import`, text);
      setErrors(report.errors);
      if (report.errors.length === 0) {
        await client.invalidateQueries({ queryKey: ['clinic'] });
        toast.done(t('import.done', { created: report.created, updated: report.updated }));
        onClose();
      }
    } catch (error) {
      setFailure(errorMessage(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal opened onClose={onClose} size="lg" title={t('import.title')}>
      <div className={classes.form}>
        <p className={classes.hint}>{t('import.hint')}</p>
        <FormFailure message={failure} />
        {errors.length > 0 && (
          <div className={classes.errors} role="alert">
            <p>{t('import.errors')}</p>
            <ul>
              {errors.map((one) => (
                <li key={`${one.line}-${one.column}-${one.code}`}>
                  {t('import.line')} <Code>{String(one.line)}</Code> · <Code>{one.column}</Code> ·{' '}
                  {errorMessage(new ApiError({ status: 422, code: one.code, detail: one.code }))}
                </li>
              ))}
            </ul>
          </div>
        )}
        <FileButton accept=".csv,text/csv" onChange={(file) => void load(file)}>
          {(props) => (
            <Button {...props} loading={busy}>
              {t('import.choose')}
            </Button>
          )}
        </FileButton>
      </div>
    </Modal>
  );
}

export function InactiveSwitch({ shown, onChange }: { shown: boolean; onChange: (shown: boolean) => void }) {
  const { t } = useTranslation('clinic');
  return (
    <Switch
      label={t('catalogue.inactive')}
      checked={shown}
      onChange={(event) => onChange(event.currentTarget.checked)}
    />
  );
}
