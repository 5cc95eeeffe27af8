import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorMessage } from '@/api/errors';
import { useList } from '@/api/list';
import type { Drug } from '@/api/types';
import { useFormat } from '@/lib/format-context';
import { useCan } from '@/lib/permissions';
import { Card } from '@/ui/Card';
import { DataTable } from '@/ui/DataTable';
import { EmptyState } from '@/ui/EmptyState';
import { SearchInput } from '@/ui/SearchInput';
import { StatusBadge } from '@/ui/StatusBadge';
import { CatalogueFiles, InactiveSwitch } from './CatalogueFiles';
import classes from './clinic.module.css';

const DrugDrawer = lazy(() => import('./DrugDrawer'));

export default function DrugsPage() {
  const { t } = useTranslation('clinic');
  const { name } = useFormat();
  const editable = useCan()('clinic.write');
  const [q, setQ] = useState('');
  const [everything, setEverything] = useState(false);
  const [edited, setEdited] = useState<Drug | 'new' | null>(null);
  const query = { q, include_inactive: everything || undefined };
  const list = useList<Drug>(['clinic', 'drugs', 'list'], '/drugs', query);
  return (
    <>
      <Card
        title={t('drugs.title')}
        actions={
          <>
            <CatalogueFiles path="/drugs" mayImport={editable} mayExport />
            {editable && (
              <Button leftSection={<IconPlus size={16} />} onClick={() => setEdited('new')}>
                {t('drugs.add')}
              </Button>
            )}
          </>
        }
      >
        <div className={classes.line}>
          <SearchInput value={q} onChange={(typed) => setQ(typed.trim())} label={t('catalogue.search')} />
          <InactiveSwitch shown={everything} onChange={setEverything} />
        </div>
      </Card>
      <Card flush>
        <DataTable
          {...list}
          label={t('drugs.title')}
          rowKey={({ id }) => id}
          {...(editable ? { onOpen: setEdited } : {})}
          errorText={errorMessage(list.error)}
          empty={<EmptyState title={t('catalogue.noneFound')} hint={t('catalogue.noneFoundHint')} />}
          columns={[
            {
              id: 'name',
              header: t('catalogue.name'),
              phone: 'title',
              cell: (drug) => (
                <button
                  type="button"
                  className={classes.name}
                  disabled={!editable}
                  onClick={() => setEdited(drug)}
                >
                  <bdi>{name(drug)}</bdi>
                </button>
              ),
            },
            {
              id: 'class',
              header: t('catalogue.class'),
              cell: (drug) => (
                // A clinic may add classes of its own, which have no words here.
                <bdi>
                  {t(`catalogue.classes.${drug.drug_class}` as never, drug.drug_class.replaceAll('_', ' '))}
                </bdi>
              ),
            },
            {
              id: 'strengths',
              header: t('catalogue.strengths'),
              cell: (drug) => <bdi dir="ltr">{drug.strengths.join(' · ')}</bdi>,
            },
            {
              id: 'status',
              header: t('catalogue.status'),
              phone: 'hide',
              cell: ({ active }) => <StatusBadge status={active ? 'active' : 'inactive'} />,
            },
          ]}
        />
      </Card>
      <Suspense fallback={null}>
        {edited && <DrugDrawer drug={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />}
      </Suspense>
    </>
  );
}
