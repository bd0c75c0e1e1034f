// What an expression reads of its record, found in the syntax tree: for the check of unknown fields, for the rule that a
// missing value is not computed with, and for the inputs of an explanation.
import {childrenOf, type Node, type Place, repeatOf, rootOf} from './tree.ts';

export type Read = Place & {
  readonly path: readonly string[];
  /** Where each part of the path stands. */
  readonly parts: readonly Place[];
  /** Evaluated on every run of the expression, so that it has no value where this has none. */
  readonly always: boolean;
  /** `has(a.b)`, `a.?b` or `a.b`: how it was asked for. */
  readonly how: 'plain' | 'optional' | 'has';
};

export type Call = Place & {readonly name: string; readonly method: boolean; readonly node: Node};

export type Uses = {readonly reads: readonly Read[]; readonly calls: readonly Call[]};

/** All paths and calls, in the order of the text. A name bound by a macro (`x` in `list.all(x, …)`) is no path. */
export function usesOf(tree: Node): Uses {
  const uses = {reads: [], calls: []};
  collect(tree, {always: true, bound: new Set()}, uses);
  return uses;
}

type Where = {readonly always: boolean; readonly bound: ReadonlySet<string>};
type Collected = {readonly reads: Read[]; readonly calls: Call[]};

function collect(node: Node, where: Where, into: Collected): void {
  const path = pathAt(node);
  if (path) return void addRead({...path, always: where.always && path.how === 'plain'}, where, into);
  addCall(node, into);
  const asked = node.op === 'call' && node.args[0] === 'has' ? node.args[1][0] : undefined;
  const askedPath = asked && pathAt(asked);
  if (askedPath) return void addRead({...askedPath, always: false, how: 'has'}, where, into);
  for (const part of partsOf(node)) {
    const bound = part.binds === undefined ? where.bound : new Set(where.bound).add(part.binds);
    collect(part.node, {always: where.always && part.always, bound}, into);
  }
}

function addRead(read: Read, where: Where, into: Collected): void {
  if (!where.bound.has(read.path[0] ?? '')) into.reads.push(read);
}

function addCall(node: Node, into: Collected): void {
  if (node.op !== 'call' && node.op !== 'rcall') return;
  const name = node.args[0];
  const start = node.op === 'call' ? node.start : node.input.indexOf(name, node.args[1].end);
  into.calls.push({name, method: node.op === 'rcall', start, end: start + name.length, node});
}

type Part = {readonly node: Node; readonly always: boolean; readonly binds?: string};

/** What a node is made of, and which of it is evaluated whenever the node is. */
function partsOf(node: Node): readonly Part[] {
  const repeat = repeatOf(node);
  if (repeat) {
    const bodies = repeat.bodies.map(body => ({node: body, always: false, binds: repeat.variable}));
    return [{node: repeat.over, always: true}, ...bodies];
  }
  const all = (nodes: readonly Node[], always: boolean) => nodes.map(child => ({node: child, always}));
  switch (node.op) {
    case '?:':
      return [{node: node.args[0], always: true}, ...all(node.args.slice(1), false)];
    case '&&':
    case '||':
      return all(node.args, false); // not even the left side counts: an error there is overruled by the right one
    case 'call':
      return all(node.args[1], node.args[0] !== 'first');
    case 'rcall': {
      const [name, value, body] = node.args[2];
      if (node.args[0] === 'bind' && name?.op === 'id' && value && body) {
        return [...all([node.args[1], value], true), {node: body, always: false, binds: name.args}]; // refused, but said once
      }
      const alternative = node.args[0] === 'or' || node.args[0] === 'orValue'; // looked at where the optional is empty
      return [{node: node.args[1], always: true}, ...all(node.args[2], !alternative)];
    }
    default:
      return all(childrenOf(node), true);
  }
}

type Path = Omit<Read, 'always'>;

/** A chain of names and literal keys: `person.address.city`, `row['First name']`, `person.?email`. */
function pathAt(node: Node): Path | undefined {
  if (node.op === 'id') {
    const place = {start: node.start, end: node.end};
    return {...place, path: [node.args], parts: [place], how: 'plain'};
  }
  if (rootOf(node) === undefined) return undefined;
  if (node.op === '.' || node.op === '.?') {
    const name = node.args[1];
    const end = node.input.indexOf(name, node.args[0].end) + name.length;
    return longer(node, name, {start: end - name.length, end}, node.op === '.?');
  }
  if (node.op === '[]' || node.op === '[?]') {
    const key = node.args[1];
    if (key.op !== 'value' || typeof key.args !== 'string') return undefined;
    return longer(node, key.args, {start: key.start, end: key.end}, node.op === '[?]');
  }
  return undefined;
}

function longer(node: Node & {readonly args: readonly [Node, unknown]}, name: string, part: Place, optional: boolean) {
  const base = pathAt(node.args[0]);
  if (!base) return undefined;
  return {
    start: base.start,
    end: Math.max(node.end, part.end),
    path: [...base.path, name],
    parts: [...base.parts, part],
    how: optional || base.how === 'optional' ? ('optional' as const) : ('plain' as const),
  };
}
