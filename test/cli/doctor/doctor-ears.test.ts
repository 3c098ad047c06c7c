import { faultsOf } from '../../../lib/cli/commands/doctor/doctor-ears.ts';
import { hubOf } from '../../../lib/controls/plumbline/shared/ears.ts';

const hub = hubOf({ account: '123456789012', region: 'us-east-1' });
const bus = 'arn:aws:events:us-east-1:123456789012:event-bus/Plumbline-Ears';
const role = 'arn:aws:iam::123456789012:role/Plumbline-Forward';
const rule = { Name: 'PlumblineEars-eu-west-1-Calls', State: 'ENABLED' } as const;

describe('a rule of the ears brings events', () => {
  it('to the bus of the home region, by the role that the bus admits', () => {
    expect(faultsOf(rule, [{ Arn: bus, RoleArn: role }], hub)).toEqual([]);
  });

  it.each([
    ['nowhere', []],
    ['to a bus of that name in another region', [bus.replace('us-east-1', 'eu-west-1')]],
    ['to a bus of that name in another account', [bus.replace('123456789012', '210987654321')]],
    ['to something else', ['arn:aws:sqs:eu-west-1:123456789012:theirs']],
  ])('not where they go %s', (_, arns) => {
    const targets = arns.map((Arn) => ({ Arn, RoleArn: role }));
    expect(faultsOf(rule, targets, hub)).toEqual([
      expect.stringContaining('brings nothing to Plumbline-Ears in us-east-1'),
    ]);
  });

  it.each([
    ['another role', { RoleArn: 'arn:aws:iam::123456789012:role/theirs' }, 'role/theirs'],
    ['no role', {}, 'no role'],
  ])('not by %s', (_, by, said) => {
    expect(faultsOf(rule, [{ Arn: bus, ...by }], hub)).toEqual([
      expect.stringContaining(`${said}, which the bus denies`),
    ]);
  });

  it('not while it is disabled', () => {
    const disabled = { ...rule, State: 'DISABLED' } as const;
    expect(faultsOf(disabled, [{ Arn: bus, RoleArn: role }], hub)).toEqual([
      expect.stringContaining('is disabled'),
    ]);
  });
});
