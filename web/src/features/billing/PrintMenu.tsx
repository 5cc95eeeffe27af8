import { urlOf } from '@/api/client';
import { PrintMenu as Menu } from '@/ui/PrintMenu';

interface PrintMenuProps {
  /** `/invoices/{id}/pdf` or `/payments/{id}/pdf`. */
  path: string;
  label: string;
  compact?: boolean;
}

/** An invoice or receipt as PDF. */
export function PrintMenu({ path, ...rest }: PrintMenuProps) {
  return <Menu {...rest} address={(lang) => urlOf(path, { lang })} />;
}
