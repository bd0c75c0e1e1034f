// After a schedule was made, changed or deleted: what shows any of them is asked again.
import type {QueryClient} from '@tanstack/react-query';

export async function refreshSchedules(queries: QueryClient): Promise<void> {
  const names = ['GET /schedules', 'GET /schedules/{id}'];
  await Promise.all(names.map(name => queries.invalidateQueries({queryKey: [name]})));
}
