// Who started a run: oneself by name, others as the server says.
import {useSuspenseQuery} from '@tanstack/react-query';
import {session} from '../api/queries.ts';

export function Starter({who}: {who: string}) {
  const {data} = useSuspenseQuery(session());
  return data.user && data.user.id === who ? data.user.name : who;
}
