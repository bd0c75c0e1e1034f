// What a server's abilities mean for the connection: findings in words for whoever tests it, and the resources as they are
// there, so that nothing is mapped that would be refused or dropped.
import type {Capability, Context, Finding, Json, Resource} from '../../src/connector/index.ts';
import type {Attribute} from './attributes.ts';
import {type Abilities, missingFields} from './discovery.ts';
import {attributeOf, type Shape, shapeOf, shapes} from './shapes.ts';

type Said = Pick<Finding, 'level' | 'code'> & Partial<Finding>;

export function findingsOf(ctx: Context, abilities: Abilities, resources: readonly Resource[]): readonly Finding[] {
  const params = {connection: ctx.connectionName};
  const findings: Said[] = [];
  if (!abilities.described) findings.push({level: 'warning', code: 'check.undescribed', owner: 'admin'});
  for (const shape of shapes.filter(one => !abilities.offers(one))) {
    const resource = resources.find(({name}) => name === shape.name)?.plural ?? shape.name;
    findings.push({level: 'warning', code: 'check.resource_missing', params: {...params, resource}});
  }
  const missing = missingFields(abilities);
  if (missing.some(({field}) => field === 'active')) findings.push({level: 'warning', code: 'check.no_deactivation'});
  const fields = labelsOf(missing, resources);
  if (fields !== '') findings.push({level: 'warning', code: 'check.fields_missing', params: {...params, fields}});
  if (abilities.filters === 'none') findings.push({level: 'warning', code: 'check.no_search', owner: 'nobody'});
  if (abilities.changes === 'put') findings.push({level: 'info', code: 'check.whole_records_only', owner: 'nobody'});
  if (!abilities.bulk) findings.push({level: 'info', code: 'check.no_bulk', owner: 'nobody'});
  return findings.map(finding => ({params, owner: 'destination', ...finding}));
}

const mostLabels = 90;

function labelsOf(missing: ReturnType<typeof missingFields>, resources: readonly Resource[]): string {
  const labels = missing.map(({shape, field}) => {
    const resource = resources.find(({name}) => name === shape.name);
    return resource?.fields.find(({name}) => name === field)?.label ?? field;
  });
  const text = labels.join(', ');
  return text.length > mostLabels ? `${text.slice(0, mostLabels)}…` : text;
}

/** The manifest's resources, without what this server does not have or what another system looks after. */
export function narrowed(
  resources: readonly Resource[],
  abilities: Abilities,
  externalId: Json | undefined,
): readonly Resource[] {
  return resources.filter(({name}) => abilities.offers(shapeOf(name))).map(resource => narrow(resource));

  function narrow(resource: Resource): Resource {
    const shape = shapeOf(resource.name);
    const fields = resource.fields.filter(({name}) => isKept(shape, attributeOf(shape, name)));
    const names = new Set(fields.map(({name}) => name));
    const capabilities = resource.capabilities.filter(can => names.has('active') || !needsActive(can));
    const limits = abilities.filters === 'none' ? {...resource.limits, snapshotFrom: 1} : resource.limits;
    const keys = resource.keys.filter(key => key.fields.every(field => names.has(field)));
    return {...resource, fields, keys, capabilities, limits};
  }

  function isKept(shape: Shape, attribute: Attribute | undefined): boolean {
    if (!attribute || (attribute.field === 'externalId' && externalId === 'foreign')) return false;
    return abilities.takes(shape, attribute);
  }
}

const needsActive = (can: Capability) => can === 'deactivate' || can === 'reactivate';
