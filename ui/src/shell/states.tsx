// What a page shows when it has nothing, is loading, failed, or may not be seen. Pages never write these themselves.
import {Alert, Button, Skeleton} from '@mantine/core';
import {useQueryErrorResetBoundary} from '@tanstack/react-query';
import {Link, useRouter} from '@tanstack/react-router';
import type {ReactNode} from 'react';
import {ApiError} from '../api/client.ts';
import {SupportLine} from '../parts/support.tsx';
import {t} from '../text.ts';

export function Empty({title, text, action}: {title: string; text: string; action?: ReactNode}) {
  return (
    <div className="empty">
      <h2>{title}</h2>
      <p>{text}</p>
      {action}
    </div>
  );
}

export function Loading() {
  return (
    <div className="page" role="status" aria-label={t.loading}>
      <Skeleton height={28} width={180} mb={28} mt={4} />
      {['a', 'b', 'c', 'd', 'e'].map(row => (
        <Skeleton key={row} height={36} mb={8} />
      ))}
    </div>
  );
}

export function Failed({error}: {error: unknown}) {
  const router = useRouter();
  const {reset} = useQueryErrorResetBoundary();
  const said = error instanceof ApiError ? error : undefined;
  const title =
    said?.status === 403 ? t.errors.noPermission : said?.status === 404 ? t.errors.notFound : t.errors.failed;
  return (
    <div className="page">
      <div className="empty" role="alert">
        <h1>{title}</h1>
        <p>{said ? said.message : t.errors.unexpected}</p>
        {said?.hint && <p>{said.hint}</p>}
        {said?.status === 404 ? (
          <Link to="/">{t.errors.home}</Link>
        ) : (
          <Button
            variant="default"
            onClick={() => {
              reset();
              void router.invalidate();
            }}
          >
            {t.errors.again}
          </Button>
        )}
        <SupportLine requestId={said?.requestId} />
      </div>
    </div>
  );
}

export function NotFound() {
  return (
    <main className="page">
      <div className="empty">
        <h1>{t.errors.notFound}</h1>
        <p>{t.errors.noSuchPage}</p>
        <Link to="/">{t.errors.home}</Link>
      </div>
    </main>
  );
}

/** A refused save or action, where it was tried. */
export function Refusal({error}: {error: Error | null}) {
  if (!error) return null;
  const said = error instanceof ApiError ? error : undefined;
  return (
    <Alert color="red" variant="light" role="alert" title={said?.message ?? t.errors.unexpected} className="refusal">
      {said?.hint}
      {said && said.issues.length > 0 && (
        <ul>
          {said.issues.map(issue => (
            <li key={`${issue.field} ${issue.code}`}>{issue.message}</li>
          ))}
        </ul>
      )}
      {(!said || said.status >= 500) && <SupportLine requestId={said?.requestId} />}
    </Alert>
  );
}
