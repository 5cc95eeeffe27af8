import { Button } from '@mantine/core';
import { lazy, Suspense, useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorMessage } from '@/api/errors';
import type { Appointment } from '@/api/types';
import { useCan } from '@/lib/permissions';
import { Book, type BookProps } from '../book/Book';
import type { ElementBox } from '../book/types';
import classes from '../daybook.module.css';
import type { Fault } from '../loaded';
import { useBookWords } from '../useBookWords';
import { useStatusFlow } from '../useStatusFlow';

const StatusMenu = lazy(async () => ({ default: (await import('../StatusMenu')).StatusMenu }));
const HoverCard = lazy(async () => ({ default: (await import('./HoverCard')).HoverCard }));

interface BookPaneProps
  extends Omit<BookProps, 'times' | 'labels' | 'readOnly' | 'onStatusMenu' | 'onHover'> {
  records: readonly Appointment[];
  unread: Fault | null;
  /** What is said over a book without appointments. */
  emptyTitle: string;
}

/** A book with what hangs beside its cards: the status menu, and who it is that comes. */
export function BookPane({ records, unread, emptyTitle, ...book }: BookPaneProps) {
  const { t } = useTranslation(['scheduling', 'common']);
  const mayWrite = useCan()('scheduling.write');
  const { labels, times } = useBookWords();
  const status = useStatusFlow();
  const [menu, setMenu] = useState<{ id: string; anchor: ElementBox } | null>(null);
  const [hovered, setHovered] = useState<{ id: string; anchor: ElementBox } | null>(null);
  const menuFor = records.find(({ id }) => id === menu?.id);
  const hoverFor = menu ? undefined : records.find(({ id }) => id === hovered?.id);
  const showMenu = useCallback((id: string, anchor: ElementBox) => setMenu({ id, anchor }), []);
  const hover = useCallback(
    (id: string | null, anchor?: ElementBox) => setHovered(id && anchor ? { id, anchor } : null),
    [],
  );

  return (
    <div className={classes.book}>
      {unread && (
        <p role="alert" className={classes.unread}>
          {t('unread')} {errorMessage(unread.error)}
          <Button variant="subtle" size="compact-sm" onClick={unread.retry}>
            {t('common:action.retry')}
          </Button>
        </p>
      )}
      <Book
        {...book}
        times={times}
        labels={labels}
        readOnly={!mayWrite}
        onStatusMenu={showMenu}
        onHover={hover}
      />
      {book.appointments.length === 0 && (
        <p className={classes.emptyNote} role="status">
          <b>{emptyTitle}</b>
          <span>{t(mayWrite ? 'empty.dayText' : 'empty.dayTextReadOnly')}</span>
        </p>
      )}
      <Suspense fallback={null}>
        {menu && menuFor && (
          <StatusMenu
            appointment={menuFor}
            anchor={menu.anchor}
            onPick={(next) => status.pick(menuFor, next)}
            onOpen={() => book.onOpen(menuFor.id)}
            onClose={() => setMenu(null)}
          />
        )}
        {hovered && hoverFor && <HoverCard appointment={hoverFor} anchor={hovered.anchor} />}
        {status.dialog}
      </Suspense>
    </div>
  );
}
