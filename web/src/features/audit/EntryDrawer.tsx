import { Drawer } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { AuditEntry } from '@/api/types';
import { useFormat } from '@/lib/format-context';
import { Code, DateTimeText } from '@/ui/texts';
import { AuditValue } from './AuditValue';
import classes from './audit.module.css';
import { differences, isEmpty } from './differences';
import { useAuditWords } from './useAuditWords';

export default function EntryDrawer({ entry, onClose }: { entry: AuditEntry; onClose: () => void }) {
  const { t: common } = useTranslation();
  const { t, act, thing, column } = useAuditWords();
  const { name } = useFormat();
  const changed = differences(entry.before, entry.after);
  const none = common('state.none');
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size={640}
      title={`${act(entry.action)}: ${thing(entry.entity)}`}
    >
      <dl className={classes.facts}>
        <div>
          <dt>{t('when')}</dt>
          <dd>
            <DateTimeText value={entry.at} />
          </dd>
        </div>
        <div>
          <dt>{t('person')}</dt>
          <dd>
            <bdi>{entry.actor ? name(entry.actor) : t('system')}</bdi>
          </dd>
        </div>
        <div>
          <dt>{t('entity')}</dt>
          <dd>
            <bdi>{entry.label ?? none}</bdi>
          </dd>
        </div>
        <div>
          <dt>{t('number')}</dt>
          <dd>{entry.seq == null ? t('pending') : <Code>{String(entry.seq)}</Code>}</dd>
        </div>
        {entry.reason && (
          <div>
            <dt>{t('reason')}</dt>
            <dd>
              <bdi>{entry.reason}</bdi>
            </dd>
          </div>
        )}
        {entry.address && (
          <div>
            <dt>{t('address')}</dt>
            <dd>
              <Code>{entry.address}</Code>
            </dd>
          </div>
        )}
      </dl>
      <h3>{t('details')}</h3>
      {changed.length === 0 ? (
        <p className={classes.hint}>{t('noChanges')}</p>
      ) : (
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">{t('field')}</th>
              <th scope="col">{t('before')}</th>
              <th scope="col">{t('after')}</th>
            </tr>
          </thead>
          <tbody>
            {changed.map((one) => (
              <tr key={one.field}>
                <th scope="row">{column(one.field)}</th>
                <td className={isEmpty(one.before) ? undefined : classes.before}>
                  <AuditValue entity={entry.entity} column={one.field} value={one.before} />
                </td>
                <td className={isEmpty(one.after) ? undefined : classes.after}>
                  <AuditValue entity={entry.entity} column={one.field} value={one.after} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Drawer>
  );
}
