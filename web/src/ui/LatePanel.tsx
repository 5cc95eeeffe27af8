import {
  type ComponentType,
  lazy,
  type ReactNode,
  type Ref,
  Suspense,
  useEffect,
  useId,
  useImperativeHandle,
  useState,
} from 'react';
import { whenIdle } from '@/lib/idle';

export interface PanelProps {
  /** For `<Menu>` or `<Popover>`. */
  panel: { id: string; opened: boolean; onChange: (opened: boolean) => void };
  /** For `Menu.Target` or `Popover.Target`: stands for the button, wherever that is. */
  target: ReactNode;
}

/** A menu or popover in a file of its own, whose default export takes {@link PanelProps} and what it needs besides. */
export function latePanel<P extends PanelProps>(load: () => Promise<{ default: ComponentType<P> }>) {
  return { Panel: lazy(load) as unknown as ComponentType<P>, load: () => void load() };
}

interface LatePanelProps<P extends PanelProps> {
  of: ReturnType<typeof latePanel<P>>;
  /** What the panel needs besides. */
  props: Omit<P, keyof PanelProps>;
  popup?: 'menu' | 'dialog';
  /** The button, with these properties. */
  children: (button: PanelButton) => ReactNode;
}

export interface PanelButton {
  id: string;
  ref: Ref<HTMLButtonElement>;
  'aria-haspopup': 'menu' | 'dialog';
  'aria-expanded': boolean;
  'aria-controls': string | undefined;
  onClick: () => void;
  onPointerEnter: () => void;
}

/** A button whose menu is fetched when there is time, or at the first touch: it is no part of the first load. */
export function LatePanel<P extends PanelProps>({ of, props, popup = 'menu', children }: LatePanelProps<P>) {
  const id = useId();
  const [node, setNode] = useState<HTMLButtonElement | null>(null);
  const [opened, setOpened] = useState(false);
  const [wanted, setWanted] = useState(false);
  useEffect(() => whenIdle(of.load), [of]);
  return (
    <>
      {children({
        id,
        ref: setNode,
        'aria-haspopup': popup,
        'aria-expanded': opened,
        'aria-controls': opened ? `${id}-dropdown` : undefined,
        onClick: () => {
          setWanted(true);
          setOpened(!opened);
        },
        onPointerEnter: of.load,
      })}
      {wanted && node && (
        <Suspense fallback={null}>
          <of.Panel
            {...(props as P)}
            panel={{ id, opened, onChange: setOpened }}
            target={<ButtonElsewhere node={node} />}
          />
        </Suspense>
      )}
    </>
  );
}

/** Mantine places a panel by the element behind this reference. */
function ButtonElsewhere({ node, ref }: { node: HTMLButtonElement; ref?: Ref<HTMLButtonElement> }) {
  useImperativeHandle(ref, () => node, [node]);
  return null;
}
