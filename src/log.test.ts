import assert from 'node:assert/strict';
import {test} from 'node:test';
import {MusterError} from './errors.ts';
import {createLog} from './log.ts';

function written(write: (log: ReturnType<typeof createLog>) => void): {lines: Record<string, unknown>[]; text: string} {
  const parts: string[] = [];
  write(createLog('info', {write: line => void parts.push(line)}));
  const text = parts.join('');
  return {
    text,
    lines: text
      .split('\n')
      .filter(Boolean)
      .map(line => JSON.parse(line)),
  };
}

test('a line says what happened, when, how grave, and the facts', () => {
  const {lines} = written(log => log.info('api.listening', {address: 'http://localhost:8080', port: 8080}));
  assert.equal(lines[0]?.['what'], 'api.listening');
  assert.equal(lines[0]?.['level'], 'info');
  assert.equal(lines[0]?.['port'], 8080);
  assert.equal(lines[0]?.['address'], 'http://localhost:8080');
  assert.match(String(lines[0]?.['time']), /^\d{4}-\d\d-\d\dT/);
});

test('texts pass under known names or as ids only', () => {
  const {lines, text} = written(log =>
    log.info('x.y', {name: 'Anna Kovač', runId: 'run_01k9z3v5q0c8w2n4x6t7y8', note: 'hi'}),
  );
  assert.equal(lines[0]?.['name'], '[left out]');
  assert.equal(lines[0]?.['runId'], 'run_01k9z3v5q0c8w2n4x6t7y8');
  assert.ok(!text.includes('Anna') && !text.includes('hi"'));
});

test('an error is logged by code and frames, without message or the parts in which PostgreSQL quotes the row', () => {
  const error = Object.assign(new Error('duplicate key "Anna Kovač"'), {
    code: '23505',
    detail: 'Key (name)=(Anna Kovač) exists.',
    where: 'Anna',
    parameters: ['Anna'],
  });
  const {lines, text} = written(log =>
    log.error('x.failed', {error: new MusterError('bug.unexpected', {cause: error})}),
  );
  assert.ok(!text.includes('Anna'));
  const logged = lines[0]?.['error'] as {code: string; cause: {code: string; frames: string[]}}; // shape made by describeError
  assert.equal(logged.code, 'bug.unexpected');
  assert.equal(logged.cause.code, '23505');
  assert.ok(logged.cause.frames.some(frame => frame.includes('log.test.ts')));
});

test('the message of a multi-line error does not get in through its stack', () => {
  const {text} = written(log => log.error('x.failed', {error: new Error('Anna\n  at Hectre Street:1:2x')}));
  assert.ok(!text.includes('Anna') && !text.includes('Hectre Street'));
});

test('a child adds its facts to each line, under the same rules', () => {
  const {lines} = written(log => log.child({runId: 'run_01k9z3v5q0c8w2n4x6t7y8', who: 'Anna'}).warn('x.slow', {ms: 5}));
  assert.equal(lines[0]?.['runId'], 'run_01k9z3v5q0c8w2n4x6t7y8');
  assert.equal(lines[0]?.['who'], '[left out]');
  assert.equal(lines[0]?.['ms'], 5);
});
