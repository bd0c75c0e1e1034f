// A leg made ready to run: who is included and how each field is filled, compiled once for a sync's version. Pure.
import type {ErrorIssue} from '../errors.ts';
import {type CompiledMapping, compileMapping} from '../mapping/mapping.ts';
import {type CompiledScope, compileScope} from '../mapping/scope.ts';
import {messageText} from '../messages/text.ts';
import type {Leg} from '../model/leg.ts';
import type {Resource} from '../model/resource.ts';
import type {MappingSettings} from './mapping-settings.ts';

export type LegInput = {
  readonly leg: Pick<Leg, 'scope' | 'mapping'>;
  readonly source: Pick<Resource, 'fields' | 'scope'>;
  readonly destination: Pick<Resource, 'fields'>;
  readonly settings: MappingSettings;
};

export type CompiledLeg = {
  /** Undefined where everybody is included. */
  readonly scope: CompiledScope | undefined;
  readonly mapping: CompiledMapping;
};

/** Never throws: what is wrong is in the issues of both. A scope left out is the source resource's own. */
export function compileLeg({leg, source, destination, settings}: LegInput): CompiledLeg {
  const expression = leg.scope ?? source.scope;
  const {shapes, country} = settings;
  return {
    scope: expression === undefined ? undefined : compileScope(source, expression, shapes),
    mapping: compileMapping({
      source,
      destination,
      mapping: leg.mapping,
      settings: shapes,
      ...(country === undefined ? {} : {country}),
    }),
  };
}

/** A problem of a definition: at a field (`scope`, `mapping.firstName`) and, inside an expression, at a place. */
export type DefinitionIssue = ErrorIssue & {
  readonly level: 'error' | 'warning';
  readonly hint: string;
  readonly start: number | null;
  readonly end: number | null;
};

/** Everything that is wrong with a leg, in words. */
export function legIssues({scope, mapping}: CompiledLeg): readonly DefinitionIssue[] {
  return [
    ...(scope?.issues ?? []).map(({code, params, start, end}) => {
      const {text: message, hint} = messageText(code, params);
      return {level: 'error' as const, code, field: 'scope', message, hint, start, end};
    }),
    ...mapping.issues.map(({level, field, code, params, start, end}) => {
      const {text: message, hint} = messageText(code, params);
      return {level, code, field: `mapping.${field}`, message, hint, start, end};
    }),
    ...mapping.missingRequired.map(field => {
      const {text: message, hint} = messageText('mapping.not_mapped', {label: field.label});
      return {
        level: 'error' as const,
        code: 'mapping.not_mapped',
        field: `mapping.${field.name}`,
        message,
        hint,
        start: null,
        end: null,
      };
    }),
  ];
}
