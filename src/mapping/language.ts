// The mapping language: CEL made total and bounded. The only file that names the library. Expressions are checked, walked
// and compiled here; evaluating one gives a value, says by which path it is missing, or fails with a code, and never throws.
import {
  type ASTNode,
  Environment,
  EvaluationError,
  Optional,
  ParseError,
  TypeError as TypeIssue,
} from '@marcbachmann/cel-js';
import type {Resource} from '../model/resource.ts';
import type {Json, JsonObject} from '../std/json.ts';
import type {ExpressionIssue, GivenType, SettingShape} from './check.ts';
import {builtInNames, nameIssues} from './check-names.ts';
import {givenType, syntaxIssue, typeIssue} from './check-words.ts';
import {readFirstOptionally} from './first-argument.ts';
import {type FailureCode, FunctionFailure, type FunctionRow, type Host} from './functions/row.ts';
import {functionLibrary} from './functions.ts';
import {type Read, usesOf} from './reads.ts';
import {type PartClasses, partClasses, recordBuilder, type Seen} from './record-builder.ts';
import {refusalsOf} from './refusals.ts';
import {type Kind, prunedShape, type Shape, shapeOf} from './shape.ts';
import {rootOf} from './tree.ts';

export type Node = ASTNode;

export const maxExpressionLength = 2000;

export type LanguageInput = {
  readonly source: Pick<Resource, 'fields'>;
  readonly settings: readonly SettingShape[];
  readonly country?: string | undefined;
  readonly tables?: Host['tables'] | undefined;
};

/** A record as a mapping sees it: the source's data, and the ids that other systems know it by. */
export type MappableRecord = {readonly data: JsonObject; readonly identifiers?: JsonObject};
/** `today` is the run's calendar date, yyyy-MM-dd; `settings` the values of settings by name. */
export type MappingContext = {readonly today: string; readonly settings: JsonObject};

export type Outcome =
  | {readonly state: 'value'; readonly value: Json}
  /** `path` is null where the expression itself gave nothing (a blank text). */
  | {readonly state: 'missing'; readonly path: string | null}
  | {readonly state: 'misfit'; readonly path: string}
  | {readonly state: 'failed'; readonly code: FailureCode | (string & {}); readonly digits?: number | undefined};

export type Program = {
  readonly tree: Node;
  readonly reads: readonly Read[];
  /** `seen` must come from a reader that was made with this program. */
  evaluate(seen: Seen): Outcome;
};

export type CompiledExpression = {
  /** Undefined where there are issues. */
  readonly program: Program | undefined;
  readonly type: GivenType | null;
  readonly reads: readonly Read[];
  readonly readsToday: boolean;
  readonly issues: readonly ExpressionIssue[];
};

export type Language = {
  readonly shape: Shape;
  compile(expression: string): CompiledExpression;
  /** How records and settings are seen by these programs. Evaluate what it gave before the next is read. */
  reader(programs: readonly Program[]): (record: MappableRecord, context: MappingContext) => Seen;
  /** Every function with its words, for the editor. */
  readonly functions: readonly FunctionRow[];
};

