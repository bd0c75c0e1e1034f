// Which family names fail how, and whether each time or only the first time for that user. Of a change it is the name that
// the user has there.
import {isJsonObject, type Json} from '../../src/connector/index.ts';
import {type EmulatorRequest, type Fault, fault} from '../../src/connector/testing/index.ts';

const named: {readonly [familyName: string]: {readonly fault: Fault; readonly often: 'once' | 'always'}} = {
  Ratelimit: {fault: fault.rateLimited('1'), often: 'once'},
  Failbefore: {fault: fault.failBefore, often: 'once'},
  Failafter: {fault: fault.failAfter, often: 'once'},
  Failalways: {fault: fault.failBefore, often: 'always'},
  Hang: {fault: fault.hang, often: 'always'},
  Html: {fault: fault.html, often: 'always'},
  Truncated: {fault: fault.truncatedAfter, often: 'always'},
};

export function namedFaults(familyNameAt: (path: string) => Json | undefined) {
  const met = new Set<string>();
  return ({method, path, json}: EmulatorRequest): Fault | undefined => {
    if (method === 'GET') return undefined;
    const given = isJsonObject(json) && isJsonObject(json['name']) ? json['name']['familyName'] : undefined;
    const name = String(given ?? familyNameAt(path) ?? '');
    const rule = Object.hasOwn(named, name) ? named[name] : undefined;
    const who = `${method} ${path} ${name} ${isJsonObject(json) ? json['userName'] : ''}`;
    if (!rule || (rule.often === 'once' && met.has(who))) return undefined;
    met.add(who);
    return rule.fault;
  };
}
