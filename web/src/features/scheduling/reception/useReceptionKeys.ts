import { useHotkeys } from '@mantine/hooks';

/** The keys of the board. They go by their place on the keyboard, so they work in Arabic too. */
export function useReceptionKeys(on: { onCallNext(): void; onWalkIn(): void }): void {
  const unlessBusy = (act: () => void) => (event: KeyboardEvent) => {
    if (event.target instanceof HTMLElement && event.target.closest('[role="menu"]')) return;
    if (document.querySelector('[role="dialog"]') === null) act();
  };
  useHotkeys([
    ['C', unlessBusy(on.onCallNext), { usePhysicalKeys: true }],
    ['W', unlessBusy(on.onWalkIn), { usePhysicalKeys: true }],
  ]);
}
