// Functions that choose between values.
import {FunctionFailure, type FunctionRow, type Host} from './row.ts';

/** CEL's own optional, as far as `first` needs it. */
type Optional = {
  hasValue(): boolean;
  value(): unknown;
  or(other: Optional): Optional;
  orValue(other: unknown): unknown;
};
type Table = ReadonlyMap<unknown, unknown> | {readonly [key: string]: unknown};

export function choiceFunctions(host: Host): readonly FunctionRow[] {
  const named = (name: string) => {
    if (!Object.hasOwn(host.tables, name)) throw new FunctionFailure('no_such_table');
    return host.tables[name] ?? {};
  };
  return [
    ...firstFunctions(),
    {
      signature: 'lookup(map<string, A>, string): A',
      description: "The entry of that name: lookup({'M': 'Male'}, person.gender).",
      run: entryOf,
    },
    {
      signature: 'lookup(map<string, A>, string, A): A',
      description: 'The entry of that name, or the last argument.',
      run: (table: Table, key: string, otherwise: unknown) => find(table, key) ?? otherwise,
    },
    {
      signature: 'lookup(string, string): string',
      description: 'The entry of that name in a table of the company.',
      run: (name: string, key: string) => entryOf(named(name), key),
    },
    {
      signature: 'lookup(string, string, string): string',
      description: 'The entry of that name in a table of the company, or the last argument.',
      run: (name: string, key: string, otherwise: string) => find(named(name), key) ?? otherwise,
    },
    {
      signature: 'matchesAny(string, list<string>): bool',
      description: 'Whether the text is one of the list, whatever its case.',
      run: (text: string, list: readonly string[]) => list.some(entry => entry.toLowerCase() === text.toLowerCase()),
    },
  ];
}

/** `first(a, b, …)`: plain paths among its arguments are read optionally (first-argument.ts), hence optionals. */
function firstFunctions(): readonly FunctionRow[] {
  const rows: FunctionRow[] = [];
  for (let others = 1; others <= 3; others++) {
    const optionals = Array.from({length: others}, () => 'optional<A>').join(', ');
    rows.push(
      {
        signature: `first(${optionals}, A): A`,
        description: 'The first of its arguments that has a value.',
        run: (...args: never[]) => {
          const last: unknown = args.at(-1);
          return firstOf(args.slice(0, -1)).orValue(last);
        },
      },
      {
        signature: `first(${optionals}, optional<A>): A`,
        description: 'The first of its arguments that has a value.',
        run: (...args: never[]) => {
          const found = firstOf(args);
          if (!found.hasValue()) throw new FunctionFailure('nothing');
          return found.value();
        },
      },
    );
  }
  return rows;
}

function firstOf(optionals: readonly Optional[]): Optional {
  return optionals.reduce((chosen, next) => chosen.or(next));
}

function entryOf(table: Table, key: string): unknown {
  const found = find(table, key);
  if (found === undefined) throw new FunctionFailure('not_in_table');
  return found;
}

function find(table: Table, key: string): unknown {
  if (table instanceof Map) return table.get(key);
  return Object.hasOwn(table, key) ? (table as {readonly [key: string]: unknown})[key] : undefined; // Map is the other half of Table
}
