// The emulator's POST /Bulk. The family name `Stopbulk` ends it there without a word about the rest, `Failbulk` fails alone.
import {isJsonObject, type Json, type JsonObject} from '../../src/connector/index.ts';
import type {EmulatorAnswer} from '../../src/connector/testing/index.ts';

type Run = (method: string, path: string, json: Json | undefined, version: string | undefined) => EmulatorAnswer;
type Limits = {readonly maxOperations: number; readonly maxPayloadSize: number};

export function bulkAnswer(json: Json | undefined, limits: Limits, run: Run): EmulatorAnswer {
  const operations = isJsonObject(json) ? json['Operations'] : undefined;
  if (!Array.isArray(operations)) return {status: 400, json: {detail: 'Operations are wanted', status: '400'}};
  if (operations.length > limits.maxOperations || Buffer.byteLength(JSON.stringify(json)) > limits.maxPayloadSize) {
    return {status: 413, json: {detail: 'More than is taken at once', status: '413'}};
  }
  const done: JsonObject[] = [];
  const effects: Json[] = [];
  for (const operation of operations.filter(isJsonObject)) {
    const familyName = familyNameOf(operation['data']);
    if (familyName === 'Stopbulk') break;
    const {method, path, bulkId, version} = operation;
    const answer: EmulatorAnswer =
      familyName === 'Failbulk'
        ? {status: 500, json: {detail: 'Something broke', status: '500'}}
        : run(String(method), String(path), operation['data'], typeof version === 'string' ? version : undefined);
    if (answer.effect !== undefined) effects.push(answer.effect);
    const location = answer.headers?.['location'];
    done.push({
      ...{method: method ?? '', status: String(answer.status)},
      ...(method === 'POST' ? {bulkId: bulkId ?? ''} : {}),
      ...(location === undefined ? {} : {location}),
      ...(answer.status >= 400 ? {response: answer.json ?? null} : {}),
    });
  }
  const schemas = ['urn:ietf:params:scim:api:messages:2.0:BulkResponse'];
  return {status: 200, json: {schemas, Operations: done}, ...(effects.length > 0 ? {effect: effects} : {})};
}

function familyNameOf(data: Json | undefined): Json | undefined {
  const name = isJsonObject(data) ? data['name'] : undefined;
  return isJsonObject(name) ? name['familyName'] : undefined;
}
