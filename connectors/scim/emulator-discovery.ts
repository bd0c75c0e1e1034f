// What the emulator says about itself.
import type {JsonObject} from '../../src/connector/index.ts';

type About = {
  readonly lacks: ReadonlySet<string>;
  readonly bulk: {readonly maxOperations: number; readonly maxPayloadSize: number};
  readonly mostPerPage: number;
};

const core = 'urn:ietf:params:scim:schemas:core:2.0';
const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

export function config({lacks, bulk, mostPerPage}: About): JsonObject {
  return {
    schemas: [`${core}:ServiceProviderConfig`],
    patch: {supported: !lacks.has('patch')},
    bulk: {supported: !lacks.has('bulk'), ...bulk},
    filter: {supported: !lacks.has('filter'), maxResults: mostPerPage},
    changePassword: {supported: false},
    sort: {supported: false},
    etag: {supported: !lacks.has('etag')},
    authenticationSchemes: [{type: 'oauthbearertoken', name: 'Bearer', description: 'A token in the header'}],
  };
}

export function resourceTypes({lacks}: About): JsonObject {
  const extensions = lacks.has('enterprise') ? [] : [{schema: enterprise, required: false}];
  const user = {id: 'User', name: 'User', endpoint: '/Users', schema: `${core}:User`, schemaExtensions: extensions};
  const group = {id: 'Group', name: 'Group', endpoint: '/Groups', schema: `${core}:Group`};
  return listOf(lacks.has('groups') ? [user] : [user, group]);
}

const userAttributes =
  'userName name displayName title active emails phoneNumbers addresses nickName profileUrl userType locale timezone groups';

export function schemaList({lacks}: About): JsonObject {
  const user = schema(`${core}:User`, userAttributes);
  const group = schema(`${core}:Group`, 'displayName members');
  const extension = schema(enterprise, 'employeeNumber costCenter organization division department manager');
  return listOf([user, ...(lacks.has('groups') ? [] : [group]), ...(lacks.has('enterprise') ? [] : [extension])]);
}

function schema(id: string, names: string): JsonObject {
  return {id, attributes: names.split(' ').map(name => ({name, type: 'string', multiValued: false}))};
}

function listOf(resources: readonly JsonObject[]): JsonObject {
  const schemas = ['urn:ietf:params:scim:api:messages:2.0:ListResponse'];
  return {schemas, totalResults: resources.length, itemsPerPage: resources.length, startIndex: 1, Resources: resources};
}
