// Reads request bodies, never more than allowed: JSON whole, uploads as they come.
import {MusterError} from '../errors.ts';
import {fieldIssue} from './parse.ts';

export const jsonLimitBytes = 5_000_000;
export const uploadLimitBytes = 200_000_000;

/** Deeper than any record is; recursion elsewhere may rely on it. */
const deepest = 64;

/** @throws MusterError `request.media_type`, `request.too_large`, `request.not_json`, `request.invalid` when too deep */
export async function readJson(request: Request): Promise<{readonly json: unknown; readonly bytes: Buffer}> {
  refuseOtherTypes(request, ['application/json']);
  const chunks: Uint8Array[] = [];
  for await (const chunk of limited(request, jsonLimitBytes)) chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  const json = parseJson(bytes);
  if (!isWithin(json, deepest)) {
    throw new MusterError('request.invalid', {issues: [fieldIssue('body', 'field.too_deep', {limit: deepest})]});
  }
  return {json, bytes};
}

/** @throws MusterError `request.media_type` at once, `request.too_large` while it is read */
export function readUpload(request: Request, types: readonly string[]): AsyncIterable<Uint8Array> {
  refuseOtherTypes(request, types);
  return limited(request, uploadLimitBytes);
}

async function* limited(request: Request, limitBytes: number): AsyncGenerator<Uint8Array> {
  const tooLarge = () => new MusterError('request.too_large', {params: {limit: `${limitBytes / 1_000_000} MB`}});
  if (Number(request.headers.get('content-length') ?? 0) > limitBytes) throw tooLarge();
  if (!request.body) return;
  let sizeBytes = 0;
  for await (const chunk of request.body) {
    sizeBytes += chunk.byteLength;
    if (sizeBytes > limitBytes) throw tooLarge();
    yield chunk;
  }
}

function refuseOtherTypes(request: Request, wanted: readonly string[]): void {
  const found = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() ?? '';
  if (wanted.includes(found)) return;
  const params = {found: found === '' ? 'missing' : found.slice(0, 60), wanted: wanted.join(' or ')};
  throw new MusterError('request.media_type', {params});
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', {fatal: true}).decode(bytes));
  } catch {
    throw new MusterError('request.not_json'); // no cause: it quotes the text
  }
}

function isWithin(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (depth === 0) return false;
  return Object.values(value).every(part => isWithin(part, depth - 1));
}
