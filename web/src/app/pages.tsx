import { lazyRouteComponent, type RouteComponent } from '@tanstack/react-router';

type PageModule = { default: RouteComponent };

const modules = import.meta.glob<PageModule>('../features/*/*{Page,Tab}.tsx');

/** The page's default export, fetched when its address is first opened or about to be. */
export function page(path: string): RouteComponent {
  const load = modules[`../features/${path}.tsx`];
  return load ? lazyRouteComponent(load) : MissingPage;
}

function MissingPage(): never {
  throw new Error('this build does not contain the page');
}
