// `first(person.preferredName, person.givenName)` means the first that has a value, but CEL evaluates every argument and
// fails on one that is absent. So plain paths among its arguments are made optional in the text, and places are led back.
import {literalText, type Node, type Place, rootOf, walk} from './tree.ts';

export type Rewritten = {
  readonly text: string;
  /** A place in the rewritten text, in the original. */
  original(place: Place): Place;
};

/** The text with every plain path that is an argument of `first` read optionally; roots (`today`) stay as they are. */
export function readFirstOptionally(text: string, tree: Node): Rewritten {
  const at: number[] = [];
  walk(tree, node => {
    if (node.op !== 'call' || node.args[0] !== 'first') return;
    for (const argument of node.args[1]) {
      const place = optionalMark(argument);
      if (place !== undefined) at.push(place);
    }
  });
  at.sort((one, other) => one - other);
  let rewritten = '';
  let from = 0;
  for (const place of at) {
    rewritten += `${text.slice(from, place)}?`;
    from = place;
  }
  const back = (position: number) => position - at.filter((place, index) => place + index < position).length;
  return {
    text: rewritten + text.slice(from),
    original: place => ({start: back(place.start), end: back(place.end)}),
  };
}

/** Where a question mark makes this access optional: after its point or bracket. */
function optionalMark(node: Node): number | undefined {
  if (rootOf(node) === undefined) return undefined;
  if (node.op === '.') return node.input.indexOf('.', node.args[0].end) + 1;
  if (node.op === '[]' && literalText(node.args[1]) !== undefined) return node.input.indexOf('[', node.args[0].end) + 1;
  return undefined;
}
