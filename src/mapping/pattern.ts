// Regular expressions that people and vendors write, checked before they are used. JavaScript's backtrack, so a short one
// can take minutes on a short text. V8's linear engine is behind an experimental flag of the whole process, so this refuses
// what can explode instead; what is merely polynomial is stopped by the clock (deadline.ts).

export type PatternRefusal = 'invalid' | 'look_around' | 'back_reference' | 'repeats' | 'too_long';
export type CheckedPattern = {readonly pattern: RegExp} | {readonly refused: PatternRefusal};

const maxLength = 300;
/** Ways in which a repeat inside a repeat may share out a text; `(\d{1,3}\.){3}` has 27. */
const maxWays = 10_000;
/** Open repeats one after another multiply too: the text's length to this power. */
const maxOpenRepeats = 4;

export function checkPattern(source: string): CheckedPattern {
  if (source.length > maxLength) return {refused: 'too_long'};
  let pattern: RegExp;
  try {
    pattern = new RegExp(source, 'u');
  } catch {
    return {refused: 'invalid'};
  }
  const bare = withoutClasses(source);
  if (/\(\?<?[=!]/.test(bare)) return {refused: 'look_around'};
  if (/\\(?:[1-9]|k<)/.test(bare)) return {refused: 'back_reference'};
  return explodes(bare) ? {refused: 'repeats'} : {pattern};
}

/** Each class and each escape becomes one character, so that what is left is structure: groups, repeats, alternatives. */
function withoutClasses(source: string): string {
  return source.replace(/\\(?:[1-9]|k<)|\\(?:[pPu]\{[^}]*\}|.)|\[(?:\\.|[^\]\\])*\]/gsu, found =>
    /^\\(?:[1-9]|k<)/.test(found) ? found : '_',
  );
}

type Group = {most: number; alternatives: string[]; variable: boolean};

function explodes(bare: string): boolean {
  const open: Group[] = [newGroup()];
  let openRepeats = 0;
  let last: Group | undefined; // the group that a repeat right here would repeat
  for (let at = 0; at < bare.length; ) {
    const group = open.at(-1) ?? newGroup();
    const repeat = repeatAt(bare, at);
    if (repeat) {
      if (repeat.most === Number.POSITIVE_INFINITY && ++openRepeats > maxOpenRepeats) return true;
      if (last && repeat.most > 1 && !bounded(last, repeat.most)) return true;
      if (repeat.variable) group.variable = true;
      group.most = Math.max(group.most, repeat.most * (last?.most ?? 1));
      last = undefined;
      at += repeat.length;
      continue;
    }
    const character = bare.charAt(at);
    last = undefined;
    if (character === '(') {
      const prefix = /^\((?:\?(?::|<\w+>))?/.exec(bare.slice(at))?.[0] ?? '(';
      open.push(newGroup());
      at += prefix.length;
      continue;
    }
    if (character === ')') {
      last = open.pop();
      if (last?.variable) (open.at(-1) ?? newGroup()).variable = true;
      const outer = open.at(-1);
      if (outer && last) {
        outer.most = Math.max(outer.most, last.most);
        outer.alternatives[outer.alternatives.length - 1] += '_';
      }
    } else if (character === '|') group.alternatives.push('');
    else group.alternatives[group.alternatives.length - 1] += character;
    at += 1;
  }
  return false;
}

function newGroup(): Group {
  return {most: 1, alternatives: [''], variable: false};
}

/** Whether repeating this group `times` leaves few ways to share out a text. */
function bounded(group: Group, times: number): boolean {
  const starts = group.alternatives.map(alternative => alternative.charAt(0));
  const distinct = new Set(starts).size === starts.length && !starts.some(start => start === '_' || start === '.');
  if (starts.length > 1 && !distinct) return group.alternatives.length ** times <= maxWays;
  return !group.variable || group.most ** times <= maxWays;
}

function repeatAt(bare: string, at: number): {most: number; variable: boolean; length: number} | undefined {
  const match = /^(?:([*+?])|\{(\d+)(,?)(\d*)\})\??/.exec(bare.slice(at, at + 20));
  if (!match) return undefined;
  const [whole, sign, least = '', comma, most] = match;
  if (sign) return {most: sign === '?' ? 1 : Number.POSITIVE_INFINITY, variable: true, length: whole.length};
  const bound = comma ? (most ? Number(most) : Number.POSITIVE_INFINITY) : Number(least);
  return {most: bound, variable: bound !== Number(least), length: whole.length};
}
