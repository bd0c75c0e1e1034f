// When a sync starts by itself, on its own page.
import {useSuspenseQuery} from '@tanstack/react-query';
import {Link} from '@tanstack/react-router';
import {schedules} from '../api/queries.ts';
import {Instant} from '../parts/instant.tsx';
import {t} from '../text.ts';

export function SyncSchedules({syncId}: {syncId: string}) {
  const {data} = useSuspenseQuery(schedules(syncId));
  return (
    <p className="last-run-line">
      {data.items.length === 0 ? t.schedules.neverByItself : `${t.schedules.ofSync}: `}
      {data.items.map(({id, name, nextRuns}, at) => (
        <span key={id}>
          {at > 0 && ' · '}
          <Link to="/schedules/$scheduleId" params={{scheduleId: id}}>
            {name}
          </Link>{' '}
          <span className="dimmed">
            (<Instant at={nextRuns[0] ?? null} none={t.schedules.paused} />)
          </span>
        </span>
      ))}{' '}
      {data.items.length > 0 && '· '}
      <Link to="/schedules/new" search={{sync: syncId}}>
        {t.schedules.add}
      </Link>
    </p>
  );
}
