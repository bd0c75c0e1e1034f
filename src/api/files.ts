// Files: uploaded as a stream, looked at while they are read, and downloaded.
import {z} from 'zod';
import {inCompany} from '../db/transaction.ts';
import {MusterError} from '../errors.ts';
import {findConnection} from '../store/connections.ts';
import {filePage, findFile, type ShownFile} from '../store/file-pages.ts';
import {fileContent} from '../sync/file-content.ts';
import type {Hub} from '../sync/hub.ts';
import {receiveFile} from '../sync/receive-file.ts';
import {connectorOf} from '../sync/resources.ts';
import {fieldIssue, parseInput} from './parse.ts';
import {presentPage} from './present-page.ts';
import {presentFile} from './present-record.ts';
import type {Endpoints} from './route.ts';

type Names =
  | 'POST /connections/{id}/files'
  | 'GET /connections/{id}/files'
  | 'GET /files/{id}'
  | 'GET /files/{id}/content';

export const files: Endpoints<Names> = {
  'POST /connections/{id}/files': async (hub, {actor, params, query, upload}) => {
    const {companyId} = actor;
    const {name, resource = await usualResource(hub, companyId, params.id)} = query;
    const columns = query.columns === undefined ? undefined : parseColumns(query.columns);
    const received = {connectionId: params.id, resource, name, columns, content: upload, createdBy: actor.id};
    return receiveFile(hub, companyId, received);
  },

  'GET /connections/{id}/files': async (hub, {actor, params, query}) => {
    const found = await inCompany(hub.db, actor.companyId, async tx => {
      const connection = await findConnection(tx, params.id);
      if (!connection) throw new MusterError('request.not_found', {params: {what: 'connection'}});
      return filePage(tx, params.id, query);
    });
    return presentPage(found, presentFile);
  },

  'GET /files/{id}': async (hub, {actor, params}) => presentFile(await shownFile(hub, actor.companyId, params.id)),

  'GET /files/{id}/content': async (hub, {actor, params}) => {
    const file = await shownFile(hub, actor.companyId, params.id);
    return new Response(ReadableStream.from(fileContent(hub, actor.companyId, file.id)), {
      headers: {
        // Never shown inside our own pages, whatever somebody uploaded.
        'content-type': 'application/octet-stream',
        'content-disposition': attachment(file.name),
        'content-length': String(file.sizeBytes),
        'x-content-type-options': 'nosniff',
        'cache-control': 'private, no-store',
      },
    });
  },
};

/** What a file is taken to hold where nobody says so: applications, or the only kind of record that there is. */
async function usualResource(hub: Hub, companyId: string, connectionId: string): Promise<string> {
  const connection = await inCompany(hub.db, companyId, tx => findConnection(tx, connectionId));
  const resources = connection ? connectorOf(hub, connection).manifest.resources : [];
  const [only] = resources.length === 1 ? resources : [];
  return only?.name ?? 'application';
}

async function shownFile(hub: Hub, companyId: string, fileId: string): Promise<ShownFile> {
  const file = await inCompany(hub.db, companyId, tx => findFile(tx, fileId));
  if (!file) throw new MusterError('request.not_found', {params: {what: 'file'}});
  return file;
}

/** RFC 6266: the plain name for old clients, the real one encoded as RFC 8187 says. */
export function attachment(name: string): string {
  const plain = name.replace(/[^\w.() -]/g, '_');
  const encoded = encodeURIComponent(name.toWellFormed()).replace(
    /['()*]/g,
    character => `%${character.charCodeAt(0).toString(16)}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}

const columnNames = z.record(z.string(), z.string());

function parseColumns(text: string): z.infer<typeof columnNames> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    // No cause: it quotes the text.
    throw new MusterError('request.invalid', {
      issues: [fieldIssue('columns', 'field.type', {wanted: 'a JSON object'})],
    });
  }
  return parseInput(columnNames, json, 'query');
}
