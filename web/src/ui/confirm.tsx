import {
  createContext,
  lazy,
  type ReactNode,
  Suspense,
  useCallback,
  useContext,
  useRef,
  useState,
} from 'react';

const ConfirmDialog = lazy(() => import('./ConfirmDialog'));

export interface ConfirmRequest {
  title: string;
  /** What will happen, and whether it can be undone. */
  body: ReactNode;
  /** Names the act: 'Delete the draft', never 'OK'. */
  confirmLabel: string;
  danger?: boolean;
}

type Ask = (request: ConfirmRequest) => Promise<boolean>;

const ConfirmContext = createContext<Ask>(async () => false);

/** `const confirm = useConfirm(); if (await confirm({…})) …` */
export const useConfirm = () => useContext(ConfirmContext);

export function ConfirmProvider({ children }: { children: ReactNode }) {
  const [request, setRequest] = useState<ConfirmRequest | null>(null);
  const [opened, setOpened] = useState(false);
  const answer = useRef<(yes: boolean) => void>(() => {});

  const ask = useCallback<Ask>((next) => {
    setRequest(next);
    setOpened(true);
    return new Promise((resolve) => {
      answer.current = resolve;
    });
  }, []);
  const close = (yes: boolean) => {
    setOpened(false);
    answer.current(yes);
  };

  return (
    <ConfirmContext.Provider value={ask}>
      {children}
      <Suspense fallback={null}>
        {request && <ConfirmDialog {...request} opened={opened} onAnswer={close} />}
      </Suspense>
    </ConfirmContext.Provider>
  );
}