/** The language over a source's fields, settings, the record's identifiers and `today`. Costs a few milliseconds: keep it. */
export function createLanguage(input: LanguageInput): Language {
  const shape = shapeOf([
    ...input.source.fields.map(field => ({path: field.name.split('.'), type: field.type})),
    ...input.settings.map(setting => ({path: ['settings', setting.name], type: setting.type})),
    {path: ['identifiers'], type: 'object'},
  ]);
  const host: Host = {today: '', country: input.country, tables: input.tables ?? {}};
  const functions = functionLibrary(host);
  const classes = partClasses(shape);
  const environment = environmentOf(shape, classes, functions);
  const definitions = environment.getDefinitions().functions;
  const names = new Set(definitions.map(definition => definition.name));
  const dayCalls = new Set(functions.filter(row => row.readsToday).map(row => callOf(row.signature)));

  return {
    shape,
    functions,
    compile(expression) {
      const nothing = {program: undefined, type: null, reads: [], readsToday: false};
      if (expression.length > maxExpressionLength) {
        const params = {found: expression.length, limit: maxExpressionLength};
        return {...nothing, issues: [{start: 0, end: expression.length, code: 'expression.too_long', params}]};
      }
      const tree = parse(environment, expression);
      if ('code' in tree) return {...nothing, issues: [tree]};
      const {reads, calls} = usesOf(tree);
      const readsToday =
        reads.some(read => read.path[0] === 'today') ||
        calls.some(({name, node}) => node.op === 'call' && dayCalls.has(`${name}/${node.args[1].length}`));
      const found = {reads: reads.filter(read => !builtInNames.has(read.path[0] ?? '')), readsToday};
      const issues = [...refusalsOf(tree), ...nameIssues(tree, reads, calls, shape, names)];
      if (issues.length > 0) return {...nothing, ...found, issues: issues.sort((a, b) => a.start - b.start)};
      const rewritten = readFirstOptionally(expression, tree);
      const runnable = environment.parse(rewritten.text);
      const checked = runnable.check();
      if (!checked.valid) {
        const issue = typeIssue(checked.error, expression, rewritten, definitions);
        return {...nothing, ...found, issues: [issue]};
      }
      const program = {tree, reads: found.reads, evaluate: evaluator(runnable, found.reads)};
      return {...found, program, type: givenType(checked.type ?? 'dyn'), issues: []};
    },
    reader(programs) {
      const build = recordBuilder(
        prunedShape(
          shape,
          programs.flatMap(program => program.reads.map(read => read.path)),
        ),
        classes,
      );
      return (record, context) => {
        host.today = context.today;
        return build(name => {
          if (name === 'settings') return context.settings;
          if (name === 'identifiers') return record.identifiers;
          return Object.hasOwn(record.data, name) ? record.data[name] : undefined;
        }, context.today);
      };
    },
  };
}

/** A function by name and number of arguments: `age(d)` reads the day, `age(d, on)` does not. */
function callOf(signature: string): string {
  const [name = '', parameters = ''] = signature.slice(0, signature.lastIndexOf(')')).split('(');
  return `${name}/${parameters.split(',').length}`;
}

const limits = {maxAstNodes: 400, maxDepth: 32, maxListElements: 200, maxMapEntries: 200, maxCallArguments: 8};

function environmentOf(shape: Shape, classes: PartClasses, functions: readonly FunctionRow[]): Environment {
  const environment = new Environment({enableOptionalTypes: true, limits});
  registerNumbers(environment);
  for (const row of functions) {
    for (const signature of withWholeNumbers(row.signature)) {
      const run = row.run as (...args: unknown[]) => unknown; // CEL checks the arguments against the signature
      const handler =
        signature === row.signature ? run : (...args: unknown[]) => run(...args.map(arg => numberOf(arg)));
      environment.registerFunction(signature, handler, {async: false, description: row.description});
    }
  }
  const register = (at: Shape, path: string) => {
    const fields: {[name: string]: string} = {};
    for (const [name, child] of at.children) {
      const below = path === '' ? name : `${path}.${name}`;
      if (typeof child !== 'string') register(child, below);
      fields[name] = typeof child === 'string' ? celTypes[child] : partType(below, classes);
    }
    const ctor = classes.get(path);
    if (ctor) environment.registerType(partType(path, classes), {ctor, fields});
    else for (const [name, type] of Object.entries(fields)) environment.registerVariable(name, type);
  };
  register(shape, '');
  return environment.registerVariable('today', 'string');
}

const celTypes: {readonly [K in Kind]: string} = {
  text: 'string',
  number: 'double',
  boolean: 'bool',
  list: 'list<dyn>',
  map: 'map<string, dyn>',
};

function partType(path: string, classes: PartClasses): string {
  return `Part${Array.from(classes.keys()).indexOf(path)}`; // names of fields may have characters that types may not
}

/** All numbers are doubles; literals without a point are not, so the operators are there for both together. */
function registerNumbers(environment: Environment): void {
  const operators: {readonly [sign: string]: (a: number, b: number) => number} = {
    '+': (a, b) => a + b,
    '-': (a, b) => a - b,
    '*': (a, b) => a * b,
    '/': divided,
  };
  for (const [sign, operate] of Object.entries(operators)) {
    environment.registerOperator(`double ${sign} int: double`, (a: number, b: bigint) => operate(a, Number(b)));
    environment.registerOperator(`int ${sign} double: double`, (a: bigint, b: number) => operate(Number(a), b));
  }
  environment.registerOperator('double == int', (a: number, b: bigint) => a === Number(b));
  environment.registerOperator('double in list<int>: bool', (a: number, list: readonly bigint[]) =>
    list.some(entry => Number(entry) === a),
  );
}

