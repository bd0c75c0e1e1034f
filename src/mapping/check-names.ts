// Names that an expression uses and that do not exist, each with the nearest that does. The type check of the library stops
// at the first and overlooks what stands under has(), `.?` and in brackets; this finds them all.
import type {ExpressionIssue} from './check.ts';
import {nearest} from './nearest.ts';
import {type Call, type Read, usesOf} from './reads.ts';
import {findInShape, pathText, type Shape} from './shape.ts';
import {literalText, type Node, walk} from './tree.ts';

/** Names that stand for types or namespaces of the language itself. */
export const builtInNames: ReadonlySet<string> = new Set([
  ...['today', 'cel', 'optional', 'string', 'int', 'uint', 'double', 'bool', 'list', 'map', 'type', 'null_type'],
]);

export function nameIssues(
  tree: Node,
  reads: readonly Read[],
  calls: readonly Call[],
  shape: Shape,
  functions: ReadonlySet<string>,
): readonly ExpressionIssue[] {
  return [...unknownFields(reads, shape), ...unknownFunctions(calls, functions), ...computedFields(tree, shape)];
}

function unknownFields(reads: readonly Read[], shape: Shape): ExpressionIssue[] {
  return reads.flatMap(read => {
    if (builtInNames.has(read.path[0] ?? '')) return [];
    const found = findInShape(shape, read.path);
    if ('found' in found) return [];
    const place = read.parts[found.unknownAt] ?? read;
    const word = read.path[found.unknownAt] ?? '';
    const before = read.path.slice(0, found.unknownAt);
    const close = nearest(word, found.known);
    const path = read.path.slice(0, found.unknownAt + 1).join('.');
    const suggestion = close === undefined ? pathText(before) : pathText([...before, close]);
    return [{start: place.start, end: place.end, code: 'expression.unknown_field', params: {path, suggestion}}];
  });
}

function unknownFunctions(calls: readonly Call[], functions: ReadonlySet<string>): ExpressionIssue[] {
  return calls
    .filter(call => !functions.has(call.name))
    .map(call => ({
      start: call.start,
      end: call.end,
      code: 'expression.unknown_function',
      params: {name: call.name, suggestion: nearest(call.name, functions) ?? ''},
    }));
}

/** `person[settings.column]` would read a field that nobody can check or explain. */
function computedFields(tree: Node, shape: Shape): ExpressionIssue[] {
  const issues: ExpressionIssue[] = [];
  walk(tree, node => {
    if ((node.op !== '[]' && node.op !== '[?]') || literalText(node.args[1]) !== undefined) return;
    const [base] = usesOf(node.args[0]).reads;
    const found = base && base.end >= node.args[0].end ? findInShape(shape, base.path) : undefined;
    if (found && 'found' in found && typeof found.found !== 'string') {
      issues.push({start: node.args[1].start, end: node.args[1].end, code: 'expression.computed_field', params: {}});
    }
  });
  return issues;
}
