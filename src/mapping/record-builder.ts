// Makes of a raw record what expressions read: one object per part, each of its own class, because the language finds a
// value's type by its constructor (1.8 times faster than having it wrap the record for every expression).
import {isJsonObject, type Json} from '../std/json.ts';
import {fitted, type Kind, misfit, type Shape} from './shape.ts';

export type PartClass = new () => {[field: string]: unknown};
/** The class of each part by its path, joined by dots; made once per language. */
export type PartClasses = ReadonlyMap<string, PartClass>;

/** What expressions see of one record. */
export type Seen = {
  readonly parts: {readonly [name: string]: unknown};
  /** Paths whose value is of another type than declared; they have no value among the parts. */
  readonly misfits: readonly string[];
  /** As it came, whatever its type. */
  readonly raw: RawRoot;
};

/** The raw value of a root: a part of the record's data, its identifiers, the settings. */
export type RawRoot = (name: string) => Json | undefined;

export function partClasses(shape: Shape, path = ''): Map<string, PartClass> {
  const classes = new Map<string, PartClass>();
  for (const [name, child] of shape.children) {
    if (typeof child === 'string') continue;
    const below = path === '' ? name : `${path}.${name}`;
    classes.set(
      below,
      class {
        [field: string]: unknown;
      },
    );
    for (const [deeper, made] of partClasses(child, below)) classes.set(deeper, made);
  }
  return classes;
}

/** Builds what `shape` (pruned to what is read) names, and nothing else. */
export function recordBuilder(shape: Shape, classes: PartClasses): (rootOf: RawRoot, today: string) => Seen {
  const fields = fieldsOf(shape, classes, '');
  return (rootOf, today) => {
    const parts: {[name: string]: unknown} = {today};
    const misfits: string[] = [];
    for (const field of fields) field.build(rootOf(field.name), parts, misfits);
    return {parts, misfits, raw: rootOf};
  };
}

type BuildField = {
  readonly name: string;
  build(raw: Json | undefined, into: {[field: string]: unknown}, misfits: string[]): void;
};

function fieldsOf(shape: Shape, classes: PartClasses, path: string): readonly BuildField[] {
  return Array.from(shape.children, ([name, child]) => {
    const below = path === '' ? name : `${path}.${name}`;
    return typeof child === 'string' ? leaf(name, child, below) : part(name, child, classes, below);
  });
}

function leaf(name: string, kind: Kind, path: string): BuildField {
  return {
    name,
    build(raw, into, misfits) {
      const value = fitted(kind, raw);
      if (value === misfit) misfits.push(path);
      else if (value !== undefined) into[name] = value;
    },
  };
}

function part(name: string, shape: Shape, classes: PartClasses, path: string): BuildField {
  const Part = classes.get(path);
  const fields = fieldsOf(shape, classes, path);
  return {
    name,
    build(raw, into, misfits) {
      const made = Part ? new Part() : {};
      const own = isJsonObject(raw) ? raw : {};
      for (const field of fields) {
        field.build(Object.hasOwn(own, field.name) ? own[field.name] : undefined, made, misfits);
      }
      into[name] = made;
    },
  };
}
