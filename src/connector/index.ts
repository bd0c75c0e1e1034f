// What connectors import: the contract and the parts of the SDK. Connectors import nothing else of Muster.

export {MusterError} from '../errors.ts';
export type {Values} from '../model/event.ts';
export type {Choice, Constraint, Field, Sensitivity} from '../model/field.ts';
export type {Issue} from '../model/issue.ts';
export type {Capability, Key, Resource} from '../model/resource.ts';
export type {Json, JsonObject} from '../std/json.ts';
export {isJsonObject, valueAt} from '../std/json.ts';
export type * from './contract.ts';
export {type CsvCell, type CsvColumn, writeCsv} from './csv-out.ts';
export {type CsvRow, type CsvSource, type Delimiter, delimiters, readCsv} from './csv-source.ts';
