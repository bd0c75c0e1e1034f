// Expressions and mappings while somebody writes them: checked, and tried on real records with why.
import {messageText} from '../messages/text.ts';
import {previewMapping} from '../sync/preview-mapping.ts';
import {tryExpression} from '../sync/try-expression.ts';
import {presentPreview} from './present-sync.ts';
import type {Endpoints} from './route.ts';

export const expressions: Endpoints<'POST /mapping-previews' | 'POST /expressions/checks'> = {
  'POST /mapping-previews': async (hub, {actor, body}) =>
    presentPreview(await previewMapping(hub, actor.companyId, body)),

  'POST /expressions/checks': async (hub, {actor, body}) => {
    const {type, reads, issues, value} = await tryExpression(hub, actor.companyId, body);
    return {
      type,
      reads: [...new Set(reads.map(({path}) => path))],
      issues: issues.map(({start, end, code, params}) => ({start, end, code, message: messageText(code, params).text})),
      value,
    };
  },
};
