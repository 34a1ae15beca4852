import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { PageHeader } from './PageHeader';
import { Skeleton } from './Skeleton';
import { ErrorState } from './States';

export interface LoadedProps<T> {
  query: Pick<UseQueryResult<T>, 'data' | 'error' | 'isPending' | 'refetch'>;
  skeleton?: ReactNode;
  /** For a page whose own title comes with the data: what it is called until then, and when it cannot be had. */
  title?: string;
  children: (data: T) => ReactNode;
}

/** The states of every list and page in one place: loading, error with retry, then what was asked for. */
export function Loaded<T>({ query, skeleton, title, children }: LoadedProps<T>) {
  if (query.data !== undefined) return <>{children(query.data)}</>;
  return (
    <>
      {title && <PageHeader title={title} quiet={!query.error} />}
      {query.error ? <ErrorState error={query.error} onRetry={() => void query.refetch()} /> : (skeleton ?? <Skeleton />)}
    </>
  );
}
