// Codes and parameters into words: the only place where an event, a run or a file gets its sentences for people.
import {type MessageParams, messageText} from '../messages/text.ts';
import type {Issue} from '../model/issue.ts';
import type {Issue as ShownIssue} from './contract/record.ts';

export function presentIssue({level, code, field, params}: Issue): ShownIssue {
  const {text: message, hint, owner} = messageText(code, params);
  const label = params['label'];
  return {level, code, field, label: typeof label === 'string' ? label : null, message, hint, owner};
}

/** The words of a reason, null where there is none. */
export function presentReason(
  code: string | null,
  params: MessageParams | null,
): {readonly message: string | null; readonly hint: string | null} {
  if (code === null) return {message: null, hint: null};
  const {text: message, hint} = messageText(code, params ?? {});
  return {message, hint};
}
