// Records and files as the API shows them.
import type {ShownFile} from '../store/file-pages.ts';
import type {ShownRecord} from '../store/record-pages.ts';
import type {File, Record} from './contract/record.ts';
import {presentIssue, presentReason} from './present-issue.ts';
import type {Frozen} from './route.ts';

export function presentRecord(record: ShownRecord): Frozen<Record> {
  return {
    id: record.id,
    connection: record.connectionId,
    resource: record.resource,
    externalId: record.externalId,
    person: record.personId,
    name: record.name,
    data: record.data,
    issues: (record.issues ?? []).map(presentIssue),
    stagedAt: record.stagedAt.toISOString(),
    goneAt: record.goneAt?.toISOString() ?? null,
  };
}

export function presentFile(file: ShownFile): Frozen<File> {
  return {
    id: file.id,
    connection: file.connectionId,
    run: file.runId,
    direction: file.direction,
    resource: file.resource,
    name: file.name,
    sizeBytes: file.sizeBytes,
    sha256: file.sha256.toString('hex'),
    status: file.status,
    ...presentReason(file.reasonCode, file.reasonParams),
    rows: file.rows,
    accepted: file.accepted,
    issueCount: file.issueCount,
    issues: (file.issues ?? []).map(presentIssue),
    createdAt: file.createdAt.toISOString(),
  };
}
