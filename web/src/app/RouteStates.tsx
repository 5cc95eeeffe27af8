import { Button } from '@mantine/core';
import { type ErrorComponentProps, Link, useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { errorMessage, isApiError } from '@/api/errors';
import { connection } from '@/lib/connection';
import { EmptyState } from '@/ui/EmptyState';
import { ErrorState } from '@/ui/ErrorState';
import { PageSkeleton } from '@/ui/PageSkeleton';

export function RouteError({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  const retry = () => {
    reset();
    void router.invalidate();
  };
  useEffect(() => connection.onRetry(() => void router.invalidate()), [router]);
  return (
    <ErrorState
      message={errorMessage(error)}
      requestId={isApiError(error) ? error.requestId : null}
      onRetry={retry}
    />
  );
}

export function RouteNotFound() {
  const { t } = useTranslation();
  return (
    <EmptyState
      title={t('state.notFoundTitle')}
      hint={t('state.notFoundHint')}
      action={
        <Button component={Link} to="/">
          {t('state.goHome')}
        </Button>
      }
    />
  );
}

export function RoutePending() {
  return <PageSkeleton />;
}
