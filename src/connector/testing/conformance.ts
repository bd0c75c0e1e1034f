// The conformance kit: one call in a connector's test checks all that the engine relies on, against the emulator over
// real HTTP. What a connector declares it must do, and what it does it must have declared.
import {after, describe} from 'node:test';
import type {Values} from '../../model/event.ts';
import type {JsonObject} from '../../std/json.ts';
import type {Connector, LookUp, ReceivedFile} from '../contract.ts';
import type {TestClock} from './clocks.ts';
import {describeChanges} from './conformance/changes.ts';
import {describeCheck} from './conformance/check.ts';
import {describeHonesty} from './conformance/honesty.ts';
import {describeManifest} from './conformance/manifest.ts';
import {describePages} from './conformance/pages.ts';
import {describeSecrecy} from './conformance/secrecy.ts';
import {createStage} from './conformance/stage.ts';
import {describeTrouble} from './conformance/trouble.ts';
import {describeWrites} from './conformance/writes.ts';
import type {Emulator} from './emulator.ts';

export type ConformanceEmulator = Emulator & {
  /** Puts that many records there before the test, visible at once. */
  fill(count: number): void;
  /** Somebody else removes a record, or gives it these values. Needed where records can be changed. */
  remove?(id: string): void;
  alter?(id: string, values: Values): void;
};

export type Conformance = {
  /** A fresh one for each test; left out for connectors that reach no other system. */
  readonly emulator?: (clock: TestClock) => Promise<ConformanceEmulator>;
  /** Without the address, which is the emulator's. */
  readonly settings?: JsonObject;
  readonly secrets?: {readonly [name: string]: string};
  /** Refused by the emulator with 401; accepted but without rights. */
  readonly badSecrets?: {readonly [name: string]: string};
  readonly limitedSecrets?: {readonly [name: string]: string};
  /** The resource that is read and written; the manifest's first by default. */
  readonly resource?: string;
  /** A file of so many rows, for connectors that read files. */
  readonly file?: (rows: number) => ReceivedFile;
  /** Largest page that the system gives; 1,000 by default. */
  readonly largestPage?: number;
  /** Over how many records memory must stay flat; 50,000 by default. */
  readonly manyRecords?: number;
  /** A valid record, different for each number. With `text` its freest field holds that text. */
  readonly values?: (n: number, text?: string) => Values;
  /** How that record is looked up. */
  readonly lookUp?: (values: Values) => LookUp;
  /** Some fields of that record, none of its key, with other values. With `text` the freest of them holds that text. */
  readonly update?: (text?: string) => Values;
  /** Whether a record with these values is active, for resources that can be deactivated. */
  readonly isActive?: (values: Values) => boolean;
};

/** Declares the whole suite for one connector as tests of node:test. */
export function describeConformance(connector: Connector, conformance: Conformance): void {
  describe(`${connector.manifest.name} conforms`, () => {
    const stage = createStage(connector, conformance);
    after(() => stage.close());
    describeManifest(connector.manifest);
    describeHonesty(connector);
    describeCheck(stage);
    describePages(stage);
    describeTrouble(stage);
    describeWrites(stage);
    describeChanges(stage);
    describeSecrecy(stage); // last: it looks at what all the others recorded
  });
}
