import { ActionIcon, NativeSelect } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import type { PermissionInfo, Role } from '@/api/types';
import { useFormat } from '@/lib/format-context';
import { type Cell, type Changes, cellOf } from './roleMatrix';
import classes from './roles.module.css';

interface RoleMatrixProps {
  roles: readonly Role[];
  permissions: readonly PermissionInfo[];
  changes: Changes;
  editable: boolean;
  onChange: (role: Role, code: string, cell: Cell) => void;
  onRename: (role: Role) => void;
}

export function RoleMatrix(props: RoleMatrixProps) {
  const { t } = useTranslation('identity');
  const { name } = useFormat();
  const { roles, permissions } = props;
  const capabilities = [...new Set(permissions.map(({ capability }) => capability))];
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be reachable with the keyboard
    <section className={classes.frame} tabIndex={0} aria-label={t('roles.title')}>
      <table className={classes.table} aria-label={t('roles.title')}>
        <thead>
          <tr>
            <th className={classes.permission} scope="col">
              {t('roles.permission')}
            </th>
            {roles.map((role) => (
              <th key={role.id} scope="col">
                <span className={classes.role}>
                  <bdi>{name(role)}</bdi>
                  {props.editable && !role.built_in && (
                    <ActionIcon
                      size="sm"
                      variant="subtle"
                      aria-label={t('roles.more', { name: name(role) })}
                      onClick={() => props.onRename(role)}
                    >
                      <IconPencil size={14} />
                    </ActionIcon>
                  )}
                </span>
                <span className={classes.count}>{t('roles.people', { count: role.staff_count })}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {capabilities.map((capability) => (
            <Fragment key={capability}>
              <tr>
                <th className={classes.group} colSpan={roles.length + 1} scope="rowgroup">
                  {t(`roles.capability.${capability as 'clinic'}`)}
                </th>
              </tr>
              {permissions
                .filter((permission) => permission.capability === capability)
                .map((permission) => (
                  <tr key={permission.code}>
                    <th className={classes.permission} scope="row">
                      {name(permission)}
                    </th>
                    {roles.map((role) => (
                      <td key={role.id}>
                        <MatrixCell {...props} role={role} permission={permission} />
                      </td>
                    ))}
                  </tr>
                ))}
            </Fragment>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function MatrixCell(props: RoleMatrixProps & { role: Role; permission: PermissionInfo }) {
  const { t } = useTranslation('identity');
  const { name } = useFormat();
  const { role, permission, changes } = props;
  const cell = cellOf(role, permission.code, changes);
  const choices: Cell[] = ['none', ...permission.scopes];
  return (
    <span
      className={classes.cell}
      data-changed={changes[role.id]?.[permission.code] !== undefined || undefined}
    >
      <NativeSelect
        size="xs"
        aria-label={t('roles.cell', { role: name(role), permission: name(permission) })}
        value={cell}
        disabled={!props.editable || role.code === 'admin'}
        onChange={(event) => props.onChange(role, permission.code, event.currentTarget.value as Cell)}
        data={choices.map((choice) => ({ value: choice, label: t(`roles.${choice}`) }))}
      />
    </span>
  );
}
