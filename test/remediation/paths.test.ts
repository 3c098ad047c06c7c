import { existsSync, readFileSync } from 'node:fs';
import { allControls } from '../../lib/controls/index.ts';
import { turns } from '../local/path/turns/index.ts';
import { controlsOf } from '../local/path/turns/turn.ts';
import { makesCalls, missingDrift } from './drift.ts';
import { drifts } from './drifts/index.ts';

const controls = await allControls();
const turned = new Set(turns.flatMap(controlsOf));

/** Those that go the path in a file of their own, since they are about more than one resource, or about Plumbline. */
const elsewhere: Readonly<Record<string, string>> = {
  'Autoscaling.5': 'test/local/path/exposed.test.ts',
  'Config.1': 'test/local/deploy/split-rows.test.ts',
  'DMS.1': 'test/local/path/exposed.test.ts',
  // Where the region blocks, nothing of what others test is reached.
  'EC2.172': 'test/local/account-wide.test.ts',
  'EC2.9': 'test/local/path/reachability.test.ts',
  'IAM.1': 'test/local/path/iam.test.ts',
  'IAM.26': 'test/local/clock.test.ts',
  'Inspector.2': 'test/local/path/exposed.test.ts',
  'PL.ACCOUNT.1': 'test/local/accounts.test.ts',
  'PL.ACCOUNT.2': 'test/local/accounts.test.ts',
  'PL.BLIND.1': 'test/local/clock.test.ts',
  'PL.BLIND.2': 'test/local/deploy/split-rows.test.ts',
  'PL.BLIND.4': 'test/local/deploy/split-rows.test.ts',
  'PL.BLIND.5': 'test/local/deploy/as-deployed.test.ts',
  'PL.BLIND.6': 'test/local/hidden.test.ts',
  'PL.BLIND.7': 'test/local/regions.test.ts',
  'PL.BLIND.8': 'test/local/regions.test.ts',
  'PL.BREAKER.1': 'test/local/remediation/storm.test.ts',
  'PL.ORG.1': 'test/local/organization.test.ts',
  'PL.ORG.2': 'test/local/organization.test.ts',
  'PL.SWITCH.1': 'test/cli/switch.local.test.ts',
  'S3.19': 'test/local/path/s3.test.ts',
  'SSM.2': 'test/local/machines.test.ts',
  'SSM.3': 'test/local/machines.test.ts',
  'SageMaker.1': 'test/local/path/exposed.test.ts',
};

const byClock = 'the calendar turns it, and the local AWS has the time of its machine';
const noRoot = 'nobody signs in as root on the local AWS';
/** Those that nobody can turn on the local AWS, or anywhere, with the reason. */
const without: Readonly<Record<string, string>> = {
  'EC2.4': 'it takes a day at least until an instance that stopped fails',
  'EKS.2': 'the calendar of AWS turns it, and a version goes up alone',
  'IAM.4': noRoot,
  'IAM.6': noRoot,
  'IAM.9': noRoot,
  'Opensearch.10': 'AWS alone offers newer software, and tells of it by no call',
  'Opensearch.2': 'AWS moves no domain into a VPC, nor out of it',
  'PL.BLIND.3': 'where Security Hub is off it shows no finding',
  'PL.IAM.8': noRoot,
  'RedshiftServerless.1': 'it is heard and read as RedshiftServerless.3, which goes the path',
  'S3.20': 'root alone sets it, and nobody signs in as root on the local AWS',
  'S3.4': 'S3 encrypts every bucket, and nobody turns that off',
  'SSM.1': 'an agent has half an hour to register, which is by the time of the machine',
  'SecretsManager.2': byClock,
  'SecretsManager.3': byClock,
  'SecretsManager.4': byClock,
};

it.each(controls.map((control) => [control.id, control] as const))(
  '%s goes the whole path through what is deployed, or says why not',
  (id, control) => {
    const ways = [
      turned.has(id) || drifts.some(({ control }) => control === id),
      elsewhere[id] !== undefined,
      without[id] !== undefined,
    ];
    if (!ways.includes(true))
      throw new Error(
        makesCalls(control)
          ? missingDrift(id)
          : `write export const turn: Turn in the test of ${id}: what makes a resource that passes, what somebody does to it, and what takes that back`,
      );
    expect(ways.filter(Boolean)).toHaveLength(1);
  },
);

it.each(Object.entries(elsewhere))('%s stands in %s', (id, file) => {
  expect(existsSync(file) && readFileSync(file, 'utf8').includes(`'${id}'`)).toBe(true);
});

it('gives no reason for a control that is not there', () => {
  const every = new Set(controls.map(({ id }) => String(id)));
  const named = [...turned, ...Object.keys(elsewhere), ...Object.keys(without)];
  expect(named.filter((id) => !every.has(id))).toEqual([]);
});
