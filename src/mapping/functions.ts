// The function library of the mapping language: synchronous, total over the declared types, and pure but for what the host
// gives (today, country, tables). Adding one is adding a row to one of the lists in functions/.
import {choiceFunctions} from './functions/choice.ts';
import {dateFunctions} from './functions/dates.ts';
import {idFunctions} from './functions/ids.ts';
import {numberFunctions} from './functions/numbers.ts';
import {phoneFunctions} from './functions/phones.ts';
import type {FunctionRow, Host} from './functions/row.ts';
import {textFunctions} from './functions/text.ts';

/** Every function, bound to what it may ask the host for. */
export function functionLibrary(host: Host): readonly FunctionRow[] {
  return [
    ...textFunctions(),
    ...choiceFunctions(host),
    ...numberFunctions(),
    ...idFunctions(),
    ...phoneFunctions(host),
    ...dateFunctions(host),
  ];
}
