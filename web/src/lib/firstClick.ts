/** For a button that may move away when it is clicked: the second click of a double click would hit what took its place. */
export const firstClick = (act: () => void) => (event: { detail: number }) => {
  if (event.detail < 2) act();
};
