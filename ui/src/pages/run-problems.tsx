// The problems of a run, the most frequent first; each leads to its records.
import {Link} from '@tanstack/react-router';
import type {Problem, Run} from '../../../src/api/contract/run.ts';
import {isOver} from '../api/follow-run.ts';
import {Action} from '../parts/action.tsx';
import {formatCount} from '../parts/instant.tsx';
import {Level} from '../parts/phase.tsx';
import {Section} from '../shell/page.tsx';
import {t} from '../text.ts';

export function Problems({run, items}: {run: Run; items: readonly Problem[]}) {
  const runId = run.id;
  const most = Math.max(...items.map(item => item.events));
  return (
    <Section title={t.runs.problems} description={t.runs.problemsAbout}>
      <ol className="problems">
        {items.map(problem => (
          <li key={`${problem.code} ${problem.field} ${problem.level}`}>
            <Level level={problem.level} />
            <div className="problem-words">
              <Link
                to="/runs/$runId"
                params={{runId}}
                search={{issue: problem.code, field: problem.field ?? undefined}}
                className="row-link"
              >
                {problem.message}
              </Link>
              {problem.example && <Example runId={runId} {...problem.example} />}
              <div className="small-print">
                {problem.label && <span>{problem.label} · </span>}
                {ownerWords(problem.owner)} <code>{problem.code}</code>
              </div>
              {run.save && isOver(run) && problem.failed > 0 && (
                <Action
                  className="problem-retry"
                  variant="subtle"
                  right="run"
                  link={{to: '/runs/$runId/retry', params: {runId}, search: {cause: problem.code}}}
                  aria-label={t.retry.someOf(formatCount(problem.failed), problem.message)}
                >
                  {t.retry.some(formatCount(problem.failed))}
                </Action>
              )}
            </div>
            <div className="share">
              <span>{t.runs.records(problem.events, formatCount(problem.events))}</span>
              <span className={`bar level-${problem.level}`} style={{width: `${(100 * problem.events) / most}%`}} />
            </div>
          </li>
        ))}
      </ol>
    </Section>
  );
}

function Example({runId, event, name, message}: NonNullable<Problem['example']> & {runId: string}) {
  return (
    <p className="dimmed">
      {t.runs.forExample(message)}{' '}
      <Link to="/runs/$runId/events/$eventId" params={{runId, eventId: event}} search={true} className="over-row">
        {name}
      </Link>
    </p>
  );
}

function ownerWords(owner: string): string {
  const words: Readonly<Record<string, string>> = t.owners;
  return words[owner] ?? owner;
}
