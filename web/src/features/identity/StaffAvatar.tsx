import { Avatar } from '@mantine/core';
import { useFormat } from '@/lib/format-context';

interface StaffAvatarProps {
  person: { name_ar: string | null; name_en: string | null; colour: string; photo_url?: string | null };
  size?: number;
}

/** The photo, or the first letter; the ring is the colour in the appointment book. */
export function StaffAvatar({ person, size = 36 }: StaffAvatarProps) {
  const { name } = useFormat();
  const bare = name(person).replace(/^(dr\.?|prof\.?|د\.?|أ\.د\.?)\s+/iu, '');
  return (
    <Avatar
      size={size}
      radius="xl"
      src={person.photo_url ?? null}
      alt=""
      aria-hidden
      style={{ boxShadow: `0 0 0 2px var(--surface), 0 0 0 4px ${person.colour}` }}
    >
      {(Array.from(bare)[0] ?? '').toUpperCase()}
    </Avatar>
  );
}
