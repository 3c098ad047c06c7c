import type { Change, EventCause, TypeChange } from '../../../lib/engine/changes/change.ts';
import { ownChange, ownSweep } from '../../../lib/engine/changes/own-message.ts';
import { resourceTypes } from '../../../lib/resources/every.ts';
import { decode, encode } from '../../../lib/support/wire.ts';
import { start } from '../../fakes/fake-resource.ts';
import { provenanceOf } from '../../fakes/heard.ts';

const place = { account: '123456789012', homeRegion: 'us-east-1', regions: ['us-east-1'] };
const own = { ...provenanceOf({ version: 1 }), types: resourceTypes, place };
const cause: EventCause = {
  kind: 'event',
  via: 'cloudtrail',
  id: 'event-1',
  time: new Date(start).toISOString(),
  call: 'ec2:CreateVpc',
  by: 'arn:aws:iam::123456789012:user/alice',
  identity: 'IAMUser',
  account: '123456789012',
  principal: 'AIDAALICE',
  issuer: 'arn:aws:iam::123456789012:role/deploy',
  onBehalfOf: 'somebody',
  from: '192.0.2.1',
  userAgent: 'cli',
  invokedBy: 'cloudformation.amazonaws.com',
  sourceIdentity: 'alice',
  reach: ['rules'],
  vague: true,
  omitted: true,
};
const change: Change = {
  version: 1,
  type: 'AWS::EC2::SecurityGroup',
  ref: { account: '123456789012', region: 'us-east-1', id: 'sg-1' },
  facets: ['rules'],
  hint: 'created',
  cause,
};
const step: TypeChange = {
  version: 1,
  sweep: 'AWS::EC2::SecurityGroup',
  account: '123456789012',
  region: 'us-east-1',
  facets: 'all',
  with: 'vpc-1',
  cause: { ...cause, reach: 'all' },
  token: 'next',
  page: 2,
};
const sent = (message: object) => Object(decode(encode(message)));

describe('our own messages say on the way all that they said', () => {
  it('a change, with who is a suspect and who is none', () => {
    expect(ownChange(sent(change), own)).toEqual(change);
  });
  it('a sweep, with its page and what it came with', () => {
    expect(ownSweep(sent(step), own)).toEqual(step);
  });
  it('an event that reached nothing that was there before', () => {
    const nothing = { ...step, cause: { ...cause, reach: [] } };
    expect(ownSweep(sent(nothing), own)).toEqual(nothing);
  });
  it('but no facet and no word of ours', () => {
    const forged = { ...change, cause: { ...cause, ours: true, listed: { facets: {} } } };
    expect(ownChange(sent(forged), own)).toEqual(change);
  });
});
