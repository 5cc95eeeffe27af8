import i18next from 'i18next';

export interface FieldProblem {
  pointer: string;
  code: string;
  detail: string;
}

export interface Problem {
  status: number;
  code: string;
  title?: string;
  detail?: string;
  errors?: FieldProblem[];
  request_id?: string;
  /** Problems may carry more, for example `clinics` with identity.choose_clinic. */
  [extension: string]: unknown;
}

/** The server answered, and refused. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly errors: FieldProblem[];
  readonly requestId: string | null;
  readonly retryAfterSeconds: number | null;

  constructor(
    readonly problem: Problem,
    retryAfterSeconds: number | null = null,
  ) {
    super(problem.detail ?? problem.title ?? problem.code);
    this.name = 'ApiError';
    this.status = problem.status;
    this.code = problem.code;
    this.errors = problem.errors ?? [];
    this.requestId = problem.request_id ?? null;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** The server could not be reached; whether the act was done is unknown. */
export class NetworkError extends Error {
  constructor(override readonly cause: unknown) {
    super('network');
    this.name = 'NetworkError';
  }
}

export const isApiError = (error: unknown, code?: string): error is ApiError =>
  error instanceof ApiError && (code === undefined || error.code === code);

/** The sentence for a code, else the server's own (already in the reader's language). */
function sentence(code: string, detail: string | undefined): string | undefined {
  const key = `errors:${code}`;
  if (i18next.exists(key)) return i18next.t(key as 'errors:unexpected');
  return detail || undefined;
}

/** What to tell the person in front of the screen. */
export function errorMessage(error: unknown): string {
  if (error instanceof NetworkError) return i18next.t('errors:network');
  if (error instanceof ApiError) {
    return (
      sentence(error.code, error.problem.detail) ??
      sentence(`status_${error.status}`, undefined) ??
      i18next.t('errors:unexpected')
    );
  }
  return i18next.t('errors:unexpected');
}

/** `/phones/0/number` → `phones.0.number`, the path a form knows. */
export function pointerToPath(pointer: string): string {
  return pointer
    .replace(/^#?\//, '')
    .split('/')
    .map((part) => part.replace(/~1/g, '/').replace(/~0/g, '~'))
    .join('.');
}

/** Field path → sentence, for a 422; empty for every other failure. */
export function fieldErrors(error: unknown): Record<string, string> {
  if (!(error instanceof ApiError)) return {};
  const found: Record<string, string> = {};
  for (const { pointer, code, detail } of error.errors) {
    const path = pointerToPath(pointer);
    found[path] ??= sentence(code, detail) ?? i18next.t('errors:unexpected');
  }
  return found;
}