function divided(a: number, b: number): number {
  if (b === 0) throw new EvaluationError({code: 'division_by_zero', message: 'division by zero'});
  return a / b;
}

/** `left(string, double)` also as `left(string, int)`: every mix of the two. */
function withWholeNumbers(signature: string): readonly string[] {
  const open = signature.indexOf('(');
  const at = signature.slice(0, signature.lastIndexOf(')')).indexOf('double', open);
  if (at < 0) return [signature];
  const rest = withWholeNumbers(`(${signature.slice(at + 'double'.length)}`).map(text => text.slice(1));
  const head = signature.slice(0, at);
  return rest.flatMap(tail => [`${head}double${tail}`, `${head}int${tail}`]);
}

function numberOf(value: unknown): unknown {
  return typeof value === 'bigint' ? Number(value) : value;
}

function parse(environment: Environment, expression: string): Node | ExpressionIssue {
  try {
    return environment.parse(expression).ast;
  } catch (error) {
    const known = error instanceof ParseError || error instanceof TypeIssue;
    return syntaxIssue(known ? error : undefined, expression);
  }
}

function evaluator(run: (context: {readonly [name: string]: unknown}) => unknown, reads: readonly Read[]) {
  const always = reads.filter(read => read.always).map(read => read.path);
  const dotted = reads.map(read => read.path.join('.'));
  return (seen: Seen): Outcome => {
    if (seen.misfits.length > 0) {
      const path = seen.misfits.find(at => dotted.some(read => at === read || at.startsWith(`${read}.`)));
      if (path !== undefined) return {state: 'misfit', path};
    }
    for (const path of always) {
      if (!isSeen(seen.parts, path)) return {state: 'missing', path: path.join('.')};
    }
    try {
      return outcomeOf(run(seen.parts));
    } catch (error) {
      return failureOf(error);
    }
  };
}

function isSeen(parts: {readonly [name: string]: unknown}, path: readonly string[]): boolean {
  let at: unknown = parts;
  for (const part of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, part)) return false;
    at = (at as {readonly [name: string]: unknown})[part]; // hasOwn just proved the key
  }
  return true;
}

function outcomeOf(result: unknown): Outcome {
  const value = jsonOf(result);
  if (value === undefined) return {state: 'failed', code: 'not_a_value'};
  if (value === null || (typeof value === 'string' && value.trim() === '')) return {state: 'missing', path: null};
  return {state: 'value', value};
}

function failureOf(error: unknown): Outcome {
  if (error instanceof FunctionFailure && error.code === 'nothing') return {state: 'missing', path: null};
  if (error instanceof FunctionFailure) return {state: 'failed', code: error.code, digits: error.digits};
  if (!(error instanceof EvaluationError)) return {state: 'failed', code: 'unexpected'};
  if (absence.has(error.code)) {
    const node = error.node;
    if (error.code === 'optional_value_missing' || !node) return {state: 'missing', path: null};
    // A miss in a map literal has the same code; that is not the source's doing.
    if (rootOf(node) === undefined) return {state: 'failed', code: 'not_in_table'};
    return {state: 'missing', path: usesOf(node).reads[0]?.path.join('.') ?? node.input.slice(node.start, node.end)};
  }
  return {state: 'failed', code: error.code};
}

const absence: ReadonlySet<string> = new Set([
  'no_such_key',
  'index_out_of_bounds',
  'unknown_variable',
  'optional_value_missing',
]);

/** What leaves the language: no BigInt, no optional, no class; undefined for what JSON has no form of. */
function jsonOf(value: unknown): Json | undefined {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'bigint':
      return Number(value);
    case 'number':
      return Number.isFinite(value) ? value : undefined;
    case 'object':
      break;
    default:
      return undefined;
  }
  if (value === null) return null;
  if (value instanceof Optional) return value.hasValue() ? jsonOf(value.value()) : null;
  if (Array.isArray(value)) {
    const list = value.map(jsonOf);
    return list.some(entry => entry === undefined) ? undefined : list.map(entry => entry ?? null);
  }
  const object: {[key: string]: Json} = {};
  for (const [key, entry] of Object.entries(value)) {
    const json = jsonOf(entry);
    if (json === undefined) return undefined;
    Object.defineProperty(object, key, {value: json, enumerable: true, configurable: true, writable: true});
  }
  return object;
}
