// Whether a connection works: what the last check said, and a test at a click.
import {type QueryClient, useMutation, useQueryClient} from '@tanstack/react-query';
import type {CheckResult, ConnectionDetail} from '../../../src/api/contract/connection.ts';
import {call} from '../api/client.ts';
import {Action} from '../parts/action.tsx';
import {Instant} from '../parts/instant.tsx';
import {Issues} from '../parts/issues.tsx';
import {State} from '../parts/phase.tsx';
import {Section} from '../shell/page.tsx';
import {Refusal} from '../shell/states.tsx';
import {t} from '../text.ts';

export function Checks({data}: {data: ConnectionDetail}) {
  const queries = useQueryClient();
  const test = useMutation({
    mutationFn: () => call('POST /connections/{id}/checks', {params: {id: data.id}}),
    onSettled: () => refreshConnections(queries),
  });
  return (
    <Section
      title={t.connections.check}
      description={
        <>
          {t.connections.checked}: <Instant at={data.checkedAt} none={t.connections.notChecked} />
        </>
      }
      actions={
        <Action variant="light" right="run" loading={test.isPending} onClick={() => test.mutate()}>
          {t.connections.test}
        </Action>
      }
    >
      <div aria-live="polite">
        {test.data ? <Findings result={test.data} /> : data.message && <Found data={data} />}
      </div>
      <Refusal error={test.error} />
    </Section>
  );
}

function Found({data}: {data: ConnectionDetail}) {
  return (
    <div
      className={`callout tone-${data.status === 'connected' ? 'green' : data.status === 'inactive' ? 'red' : 'amber'}`}
    >
      <strong>{data.message}</strong>
      {data.hint && <div>{data.hint}</div>}
    </div>
  );
}

function Findings({result}: {result: CheckResult}) {
  return (
    <>
      <p>
        <State
          tone={result.ok ? 'green' : 'red'}
          icon={result.ok ? 'tick' : 'cross'}
          word={result.ok ? t.connections.testPassed : t.connections.testFailed}
        />
      </p>
      <Issues issues={result.findings} label={t.connections.findings} />
    </>
  );
}

export async function refreshConnections(queries: QueryClient): Promise<void> {
  await Promise.all([
    queries.invalidateQueries({queryKey: ['GET /connections']}),
    queries.invalidateQueries({queryKey: ['GET /connections/{id}']}),
  ]);
}
