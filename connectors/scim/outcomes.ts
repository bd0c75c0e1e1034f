// Outcomes that are not the plain one: what was refused, what is not there any more, what somebody else changed meanwhile.
import type {Change, Context, HttpResponse, Written} from '../../src/connector/index.ts';
import {refusalOf} from './answers.ts';

/** Whoever is to be deactivated and is not there any more has no access: nothing is left to do. */
export function gone(ctx: Context, {operation, id}: Change): Written {
  const harmless = operation === 'deactivate';
  const params = {connection: ctx.connectionName};
  return {
    outcome: harmless ? 'unchanged' : 'conflict',
    because: 'gone',
    ...(id === null ? {} : {id}),
    words: 'it is not there any more',
    issues: [{level: harmless ? 'info' : 'error', code: 'event.gone', field: null, params}],
    proof: 'readBack',
  };
}

export function changed(ctx: Context, id: string): Written {
  const params = {connection: ctx.connectionName};
  return {
    outcome: 'conflict',
    because: 'changed',
    id,
    words: 'it was changed meanwhile by somebody else',
    issues: [{level: 'error', code: 'event.changed_meanwhile', field: null, params}],
    proof: 'readBack',
  };
}

export function refused(ctx: Context, response: HttpResponse): Written {
  const {words} = refusalOf(response);
  const params = {connection: ctx.connectionName, words: words.slice(0, 100)};
  return {
    outcome: 'refused',
    words,
    issues: [{level: 'error', code: 'event.refused', field: null, params}],
    proof: 'none',
  };
}
