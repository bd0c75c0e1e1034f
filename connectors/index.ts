// Every connector there is, one line each.
export {directory} from './directory/connector.ts';
export {file} from './file/connector.ts';
export {hectre} from './hectre/connector.ts';
export {hectreCsv} from './hectre-csv/connector.ts';
export {scim} from './scim/connector.ts';
