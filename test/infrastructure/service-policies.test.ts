import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { allControls } from '../../lib/controls/index.ts';
import { defaultBaseline } from '../../lib/engine/baseline/baseline.ts';
import { ServicePolicies } from '../../lib/infrastructure/constructs/service-policies.ts';
import { watched } from '../../lib/infrastructure/events/watched.ts';
import {
  type Grant,
  readGrants,
  writeGrants,
} from '../../lib/infrastructure/permissions/permissions.ts';
import { templateFaults } from '../../lib/local/deploy/template-quotas.ts';
import { resourceTypes } from '../../lib/resources/every.ts';
import { quietApp } from './quiet-app.ts';
import { allowedTo, pairsOf, resourcesIn, statementsIn } from './template.ts';

const controls = await allControls();
const settings = { description: 'What tests read', reason: 'Tests read everything.' };

const stackOf = (grants: (stack: Stack) => readonly Grant[]) => {
  const app = quietApp();
  const stack = new Stack(app, 'Small');
  const assumedBy = new ServicePrincipal('lambda.amazonaws.com');
  const policies = new ServicePolicies(stack, 'Reading', { ...settings, grants: grants(stack) });
  for (const id of ['Reader', 'Other']) policies.attachTo(new Role(stack, id, { assumedBy }));
  return Template.fromStack(stack);
};
const policiesIn = (template: Template) => resourcesIn(template, 'AWS::IAM::ManagedPolicy');
const idsIn = (template: Template) =>
  policiesIn(template).map(({ id }) => id.replace(/^Reading|[0-9A-F]{8}$/g, ''));

/** The same for other services, as a catalogue that has grown would have it. */
const grown = (grants: readonly Grant[], times: number): readonly Grant[] =>
  Array.from({ length: times }, (_, index) =>
    index === 0 ? '' : String.fromCharCode(97 + index),
  ).flatMap((suffix) =>
    grants.map((grant) => ({
      ...grant,
      actions: grant.actions.map((action) => action.replace(':', `${suffix}:`)),
      resources: grant.resources.map((arn) => arn.replace(/^(arn:[^:]+:[^:]+)/, `$1${suffix}`)),
    })),
  );
const placeOf = ({ partition, region, account }: Stack) => ({ partition, region, account });
const reading = (stack: Stack) =>
  readGrants(
    watched({ types: resourceTypes, controls }, defaultBaseline(controls)),
    placeOf(stack),
  );

describe('the policies of a kind of role', () => {
  it('are one for a group of services, and name their roles', () => {
    const template = stackOf(reading);
    expect(idsIn(template)).toEqual(['Compute', 'Data', 'Identity', 'Other']);
    for (const { properties } of policiesIn(template)) {
      expect(properties.Roles).toEqual([
        expect.stringMatching(/^<Reader/),
        expect.stringMatching(/^<Other/),
      ]);
      expect(properties.Description).toMatch(/^What tests read: \w+$/);
    }
    for (const { properties } of resourcesIn(template, 'AWS::IAM::Role'))
      expect(properties).not.toHaveProperty('ManagedPolicyArns');
  });

  it('allow what is granted, and nothing else, to each of them', () => {
    const place = { partition: 'aws', region: 'us-east-1', account: '123456789012' };
    const grants = [
      ...readGrants(watched({ types: resourceTypes, controls }, defaultBaseline(controls)), place),
      ...writeGrants(controls, place),
    ];
    const template = stackOf(() => grants);
    expect(allowedTo(template, 'Reader')).toEqual(pairsOf(grants).toSorted());
    expect(allowedTo(template, 'Other')).toEqual(pairsOf(grants).toSorted());
    const conditions = policiesIn(template)
      .flatMap(statementsIn)
      .flatMap(({ condition }) => (condition ? [condition] : []));
    expect(conditions).toHaveLength(2);
  });

  it.each([1, 4])(
    'are within what IAM takes, for a catalogue of %i times as many services',
    (times) => {
      let granted: readonly Grant[] = [];
      const template = stackOf((stack) => {
        granted = grown(reading(stack), times);
        return granted;
      });
      const json = template.toJSON();
      expect(
        templateFaults(json as { Resources: never }, { bytes: 0, stackName: 'Small' }),
      ).toEqual([]);
      expect(allowedTo(template, 'Reader')).toHaveLength(pairsOf(granted).length);
    },
  );

  it('go on in a further one where one would be too long', () => {
    const grants = [1, 2, 3, 4, 5].map((number) => ({
      actions: [`ec2:Describe${number}`],
      resources: [`arn:aws:ec2:us-east-1:123456789012:${number}${'x'.repeat(1500)}`],
    }));
    const template = stackOf(() => grants);
    expect(idsIn(template)).toEqual(['Compute', 'Compute2']);
    expect(allowedTo(template, 'Reader')).toEqual(pairsOf(grants).toSorted());
  });

  it('halve what is too long alone', () => {
    const actions = Array.from({ length: 400 }, (_, index) => `ec2:DescribeThings${index}`);
    const template = stackOf(() => [{ actions, resources: ['*'] }]);
    expect(policiesIn(template).length).toBeGreaterThan(1);
    expect(allowedTo(template, 'Reader')).toEqual(
      pairsOf([{ actions, resources: ['*'] }]).toSorted(),
    );
    const faults = templateFaults(template.toJSON() as { Resources: never }, {
      bytes: 0,
      stackName: 'Small',
    });
    expect(faults).toEqual([]);
  });

  it('of one group stay as they are where another grows', () => {
    const before = [
      { actions: ['ec2:DescribeVpcs', 's3:GetBucketAcl'], resources: ['*'] },
      { actions: ['sns:GetTopicAttributes'], resources: ['*'] },
    ];
    const after = [...before, { actions: ['iam:GetRole', 'zzz:GetThing'], resources: ['*'] }];
    const [old, now] = [before, after].map((grants) =>
      Object.fromEntries(policiesIn(stackOf(() => grants)).map(({ id, ...rest }) => [id, rest])),
    );
    const kept = Object.keys(old ?? {}).filter((id) => /Compute|Data/.test(id));
    expect(kept).toHaveLength(2);
    for (const id of kept) expect(now?.[id]).toEqual(old?.[id]);
  });

  it('are none where nothing is granted', () => {
    expect(policiesIn(stackOf(() => []))).toEqual([]);
  });
});
