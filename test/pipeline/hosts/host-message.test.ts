import { parseHostMessage } from '../../../lib/pipeline/hosts/audit/host-message.ts';
import { account, region } from '../../fakes/fake-resource.ts';
import { provenanceOf } from '../../fakes/heard.ts';

const place = { account, homeRegion: region, regions: [region] };
const detail = {
  'command-id': 'c-1',
  'document-name': 'Plumbline-AuditHost-ssh',
  'instance-id': 'i-1',
  'requested-date-time': '2026-06-15T12:00:00Z',
  status: 'Success',
};
const event = (over: object = {}) => ({
  version: '0',
  source: 'aws.ssm',
  'detail-type': 'EC2 Command Invocation Status-change Notification',
  account,
  region,
  detail,
  ...over,
});
const terminated = { source: 'aws.ec2', detail: { 'instance-id': 'i-1', state: 'terminated' } };

const own = {
  ...{ type: 'waits', host: 'i-1', action: `pl-${'0a'.repeat(10)}`, controls: ['PL.SSH.1'] },
  ...{ askedBy: 'drift', since: '2026-06-15T12:00:00.000Z', tries: 1, why: 'turn: it waits' },
};
const waits = { version: 1, ...own };

const taken = (body: unknown) => parseHostMessage(body, place, provenanceOf(body));

describe('message of hosts', () => {
  it.each(['Success', 'Failed', 'TimedOut', 'Cancelled'])('are an answer with %s', (status) => {
    expect(taken(event({ detail: { ...detail, status } })).items).toEqual([
      {
        type: 'answered',
        host: 'i-1',
        command: 'c-1',
        document: 'Plumbline-AuditHost-ssh',
        requestedAt: '2026-06-15T12:00:00.000Z',
      },
    ]);
  });

  it('are an instance that is terminated, as EC2 says', () => {
    expect(taken(event(terminated)).items).toEqual([{ type: 'terminated', host: 'i-1' }]);
  });

  it('are our own, of a host that is silent', () => {
    const message = { type: 'silent', host: 'i-1', since: '2026-06-14T00:00:00.000Z' };
    expect(taken({ version: 1, ...message }).items).toEqual([message]);
  });

  it('are our own, of an action that waits', () => {
    expect(taken(waits).items).toEqual([own]);
  });

  it.each<[string, object]>([
    ['for a person, who is told at once', { askedBy: 'person' }],
    ['since nobody knows when', { since: 'yesterday' }],
    ['with an id of another shape', { action: 'pl-1' }],
    ['without a control', { controls: [] }],
    ['without a count', { tries: undefined }],
    ['without a host', { host: undefined }],
  ])('are no action that waits %s', (_, over) => {
    expect(taken({ ...waits, ...over })).toMatchObject({
      items: [],
      dropped: 'malformed',
    });
  });

  it.each<[string, unknown, string]>([
    [
      'of a command that still runs',
      event({ detail: { ...detail, status: 'InProgress' } }),
      'readOnly',
    ],
    ['of another account', event({ account: '210987654321' }), 'foreign'],
    ['of another region', event({ region: 'eu-west-1' }), 'ungoverned'],
    ['from a source that anybody can use', event({ source: 'custom.ssm' }), 'foreign'],
    ['without an instance', event({ detail: { ...detail, 'instance-id': '' } }), 'malformed'],
    ['of no time', event({ detail: { ...detail, 'requested-date-time': 'today' } }), 'malformed'],
    [
      'of an instance that is stopped',
      event({ ...terminated, detail: { 'instance-id': 'i-1', state: 'stopped' } }),
      'readOnly',
    ],
    ['that say what nobody says', { version: 1, type: 'answered', host: 'i-1' }, 'malformed'],
    ['that are no object', 'silent', 'foreign'],
  ])('are not what is told %s', (_, body, dropped) => {
    expect(taken(body)).toMatchObject({ items: [], dropped });
  });
});
