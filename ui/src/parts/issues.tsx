// Issues and findings: what is wrong, what to do, who can mend it.
import type {Issue} from '../../../src/api/contract/record.ts';
import {t} from '../text.ts';
import {Level} from './phase.tsx';
import {SupportLink} from './support.tsx';

type Shown = Pick<Issue, 'level' | 'code' | 'message' | 'hint' | 'owner'>;

export function Issues({issues, label}: {issues: readonly Shown[]; label: string}) {
  return (
    <ul className="issues" aria-label={label}>
      {issues.map((issue, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: issues have no id and the list never reorders
        <li key={index}>
          <Level level={issue.level} />
          <div>
            <div>{issue.message}</div>
            {issue.hint && <div className="dimmed">{issue.hint}</div>}
            <div className="small-print">
              {issue.owner !== 'nobody' && <span>{t.owners[issue.owner]}</span>} <code>{issue.code}</code>{' '}
              {issue.owner === 'support' && <SupportLink />}
            </div>
          </div>
        </li>
      ))}
    </ul>
  );
}
