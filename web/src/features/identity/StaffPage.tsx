import { Button, Switch } from '@mantine/core';
import { IconUserPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorMessage } from '@/api/errors';
import { useList } from '@/api/list';
import type { Staff } from '@/api/types';
import { useFormat } from '@/lib/format-context';
import { useCan } from '@/lib/permissions';
import { Card } from '@/ui/Card';
import { type Column, DataTable } from '@/ui/DataTable';
import { EmptyState } from '@/ui/EmptyState';
import { SearchInput } from '@/ui/SearchInput';
import { StatusBadge } from '@/ui/StatusBadge';
import { Code, Phone } from '@/ui/texts';
import { InvitationsCard } from './InvitationsCard';
import classes from './identity.module.css';
import { rolesQuery } from './queries';
import { StaffAvatar } from './StaffAvatar';

const StaffDrawer = lazy(() => import('./StaffDrawer'));
const InviteDialog = lazy(() => import('./InviteDialog'));

export default function StaffPage() {
  const { t } = useTranslation('identity');
  const manages = useCan()('identity.manage_staff');
  const [q, setQ] = useState('');
  const [everybody, setEverybody] = useState(false);
  const [edited, setEdited] = useState<Staff | null>(null);
  const [inviting, setInviting] = useState(false);
  const list = useList<Staff>(['clinic', 'staff', 'list'], '/staff', {
    q,
    include_inactive: everybody || undefined,
  });
  const columns = useColumns(manages ? setEdited : null);
  const invite = manages && (
    <Button leftSection={<IconUserPlus size={18} />} onClick={() => setInviting(true)}>
      {t('invite.button')}
    </Button>
  );
  return (
    <>
      <Card title={t('staff.title')} actions={invite}>
        <div className={classes.spread}>
          <SearchInput value={q} onChange={(typed) => setQ(typed.trim())} label={t('staff.search')} />
          <Switch
            label={t('staff.inactive')}
            checked={everybody}
            onChange={(event) => setEverybody(event.currentTarget.checked)}
          />
        </div>
      </Card>
      <Card flush>
        <DataTable
          {...list}
          label={t('staff.title')}
          columns={columns}
          rowKey={({ id }) => id}
          {...(manages ? { onOpen: setEdited } : {})}
          errorText={errorMessage(list.error)}
          empty={
            q ? (
              <EmptyState title={t('staff.noneFound', { query: q })} hint={t('staff.noneFoundHint')} />
            ) : (
              <EmptyState title={t('staff.empty')} hint={t('staff.emptyHint')} action={invite} />
            )
          }
        />
      </Card>
      {manages && <InvitationsCard />}
      <Suspense fallback={null}>
        {edited && <StaffDrawer key={edited.id} staff={edited} onClose={() => setEdited(null)} />}
        {inviting && <InviteDialog onClose={() => setInviting(false)} />}
      </Suspense>
    </>
  );
}

function useColumns(onEdit: ((staff: Staff) => void) | null): Column<Staff>[] {
  const { t } = useTranslation('identity');
  const { name, pick } = useFormat();
  const roles = useQuery(rolesQuery);
  const roleNames = (staff: Staff) =>
    staff.role_ids.map((id) => {
      const role = roles.data?.find((one) => one.id === id);
      return { id, name: role ? name(role) : '…' };
    });
  return [
    {
      id: 'name',
      header: t('staff.name'),
      phone: 'title',
      cell: (staff) => (
        <span className={classes.person}>
          <StaffAvatar person={staff} />
          <span>
            <button type="button" className={classes.name} disabled={!onEdit} onClick={() => onEdit?.(staff)}>
              <bdi>{name(staff)}</bdi>
            </button>
            <small>
              <bdi>{pick(staff.specialty_ar, staff.specialty_en)}</bdi>
            </small>
          </span>
        </span>
      ),
    },
    {
      id: 'roles',
      header: t('staff.roles'),
      cell: (staff) => (
        <span className={classes.tags}>
          {roleNames(staff).map((role) => (
            <bdi key={role.id} className={classes.tag}>
              {role.name}
            </bdi>
          ))}
        </span>
      ),
    },
    { id: 'email', header: t('signIn.email'), cell: ({ email }) => <Code>{email}</Code> },
    { id: 'phone', header: t('staff.phone'), phone: 'hide', cell: ({ phone }) => <Phone number={phone} /> },
    {
      id: 'status',
      header: t('staff.status'),
      cell: ({ active, invited }) => (
        <StatusBadge status={active ? 'active' : invited ? 'invited' : 'inactive'} />
      ),
    },
  ];
}
