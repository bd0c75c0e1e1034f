// The syntax tree of an expression, walked. Its type comes from language.ts, the one file that names the library.
import type {Node} from './language.ts';

export type {Node};
export type Place = {readonly start: number; readonly end: number};

/** Macros that repeat an expression for each entry of a list, their first argument naming the entry. */
const repeating: ReadonlySet<string> = new Set(['all', 'exists', 'exists_one', 'map', 'filter']);

export type Repeat = {readonly over: Node; readonly variable: string; readonly bodies: readonly Node[]};

export function repeatOf(node: Node): Repeat | undefined {
  if (node.op !== 'rcall' || !repeating.has(node.args[0])) return undefined;
  const [name, ...bodies] = node.args[2];
  return name?.op === 'id' ? {over: node.args[1], variable: name.args, bodies} : undefined;
}

export function childrenOf(node: Node): readonly Node[] {
  switch (node.op) {
    case 'value':
    case 'id':
      return [];
    case '.':
    case '.?':
      return [node.args[0]];
    case 'call':
      return node.args[1];
    case 'rcall':
      return [node.args[1], ...node.args[2]];
    case 'map':
      return node.args.flat();
    case '!_':
    case '-_':
      return [node.args];
    default:
      return node.args; // lists, and operators of two or three operands
  }
}

export function walk(node: Node, visit: (node: Node) => void): void {
  visit(node);
  for (const child of childrenOf(node)) walk(child, visit);
}

/** The clauses between `&&` on the outermost level, in order. */
export function clausesOf(node: Node): readonly Node[] {
  return node.op === '&&' ? node.args.flatMap(clausesOf) : [node];
}

/** The literal text of a node, if it is one. */
export function literalText(node: Node | undefined): string | undefined {
  return node?.op === 'value' && typeof node.args === 'string' ? node.args : undefined;
}

/** The name at which a chain of accesses starts; undefined where it starts at a literal or the result of a call. */
export function rootOf(node: Node): string | undefined {
  switch (node.op) {
    case 'id':
      return node.args;
    case '.':
    case '.?':
    case '[]':
    case '[?]':
      return rootOf(node.args[0]);
    default:
      return undefined;
  }
}
