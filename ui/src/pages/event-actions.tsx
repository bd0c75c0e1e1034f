// What a person may do about an event: try it again, or decide what it waits for; each choice says what will happen.
import {TextInput} from '@mantine/core';
import {useMutation, useQueryClient, useSuspenseQuery} from '@tanstack/react-query';
import {Link, useNavigate} from '@tanstack/react-router';
import {type ReactNode, useState} from 'react';
import type {Body} from '../../../src/api/contract/routes.ts';
import type {Event, Held} from '../../../src/api/contract/run.ts';
import {call} from '../api/client.ts';
import {event as eventQuery, run as runQuery} from '../api/queries.ts';
import {Action} from '../parts/action.tsx';
import {Section} from '../shell/page.tsx';
import {Refusal} from '../shell/states.tsx';
import {t} from '../text.ts';

export function EventActions({data}: {data: Event}) {
  if (data.held) return <Decide data={data} held={data.held} />;
  // What was decided goes on elsewhere; there is nothing to try again here.
  const goesOn = data.followedBy.some(one => one.kind === 'decision');
  return data.phase === 'error' || (data.phase === 'skipped' && !goesOn) ? <Retry data={data} /> : null;
}

function Retry({data}: {data: Event}) {
  const {data: run} = useSuspenseQuery(runQuery(data.run));
  const {retry} = useActs(data);
  return (
    <>
      <div className="actions event-retry">
        <Action
          right="run"
          blocked={!run.save && t.retry.preview}
          loading={retry.isPending}
          onClick={() => retry.mutate()}
        >
          {t.retry.one}
        </Action>
        <span className="small-print">{t.retry.oneAbout}</span>
      </div>
      <Refusal error={retry.error} />
    </>
  );
}

function Decide({data, held}: {data: Event; held: Held}) {
  const {release, skip} = useActs(data);
  const right = held.kind === 'unverified' ? 'decide' : 'review';
  const busy = release.isPending || skip.isPending;
  const choice = (title: string, about: string, verb: string, act: () => void, more: Partial<ChoiceProps> = {}) => (
    <Choice key={verb} {...{title, about, verb, act, right, busy, ...more}} />
  );
  return (
    <Section title={t.held.title} description={t.held.about[held.kind]}>
      <div className="choices">
        {held.kind === 'ambiguous' &&
          held.candidates.map(({destinationId: id, url, takenBy}) =>
            choice(t.held.isThat(id), t.held.isThatAbout, t.held.link(id), () => release.mutate({link: id}), {
              blocked: takenBy !== null && t.held.taken(id, takenBy.name),
              children: url !== null && (
                <a href={url} target="_blank" rel="noreferrer">
                  {t.events.openDestination}
                </a>
              ),
            }),
          )}
        {held.kind === 'ambiguous' &&
          choice(t.held.noneOfThese, t.held.noneOfTheseAbout, t.held.create, () => release.mutate({create: true}))}
        {held.kind === 'unverified' && (
          <>
            {choice(t.held.notThere, t.held.notThereAbout, t.held.again, () => release.mutate({again: true}))}
            <IsThere busy={busy} onLink={link => release.mutate({link})} />
          </>
        )}
        {(held.kind === 'blocked' || held.kind === 'other') &&
          choice(t.held.goOn, t.held.goOnAbout, t.held.goOn, () => release.mutate({}), {
            blocked: held.blockedBy !== null && t.held.stillBlocked(held.blockedBy.name),
            children: held.blockedBy && (
              <Link
                to="/runs/$runId/events/$eventId"
                params={{runId: held.blockedBy.run, eventId: held.blockedBy.event}}
              >
                {t.held.openBlocking}
              </Link>
            ),
          })}
        {choice(t.held.leaveOut, t.held.leaveOutAbout, t.held.leaveOut, () => skip.mutate(), {variant: 'default'})}
      </div>
      <Refusal error={release.error ?? skip.error} />
    </Section>
  );
}

type ChoiceProps = {
  title: string;
  about: string;
  verb: string;
  act: () => void;
  right: 'decide' | 'review';
  busy: boolean;
  blocked?: string | false;
  variant?: 'default' | 'light';
  children?: ReactNode;
};

function Choice({title, about, verb, act, right, busy, blocked, variant = 'light', children}: ChoiceProps) {
  return (
    <div className="choice">
      <h3>{title}</h3>
      <p className="small-print">{about}</p>
      {children}
      <Action variant={variant} right={right} blocked={blocked} onClick={busy ? () => {} : act}>
        {verb}
      </Action>
    </div>
  );
}

function IsThere({busy, onLink}: {busy: boolean; onLink: (id: string) => void}) {
  const [id, setId] = useState('');
  const blocked = id.trim() === '' && t.held.idMissing;
  const act = () => onLink(id.trim());
  return (
    <Choice
      title={t.held.isThere}
      about={t.held.isThereAbout}
      verb={t.held.linkIt}
      right="decide"
      {...{busy, blocked, act}}
    >
      <TextInput size="sm" label={t.held.idThere} value={id} onChange={event => setId(event.currentTarget.value)} />
    </Choice>
  );
}

/** Each leads to what came of it. */
function useActs({id, run}: Event) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const params = {id};
  const refresh = async () => {
    const names = [
      'GET /events/{id}',
      'GET /runs/{id}',
      'GET /runs/{id}/events',
      'GET /runs/{id}/problems',
      'GET /runs',
    ];
    await Promise.all([...names, 'GET /links'].map(name => queries.invalidateQueries({queryKey: [name]})));
  };
  const onSuccess = async (started: {id: string}) => {
    await navigate({to: '/runs/$runId', params: {runId: started.id}});
    await refresh();
  };
  return {
    retry: useMutation({mutationFn: () => call('POST /events/{id}/retry', {params}), onSuccess}),
    release: useMutation({
      mutationFn: (body: Body<'POST /events/{id}/release'>) => call('POST /events/{id}/release', {params, body}),
      onSuccess,
      onError: refresh,
    }),
    skip: useMutation({
      mutationFn: () => call('POST /events/{id}/skip', {params}),
      onSuccess: async answer => {
        queries.setQueryData(eventQuery(id).queryKey, answer);
        await queries.invalidateQueries({queryKey: runQuery(run).queryKey});
        await refresh();
      },
    }),
  };
}
