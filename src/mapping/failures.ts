// Why a value could not be worked out, as an issue of its field. Codes and counts only: the value itself stays out.
import {messageText} from '../messages/text.ts';
import type {Field} from '../model/field.ts';
import type {Issue} from '../model/issue.ts';
import {phoneIssue} from './constraint-forms.ts';
import type {Outcome} from './language.ts';

type Failed = Extract<Outcome, {readonly state: 'failed'}>;

/** The issue of a failed expression on the destination field it is for. */
export function failureIssue(field: Field, failed: Failed): Issue {
  const issue = (code: string, params: Issue['params'] = {}): Issue => ({
    level: 'error',
    code,
    field: field.name,
    params: {label: field.label, ...params},
  });
  const {constraint} = field;
  switch (failed.code) {
    case 'not_date':
      return issue('value.not_date', {wanted: constraint?.dateFormat ?? 'yyyy-MM-dd'});
    case 'not_number':
    case 'double_conversion_error':
    case 'int_conversion_error':
      return issue('value.not_number', {wanted: constraint?.wanted ?? 'digits with decimals after a point'});
    case 'not_phone': {
      const [found] = collected(report => phoneIssue(field, failed.digits ?? 0, report));
      return issue(found?.code ?? 'value.not_phone', found?.params);
    }
    case 'not_in_table':
      return issue('mapping.not_in_table');
    case 'division_by_zero':
    case 'modulo_by_zero':
      return issue('mapping.divides_by_zero');
    case 'too_large':
      return issue('mapping.too_large');
    default:
      return issue('mapping.failed', {why: causeOf(failed.code)});
  }
}

/** A failure's code in words, for messages that have room for a reason. */
export function causeOf(code: string): string {
  const key = `cause.${code}`;
  const {text} = messageText(key);
  return text === key ? code.replaceAll('_', ' ') : text;
}

type Found = {readonly code: string; readonly params: Issue['params']};

function collected(run: (report: (code: string, params?: Issue['params']) => void) => void): readonly Found[] {
  const found: Found[] = [];
  run((code, params = {}) => found.push({code, params}));
  return found;
}
