// Every connector there is, one line each.
import type {Connector} from '../src/connector/index.ts';
import {directory} from './directory/connector.ts';
import {file} from './file/connector.ts';
import {hectre} from './hectre/connector.ts';
import {hectreCsv} from './hectre-csv/connector.ts';
import {scim} from './scim/connector.ts';

export const connectors: readonly Connector[] = [directory, file, hectre, hectreCsv, scim];
