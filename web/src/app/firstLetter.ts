/** Titles such as 'Dr' and 'د.' say nothing about who it is. */
export function firstLetter(name: string): string {
  const bare = name.replace(/^(dr\.?|prof\.?|د\.?|أ\.د\.?)\s+/iu, '').trim();
  return (Array.from(bare)[0] ?? '').toUpperCase();
}
