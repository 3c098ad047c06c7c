import fc from 'fast-check';
import { isRequest, onlyAsked } from '../../../lib/engine/remediation/request.ts';

const remediate = {
  version: 1,
  ask: 'remediate',
  id: `pl-${'0a'.repeat(10)}`,
  type: 'AWS::S3::Bucket',
  ref: { account: '123456789012', region: 'us-east-1', id: 'photos' },
  controls: ['S3.8'],
  askedBy: { kind: 'drift' },
};
const { controls: _, ...asked } = remediate;
const granted = { owner: 'web', reason: 'a site', expires: '2999-12-31T23:59:59.999Z' };
const exempting = { ...asked, ask: 'exempt', control: 'S3.8', granted };
const undo = { ...asked, ask: 'undo', undoes: `pl-${'0b'.repeat(10)}` };

const messages: Record<string, [message: unknown, is: boolean]> = {
  'to remediate': [remediate, true],
  'to undo': [undo, true],
  'that waited': [{ ...remediate, waited: { since: '2026-06-15T12:00:00Z', tries: 2 } }, true],
  'that waited since nobody knows': [{ ...remediate, waited: { since: 'now', tries: 2 } }, false],
  'that waited often': [
    { ...remediate, waited: { since: '2026-06-15T12:00:00Z', tries: 'often' } },
    false,
  ],
  'of another version': [{ ...remediate, version: 2 }, false],
  'of another kind': [{ ...remediate, ask: 'delete' }, false],
  'with an id of another shape': [{ ...remediate, id: 'pl-1' }, false],
  'without a type': [{ ...remediate, type: undefined }, false],
  'without a resource': [{ ...remediate, ref: { ...remediate.ref, id: '' } }, false],
  'of nobody': [{ ...remediate, askedBy: undefined }, false],
  'by somebody of no known kind': [{ ...remediate, askedBy: { kind: 'robot' } }, false],
  'without controls': [{ ...remediate, controls: [] }, false],
  'with a control that is no text': [{ ...remediate, controls: ['S3.8', 8] }, false],
  'to undo nothing': [{ ...undo, undoes: undefined }, false],
  'to undo something of another shape': [{ ...undo, undoes: 'everything' }, false],
  'to exempt': [exempting, true],
  'to end an exemption': [{ ...exempting, granted: undefined }, true],
  'to exempt from nothing': [{ ...exempting, control: '' }, false],
  'to exempt for nobody': [{ ...exempting, granted: { ...granted, owner: '' } }, false],
  'to exempt without a reason': [{ ...exempting, granted: { ...granted, reason: 1 } }, false],
  'to exempt with a book': [
    { ...exempting, granted: { ...granted, reason: 'x'.repeat(1025) } },
    false,
  ],
  'to exempt for ever': [{ ...exempting, granted: { ...granted, expires: 'never' } }, false],
  'to start rollouts anew': [{ ...asked, ask: 'restart', control: 'PL.SSH.4' }, true],
  'to start no rollout anew': [{ ...asked, ask: 'restart' }, false],
  'that is a change': [{ version: 1, type: 'AWS::S3::Bucket', cause: { kind: 'sweep' } }, false],
};

it.each(Object.entries(messages))('a message %s', (_, [message, is]) => {
  expect(isRequest(message)).toBe(is);
});

it('no message of any other shape is an ask, and none makes it throw', () => {
  fc.assert(fc.property(fc.anything(), (message) => expect(isRequest(message)).toBe(false)));
});

it('an undo says on the way which one was confirmed, and nothing of an earlier release', () => {
  const confirmed = { ...undo, confirms: undo.undoes };
  const said: readonly (readonly [more: object, kept: object])[] = [
    [{ confirms: undo.undoes, mayWiden: true }, confirmed],
    [{ mayWiden: true }, undo],
    [{ confirms: true }, undo],
    [{ confirms: 'everything' }, undo],
  ];
  for (const [more, kept] of said) {
    const message: unknown = { ...undo, ...more };
    if (!isRequest(message)) throw new Error('it is no ask');
    expect(onlyAsked(message)).toEqual(kept);
  }
});

it('an exemption says on the way what it may say, and nothing else', () => {
  const more = { ...exempting, state: 'PASS', granted: { ...granted, role: 'admin' } };
  if (!isRequest(more)) throw new Error('it is no ask');
  expect(onlyAsked(more)).toEqual(exempting);
});
