import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { allControls } from '../../lib/controls/index.ts';
import { baselineFrom } from '../../lib/infrastructure/baseline-file.ts';
import { memberChangesTemplate } from '../../lib/infrastructure/member-changes-stack.ts';
import { memberTemplate } from '../../lib/infrastructure/member-stack.ts';
import { MembersStack } from '../../lib/infrastructure/members-stack.ts';
import { resourceTypes } from '../../lib/resources/every.ts';
import { sampled } from '../extent.ts';
import { everything } from './baselines.ts';
import { quietApp } from './quiet-app.ts';
import { synthesised } from './synthesised.ts';

const controls = await allControls();
const catalogue = { types: resourceTypes, controls };
const unit = 'ou-ab12-11111111';

const partitions = [
  ['aws-cn', 'cn-north-1', 'cn-northwest-1'],
  ['aws-us-gov', 'us-gov-west-1', 'us-gov-east-1'],
] as const;
const tried = sampled(partitions, { usual: 2 });

describe.each(tried)('in the partition %s', (partition, home, other) => {
  const yaml = everything
    .replaceAll('arn:aws:', `arn:${partition}:`)
    .concat(`homeRegion: ${home}\naccounts: [{ id: '444455556666', remediate: true }]\n`)
    .concat(`controls: { S3.8: { mode: remediate } }\n`)
    .concat(
      `organization: { id: o-abcdef1234, organizationalUnits: [${unit}], overrides: [{ organizationalUnit: ${unit}, remediate: true }] }\n`,
    );
  const baseline = baselineFrom(yaml, 'plumbline.yaml', controls);
  const hub = { account: '123456789012', externalId: 'x', organization: 'o-abcdef1234' };
  const members = () => {
    const app = quietApp();
    const { organization } = baseline;
    if (!organization) throw new Error('the baseline names no organization');
    new MembersStack(app, 'PlumblineMembers', {
      baseline: { ...baseline, organization },
      catalogue,
    });
    const { directory } = app.synth();
    const read = (name: string) => readFileSync(join(directory, name), 'utf8');
    const { files } = JSON.parse(read('PlumblineMembers.assets.json'));
    const bodies = Object.values<{ source: { path: string } }>(files).map(({ source }) =>
      read(source.path),
    );
    return [read('PlumblineMembers.template.json'), ...bodies].join('\n');
  };

  it.each<readonly [string, () => Promise<string> | string]>([
    ['the hub', async () => JSON.stringify((await synthesised(yaml)).template.toJSON())],
    ['what a lone account deploys', () => memberTemplate({ hub, baseline, catalogue })],
    ['what lets it be changed', () => memberChangesTemplate({ hub, baseline, catalogue })],
    ['the StackSets and what they deploy', members],
  ])('%s is synthesised, and names no other partition', async (_, made) => {
    const body = await made();
    expect(body.length).toBeGreaterThan(1000);
    expect(body).toContain(home);
    const named = body.match(/(?:arn:aws:|us-east-1|\.amazonaws\.com\/).{0,60}/g) ?? [];
    expect(named).toEqual([]);
  });

  it.each([`[${other}]`, 'all', '[us-east-1]'])(
    'one Plumbline hears one region: regions %s is refused in that sentence',
    (regions) => {
      expect(() =>
        baselineFrom(`homeRegion: ${home}\nregions: ${regions}\n`, 'plumbline.yaml', controls),
      ).toThrow(
        `in the partition ${partition} each region has a Plumbline of its own, and this one is of ${home}: leave regions out`,
      );
    },
  );

  it('the home region itself may be named', () => {
    const named = baselineFrom(
      `homeRegion: ${home}\nregions: [${home}]\n`,
      'plumbline.yaml',
      controls,
    );
    expect(named.regions).toEqual([home]);
  });
});

test('a home where IAM is not heard is refused', () => {
  expect(() => baselineFrom('homeRegion: us-gov-east-1\n', 'plumbline.yaml', controls)).toThrow(
    'this version is at home where IAM is heard: in us-east-1, cn-north-1, us-gov-west-1',
  );
});
