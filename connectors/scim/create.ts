// A new record: one POST, and where the server says that somebody has one of its values, a look at who that is.
import type {Context, HttpResponse, Values, Written} from '../../src/connector/index.ts';
import {isTaken, refusalOf, unreadable, withoutDoubt} from './answers.ts';
import {rawAt, resourceWith} from './attributes.ts';
import {refused} from './outcomes.ts';
import type {Prepared} from './prepared.ts';
import {idOf, type Shape, schemasOf} from './shapes.ts';
import {whoeverIsThere} from './taken.ts';

export function prepareCreate(ctx: Context, shape: Shape, given: Values): Prepared {
  const values = shape.name === 'user' ? {active: true, ...given} : given;
  const resource = resourceWith(shape.attributes, {}, values);
  const json = {schemas: schemasOf(shape, resource), ...resource};
  const request = {method: 'POST', path: shape.path, json, version: undefined} as const;
  return {kind: 'send', request, judge: response => judgeCreate(ctx, shape, given, response)};
}

async function judgeCreate(ctx: Context, shape: Shape, values: Values, response: HttpResponse): Promise<Written> {
  const {status, json, headers} = response;
  if (status >= 400) {
    if (!isTaken(response)) return refused(ctx, response);
    return withoutDoubt(() => whoeverIsThere(ctx, shape, values, refusalOf(response).words));
  }
  const id = idOf(json) ?? lastStep(headers['location']);
  if (id === undefined) throw unreadable(ctx, status, `a ${shape.name} with an id`);
  const version = rawAt(json, ['meta', 'version']);
  const proof = idOf(json) === undefined ? 'none' : 'echo';
  return {outcome: 'created', id, proof, ...(typeof version === 'string' ? {version} : {})};
}

function lastStep(location: string | undefined): string | undefined {
  const step = location?.split(/[?#]/)[0]?.split('/').at(-1);
  return step ? decodeURIComponent(step) : undefined;
}
