import { bucketAnnouncesChanges } from '../../../lib/controls/s3/bucket-announces-changes.ts';
import { testControl } from '../harness.ts';

const told = (...events: readonly string[]) => ({ notifications: { events, eventBridge: false } });
const removed = { eventTypes: ['s3:ObjectRemoved:Delete'] };

testControl(bucketAnnouncesChanges, {
  rows: {
    'nobody is told': { given: told(), verdict: 'FAIL', evidence: ['notifications'] },
    'a queue is told of what is written': {
      given: told('s3:ObjectCreated:*'),
      verdict: 'PASS',
    },
    'EventBridge is told': {
      given: { notifications: { events: [], eventBridge: true } },
      verdict: 'PASS',
    },
    'the wanted type is announced': {
      given: told('s3:ObjectCreated:*', 's3:ObjectRemoved:Delete'),
      parameters: removed,
      verdict: 'PASS',
    },
    'the wanted type is among those that are announced': {
      given: told('s3:ObjectRemoved:*'),
      parameters: removed,
      verdict: 'PASS',
    },
    'every type is wanted, and one is announced': {
      given: told('s3:ObjectRemoved:Delete'),
      parameters: { eventTypes: ['s3:ObjectRemoved:*'] },
      verdict: 'FAIL',
      evidence: ['notifications.events'],
    },
    'the wanted type is not announced': {
      given: told('s3:ObjectCreated:*'),
      parameters: removed,
      verdict: 'FAIL',
      reason: /ObjectRemoved:Delete/,
      evidence: ['notifications.events'],
    },
    'a type of like name is announced': {
      given: told('s3:ObjectRestore:*'),
      parameters: { eventTypes: ['s3:ObjectRemoved:Delete'] },
      verdict: 'FAIL',
    },
    'EventBridge is told of the wanted type too': {
      given: { notifications: { events: ['s3:ObjectCreated:*'], eventBridge: true } },
      parameters: removed,
      verdict: 'PASS',
    },
  },
});
