import { Button, Modal, Select, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { api } from '@/api/client';
import { errorMessage } from '@/api/errors';
import { useApiForm } from '@/api/form';
import type { Role } from '@/api/types';
import { fields } from '@/i18n/fields';
import { useFormat } from '@/lib/format-context';
import { useConfirm } from '@/ui/confirm';
import { FormActions, FormFailure, FormGrid } from '@/ui/form';
import { toast } from '@/ui/toast';
import classes from './identity.module.css';
import { oneNameGiven } from './names';
import { rolesQuery } from './queries';

const schema = z
  .object({ name_ar: fields.optionalText(60), name_en: fields.optionalText(60), from: z.string().nullable() })
  .superRefine(oneNameGiven);

interface RoleDialogProps {
  /** Null adds a role. */
  role: Role | null;
  roles: readonly Role[];
  onClose: () => void;
}

export default function RoleDialog({ role, roles, onClose }: RoleDialogProps) {
  const { t } = useTranslation(['identity', 'common']);
  const { name } = useFormat();
  const client = useQueryClient();
  const confirm = useConfirm();
  const finish = async (said: string) => {
    await client.invalidateQueries({ queryKey: rolesQuery.queryKey });
    toast.done(said);
    onClose();
  };
  const { form, failure, submitting, onSubmit } = useApiForm({
    schema,
    initialValues: {
      name_ar: role?.name_ar ?? '',
      name_en: role?.name_en ?? '',
      from: null as string | null,
    },
    submit: async ({ from, ...names }) => {
      const permissions = roles.find(({ id }) => id === from)?.permissions ?? [];
      if (role) await api.patch<Role>(`/roles/${role.id}`, names, { version: role.version });
      else await api.post<Role>('/roles', { ...names, permissions });
      await finish(role ? t('roles.saved') : t('roles.added'));
    },
  });
  const remove = async (doomed: Role) => {
    const agreed = await confirm({
      title: t('roles.deleteTitle', { name: name(doomed) }),
      body: t('roles.deleteBody'),
      confirmLabel: t('roles.delete'),
      danger: true,
    });
    if (!agreed) return;
    try {
      await api.delete(`/roles/${doomed.id}`, { version: doomed.version });
      await finish(t('roles.deleted'));
    } catch (error) {
      toast.failed(errorMessage(error));
    }
  };
  return (
    <Modal opened onClose={onClose} title={role ? t('roles.renameTitle') : t('roles.addTitle')}>
      <form onSubmit={onSubmit} noValidate className={classes.form}>
        <FormGrid columns={2}>
          <TextInput {...form.getInputProps('name_ar')} label={t('roles.nameAr')} lang="ar" data-autofocus />
          <TextInput {...form.getInputProps('name_en')} label={t('roles.nameEn')} lang="en" />
        </FormGrid>
        {!role && (
          <Select
            {...form.getInputProps('from')}
            label={t('roles.from')}
            placeholder={t('roles.fromNothing')}
            data={roles.map((one) => ({ value: one.id, label: name(one) }))}
            clearable
          />
        )}
        <FormFailure message={failure} />
        <FormActions
          submitLabel={role ? t('common:action.save') : t('roles.add')}
          submitting={submitting}
          onCancel={onClose}
        >
          {role && (
            <Button variant="subtle" color="red" onClick={() => void remove(role)}>
              {t('roles.delete')}
            </Button>
          )}
        </FormActions>
      </form>
    </Modal>
  );
}
