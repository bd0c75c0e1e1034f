// Which records of other systems a record is, who said so, and how that is taken back.
import {useSuspenseQuery} from '@tanstack/react-query';
import {Link} from '@tanstack/react-router';
import {ask, connections} from '../api/queries.ts';
import {Action} from '../parts/action.tsx';
import {Identifier} from '../parts/identifier.tsx';
import {Instant} from '../parts/instant.tsx';
import {Section} from '../shell/page.tsx';
import {t} from '../text.ts';

export const linksOf = (recordId: string) => ask('GET /links', {query: {record: recordId, limit: 200}});

export function PersonLinks({recordId}: {recordId: string}) {
  const {data} = useSuspenseQuery(linksOf(recordId));
  const {data: known} = useSuspenseQuery(connections());
  const nameOf = (id: string) => known.items.find(connection => connection.id === id)?.name ?? id;
  return (
    <Section title={t.links.title}>
      {data.items.length === 0 && <p className="dimmed">{t.links.none}</p>}
      <ul className="links">
        {data.items.map(link => (
          <li key={link.id}>
            <div>
              <Link to="/connections/$connectionId" params={{connectionId: link.connection}}>
                {nameOf(link.connection)}
              </Link>{' '}
              <Identifier id={link.destinationId} label={t.links.id} />
              <div className="small-print">
                <Instant at={link.at} />{' '}
                {link.run ? (
                  <Link to="/runs/$runId" params={{runId: link.run}}>
                    {t.links.byRun}
                  </Link>
                ) : (
                  t.links.by(link.by)
                )}
              </div>
            </div>
            <Action
              variant="subtle"
              color="gray"
              right="review"
              link={{to: '/people/$recordId/unlink/$linkId', params: {recordId, linkId: link.id}, search: true}}
              aria-label={t.links.removeOf(`${nameOf(link.connection)} ${link.destinationId}`)}
            >
              {t.links.remove}
            </Action>
          </li>
        ))}
      </ul>
    </Section>
  );
}
