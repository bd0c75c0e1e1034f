// Looking records up by their keys. Filters are asked for where the server has them, and never trusted: what comes back is
// compared here, and where a filter was refused, failed or ignored, the whole list is read once instead.
import {type Context, type Found, type LookUp, MusterError} from '../../src/connector/index.ts';
import {accept, listFrom, unreadable} from './answers.ts';
import {type Attribute, caseless, filterPath, textsOf} from './attributes.ts';
import {listPages} from './list.ts';
import {attributeOf, foundFrom, type Kept, keptFrom, type Shape} from './shapes.ts';

type Wanted = {readonly attribute: Attribute; readonly text: string};

export async function findRecords(
  ctx: Context,
  shape: Shape,
  filters: 'supported' | 'none',
  lookUps: readonly LookUp[],
): Promise<readonly (readonly Found[])[]> {
  const wanted = lookUps.map(lookUp => wantedOf(shape, lookUp));
  const [first, ...rest] = wanted;
  if (!first) return [];
  // The first one shows whether filters are obeyed, before everybody is asked for.
  const answers = filters === 'supported' ? [await filtered(ctx, shape, first)] : [undefined];
  const others = answers[0] === undefined ? rest.map(() => undefined) : rest.map(one => filtered(ctx, shape, one));
  answers.push(...(await Promise.all(others)));
  const left = wanted.filter((_, at) => answers[at] === undefined);
  const listed = left.length === 0 ? [] : await inWholeList(ctx, shape, left);
  return answers.map(answer => (answer ?? listed.shift() ?? []).map(kept => foundFrom(shape, kept)));
}

function wantedOf(shape: Shape, {values}: LookUp): readonly Wanted[] {
  return Object.entries(values).flatMap(([field, value]) => {
    const attribute = attributeOf(shape, field);
    return attribute && value !== null && String(value) !== '' ? [{attribute, text: String(value)}] : [];
  });
}

function isMeant(wanted: readonly Wanted[], {resource}: Kept): boolean {
  return wanted.every(({attribute, text}) => {
    const form = attribute.caseExact ? (one: string) => one : caseless;
    return textsOf(attribute, resource).some(one => form(one) === form(text));
  });
}

/** Undefined where the server does not obey the filter. */
async function filtered(ctx: Context, shape: Shape, wanted: readonly Wanted[]): Promise<readonly Kept[] | undefined> {
  if (wanted.length === 0) return [];
  // A value in a filter is a JSON string (RFC 7644), so JSON is what escapes it.
  const filter = wanted.map(({attribute, text}) => `${filterPath(attribute)} eq ${JSON.stringify(text)}`).join(' and ');
  const list = await askFiltered(ctx, shape, filter);
  const kept = list?.resources.map(one => keptFrom(ctx, shape, one));
  if (!list || !kept || list.total > kept.length) return undefined;
  const meant = kept.filter(one => isMeant(wanted, one));
  // Somebody else in the answer, other than by the case of a letter: the filter was not obeyed.
  const nearly = kept.filter(one => isMeant(wanted.map(inAnyCase), one));
  if (nearly.length < kept.length) return undefined;
  // Servers err where a value has to be escaped: their "nobody" is then no answer.
  return meant.length === 0 && wanted.some(({text}) => escaped.test(text)) ? undefined : meant;
}

const escaped = /["\\\p{Cc}]/u;

const inAnyCase = (wanted: Wanted): Wanted => ({...wanted, attribute: {...wanted.attribute, caseExact: false}});

async function askFiltered(ctx: Context, shape: Shape, filter: string) {
  try {
    return listFrom(await ctx.http.send({method: 'GET', path: shape.path, query: {filter}, headers: accept}));
  } catch (error) {
    // Some servers break at filters that they cannot read. If it is down instead, the list will not come either.
    if (error instanceof MusterError && error.code === 'connection.server_error') return undefined;
    throw error;
  }
}

/** @throws MusterError where the list moved, since "not there" would be a guess */
async function inWholeList(ctx: Context, shape: Shape, wanted: readonly (readonly Wanted[])[]): Promise<Kept[][]> {
  const found: Kept[][] = wanted.map(() => []);
  let complete = false;
  for await (const page of listPages(ctx, shape)) {
    complete = page.complete === true;
    for (const kept of page.kept)
      for (const [at, one] of wanted.entries()) if (one.length > 0 && isMeant(one, kept)) found[at]?.push(kept);
  }
  if (!complete && found.some(matches => matches.length === 0)) {
    throw unreadable(ctx, 200, `a whole list of ${shape.name}s`);
  }
  return found;
}
