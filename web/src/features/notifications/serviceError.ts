/** What a message service said that went wrong. */
export interface ServiceError {
  /** The number of its answer, when it gave one. */
  status: string | null;
  /** Its own words, without the wrapping of programs. */
  words: string | null;
}

const TELLING =
  /^(message|detail|details|error|errors|description|title|reason|error_message|errormessage)$/i;

/** The telling sentences of an answer, wherever it keeps them. */
function sentences(value: unknown, told: boolean): string[] {
  if (typeof value === 'string') return told && /\s/.test(value.trim()) ? [value.trim()] : [];
  if (Array.isArray(value)) return value.flatMap((one) => sentences(one, told));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, one]) => sentences(one, TELLING.test(name)));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

export function serviceError(raw: string): ServiceError {
  const start = raw.search(/[{[<]/);
  const before = start < 0 ? raw : raw.slice(0, start);
  const status = /\b([345]\d\d)\b/.exec(before)?.[1] ?? null;
  if (start < 0) return { status: null, words: raw.trim() || null };
  const answer = parsed(raw.slice(start));
  // A body that is cut off or a page for browsers says nothing that a reader here could use.
  const [first = null] = answer === null ? [] : sentences(answer, false);
  return { status, words: first };
}
