import { senderOf } from '../../../lib/engine/changes/sender.ts';

const roles = new Set(['AROAOURS000000000000A']);

it.each([
  ['AROAOURS000000000000A:evaluate', { kind: 'own', role: 'AROAOURS000000000000A' }],
  ['AROAOURS000000000000A:a:b', { kind: 'own', role: 'AROAOURS000000000000A' }],
  // A role speaks by sessions alone.
  ['AROAOURS000000000000A', { kind: 'principal', id: 'AROAOURS000000000000A' }],
  [
    'AROAOTHER00000000000A:AROAOURS000000000000A',
    { kind: 'principal', id: 'AROAOTHER00000000000A', session: 'AROAOURS000000000000A' },
  ],
  [' AROAOURS000000000000A:x', { kind: 'principal', id: ' AROAOURS000000000000A', session: 'x' }],
  ['AIDAIENQZJOLO23YVJ4VO', { kind: 'principal', id: 'AIDAIENQZJOLO23YVJ4VO' }],
  ['', { kind: 'principal', id: '' }],
])('the sender %j is known', (senderId, sender) => {
  expect(senderOf(senderId, roles)).toEqual(sender);
});
