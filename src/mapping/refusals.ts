// What an expression may not hold because nothing bounds its time or memory, or because its answers are wrong in ways that
// nobody would notice. The clock (deadline.ts) catches what slips through; this says so while somebody is still typing.
import type {ExpressionIssue} from './check.ts';
import {checkPattern} from './pattern.ts';
import {childrenOf, literalText, type Node, repeatOf, walk} from './tree.ts';

const maxRepeatDepth = 2; // over 1,000 entries two levels take 82 ms, three over 200 take 605 ms

const largest = 2n ** 63n - 1n; // the library takes a hundred thousand digits

/** Timestamps roll 30 February over and count days from 0; our own dates are text. */
const timeCalls: ReadonlySet<string> = new Set([
  ...['timestamp', 'duration', 'getDate', 'getDayOfMonth', 'getDayOfWeek', 'getDayOfYear', 'getFullYear', 'getHours'],
  ...['getMilliseconds', 'getMinutes', 'getMonth', 'getSeconds'],
]);

/** Every refused construct with its place. */
export function refusalsOf(tree: Node): readonly ExpressionIssue[] {
  const issues: ExpressionIssue[] = [];
  const refuse = (node: Node, code: string, params = {}) =>
    issues.push({start: node.start, end: node.end, code, params});
  walk(tree, node => {
    if (node.op === 'value' && node.args instanceof Uint8Array) refuse(node, 'expression.refused', {what: 'bytes'});
    if (node.op === 'value' && typeof node.args === 'bigint' && node.args > largest)
      refuse(node, 'expression.number_too_large');
    if (node.op === 'id' && node.args === 'cel') refuse(node, 'expression.refused', {what: 'cel.bind'});
    if (node.op !== 'call' && node.op !== 'rcall') return;
    const name = node.args[0];
    if (name === 'bytes') refuse(node, 'expression.refused', {what: name});
    if (timeCalls.has(name)) refuse(node, 'expression.time_function', {name});
    if (node.op !== 'rcall') return;
    if (name === 'join') refuse(node, 'expression.join_method');
    if (name === 'matches') {
      const literal = literalText(node.args[2][0]);
      if (literal === undefined) return refuse(node, 'expression.pattern_not_literal');
      const checked = checkPattern(literal);
      if ('refused' in checked) refuse(node.args[2][0] ?? node, `expression.pattern_${checked.refused}`);
    }
  });
  refuseDeepRepeats(tree, 0, node => refuse(node, 'expression.too_nested', {limit: maxRepeatDepth}));
  return issues;
}

function refuseDeepRepeats(node: Node, depth: number, refuse: (node: Node) => void): void {
  const repeat = repeatOf(node);
  if (!repeat) {
    for (const child of childrenOf(node)) refuseDeepRepeats(child, depth, refuse);
    return;
  }
  if (depth === maxRepeatDepth) {
    refuse(node);
    return;
  }
  refuseDeepRepeats(repeat.over, depth, refuse);
  for (const body of repeat.bodies) refuseDeepRepeats(body, depth + 1, refuse);
}
