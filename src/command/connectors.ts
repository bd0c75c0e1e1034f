// connectors: what this installation can talk to.
import * as products from '../../connectors/index.ts';
import {answer, table} from './terminal.ts';

export function listConnectors(json: boolean): void {
  const rows = Object.values(products).map(({manifest: {id, name, resources, listing}}) => ({
    id,
    name,
    resources: resources.map(resource => resource.name),
    summary: listing.summary,
  }));
  if (json) answer(JSON.stringify(rows, null, 2));
  else answer(table(rows.map(row => [row.id, row.name, row.resources.join(', '), row.summary])));
}
