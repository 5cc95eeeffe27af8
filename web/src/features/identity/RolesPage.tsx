import { Alert, Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { errorMessage, isApiError } from '@/api/errors';
import type { Role } from '@/api/types';
import { useFormat } from '@/lib/format-context';
import { useCan } from '@/lib/permissions';
import { Card } from '@/ui/Card';
import { ErrorState } from '@/ui/ErrorState';
import { ListSkeleton } from '@/ui/PageSkeleton';
import { toast } from '@/ui/toast';
import { permissionsQuery, rolesQuery } from './queries';
import { RoleMatrix } from './RoleMatrix';
import { type Changes, changeCount, permissionsWith, withCell } from './roleMatrix';
import classes from './roles.module.css';

const RoleDialog = lazy(() => import('./RoleDialog'));

export default function RolesPage() {
  const { t } = useTranslation('identity');
  const can = useCan();
  const roles = useQuery(rolesQuery);
  const permissions = useQuery(permissionsQuery);
  const [changes, setChanges] = useState<Changes>({});
  const [dialog, setDialog] = useState<'new' | Role | null>(null);
  const { save, saving, failure } = useSaveChanges(roles.data ?? [], changes, setChanges);
  const error = roles.error ?? permissions.error;
  const count = changeCount(changes);
  const manages = can('identity.manage_roles');
  return (
    <Card
      title={t('roles.title')}
      flush
      actions={
        manages && (
          <Button variant="default" leftSection={<IconPlus size={16} />} onClick={() => setDialog('new')}>
            {t('roles.add')}
          </Button>
        )
      }
    >
      <p className={classes.note}>
        {t('roles.fixed')} {t('roles.hint')}
      </p>
      {error ? (
        <ErrorState
          message={errorMessage(error)}
          onRetry={() => {
            void roles.refetch();
            void permissions.refetch();
          }}
        />
      ) : !roles.data || !permissions.data ? (
        <ListSkeleton rows={10} />
      ) : (
        <RoleMatrix
          roles={roles.data}
          permissions={permissions.data}
          changes={changes}
          editable={manages}
          onChange={(role, code, cell) => setChanges((now) => withCell(now, role, code, cell))}
          onRename={setDialog}
        />
      )}
      {failure && (
        <Alert color="red" variant="light" role="alert" m="md">
          {failure}
        </Alert>
      )}
      {count > 0 && (
        <div className={classes.bar}>
          <span>{t('roles.changes', { count })}</span>
          <Button variant="default" disabled={saving} onClick={() => setChanges({})}>
            {t('roles.discard')}
          </Button>
          <Button loading={saving} onClick={() => void save()}>
            {t('roles.save')}
          </Button>
        </div>
      )}
      <Suspense fallback={null}>
        {dialog && (
          <RoleDialog
            role={dialog === 'new' ? null : dialog}
            roles={roles.data ?? []}
            onClose={() => setDialog(null)}
          />
        )}
      </Suspense>
    </Card>
  );
}

/** Saves role by role; what was refused stays marked on top of the newest state. */
function useSaveChanges(roles: Role[], changes: Changes, setChanges: (changes: Changes) => void) {
  const { t } = useTranslation('identity');
  const { name } = useFormat();
  const client = useQueryClient();
  const [saving, setSaving] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const save = async () => {
    setSaving(true);
    setFailure(null);
    const left = { ...changes };
    try {
      for (const role of roles.filter(({ id }) => changes[id])) {
        try {
          const body = { permissions: permissionsWith(role, changes) };
          await api.patch<Role>(`/roles/${role.id}`, body, { version: role.version });
          delete left[role.id];
        } catch (error) {
          const stale = isApiError(error) && error.status === 412;
          setFailure(stale ? t('roles.conflict', { name: name(role) }) : errorMessage(error));
          break;
        }
      }
      await client.invalidateQueries({ queryKey: rolesQuery.queryKey });
      await client.invalidateQueries({ queryKey: ['session'] });
      setChanges(left);
      if (Object.keys(left).length === 0) toast.done(t('roles.saved'));
    } finally {
      setSaving(false);
    }
  };
  return { save, saving, failure };
}
