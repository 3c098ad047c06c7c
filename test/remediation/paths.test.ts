import { existsSync, readFileSync } from 'node:fs';
import { allControls } from '../../lib/controls/index.ts';
import { turns } from '../local/path/turns/index.ts';
import { drifts } from './drifts/index.ts';

const controls = await allControls();
const grave = controls.filter(({ severity }) => severity === 'CRITICAL' || severity === 'HIGH');

/** Those that go the path in a file of their own, since they are about more than one resource, or about Plumbline. */
const elsewhere: Readonly<Record<string, string>> = {
  'Autoscaling.5': 'test/local/path/exposed.test.ts',
  'DMS.1': 'test/local/path/exposed.test.ts',
  'EC2.9': 'test/local/path/reachability.test.ts',
  'IAM.1': 'test/local/path/iam.test.ts',
  'Inspector.2': 'test/local/path/exposed.test.ts',
  'MSK.4': 'test/local/path/exposed.test.ts',
  'PL.ACCOUNT.1': 'test/local/accounts.test.ts',
  'PL.ACCOUNT.2': 'test/local/accounts.test.ts',
  'PL.BLIND.1': 'test/local/clock.test.ts',
  'PL.BLIND.4': 'test/local/deploy/split-rows.test.ts',
  'PL.BLIND.5': 'test/local/deploy/as-deployed.test.ts',
  'PL.BLIND.6': 'test/local/hidden.test.ts',
  'PL.BLIND.7': 'test/local/regions.test.ts',
  'PL.BREAKER.1': 'test/local/remediation/storm.test.ts',
  'PL.SWITCH.1': 'test/cli/switch.local.test.ts',
  'RedshiftServerless.3': 'test/local/path/exposed.test.ts',
  'S3.19': 'test/local/path/s3.test.ts',
  'SSM.2': 'test/local/machines.test.ts',
  'SageMaker.1': 'test/local/path/exposed.test.ts',
};

const noRoot = 'nobody signs in as root on the local AWS';
/** Those that nobody can turn on the local AWS, or anywhere, with the reason. */
const without: Readonly<Record<string, string>> = {
  'Config.1': 'the tests that share the local AWS need its recorder',
  'EKS.2': 'the calendar of AWS turns it, and a version goes up alone',
  'IAM.4': noRoot,
  'IAM.6': noRoot,
  'IAM.9': noRoot,
  'Opensearch.2': 'AWS moves no domain into a VPC, nor out of it',
  'PL.BLIND.3': 'where Security Hub is off it shows no finding',
  'PL.BLIND.8': 'the local AWS has no region that is closed',
  'PL.CODEBUILD.1': 'moto has no visibility of projects',
  'PL.IAM.8': noRoot,
  'RedshiftServerless.1': 'it is heard and read as RedshiftServerless.3, which goes the path',
};

it.each(grave.map(({ id }) => id))(
  '%s goes the whole path through what is deployed, or says why not',
  (id) => {
    const ways = [
      drifts.some(({ control }) => control === id),
      turns.some(({ control }) => control === id),
      elsewhere[id] !== undefined,
      without[id] !== undefined,
    ];
    if (!ways.includes(true))
      throw new Error(
        `write a turn of ${id} in test/local/path/turns: what makes a resource that passes, what somebody does to it, and what takes that back`,
      );
    // Of some types it has a plan, and of others none.
    expect(ways.slice(2).includes(true) && ways.slice(0, 2).includes(true)).toBe(false);
  },
);

it.each(Object.entries(elsewhere))('%s stands in %s', (id, file) => {
  expect(existsSync(file) && readFileSync(file, 'utf8').includes(`'${id}'`)).toBe(true);
});

it('gives no reason for a control that is not there', () => {
  const ids = new Set(controls.map(({ id }) => String(id)));
  expect([...Object.keys(elsewhere), ...Object.keys(without)].filter((id) => !ids.has(id))).toEqual(
    [],
  );
  expect(turns.map(({ control }) => control).filter((id) => !ids.has(id))).toEqual([]);
});
