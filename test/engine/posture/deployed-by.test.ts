import type { EventCause } from '../../../lib/engine/changes/change.ts';
import {
  deployedBy,
  deployersOf,
  inLightOfDeployer,
  isDeploymentUnknownTo,
  untoldDeployments,
} from '../../../lib/engine/posture/deployed-by.ts';
import type { ControlRow } from '../../../lib/engine/posture/row.ts';
import { fail, pass, unknown, type Verdict } from '../../../lib/model/control.ts';

const account = '123456789012';
const deployRole = `arn:aws:iam::${account}:role/cdk-hnb659fds-deploy-role-${account}-us-east-1`;
const mallory = `arn:aws:iam::${account}:user/mallory`;
const calls = ['cloudformation:UpdateStack', 'cloudformation:ExecuteChangeSet'];
const deployment = { calls, at: () => undefined };
const at = (minute: number) => `2026-06-01T00:${String(minute).padStart(2, '0')}:00.000Z`;
const event = (
  id: string,
  minute: number,
  by: string,
  more: Partial<EventCause> = {},
): EventCause => ({
  kind: 'event',
  via: 'cloudtrail',
  id,
  time: at(minute),
  call: 'cloudformation:UpdateStack',
  by,
  ...more,
});
const nameless = {
  call: 'cloudformation:ExecuteChangeSet',
  reach: ['stack'],
  vague: true,
} as const;
const baseline = (
  deployRoles: readonly string[] = [deployRole],
  operators: readonly string[] = [],
) => ({
  operators,
  remediation: { deployRoles },
});

const isDeployer = deployersOf(baseline(), account);

describe('the latest deployment', () => {
  const old = event('old', 1, deployRole);
  it('is the last that names our stack, in whatever order they come', () => {
    const last = event('last', 9, mallory);
    expect(
      deployedBy(deployment, old, [last, event('mid', 5, deployRole)], at(9), isDeployer),
    ).toBe(last);
    expect(deployedBy(deployment, last, [old], at(9), isDeployer)).toBe(last);
  });

  it('is none of another call, and none of what AWS Config tells', () => {
    const others = [
      event('a', 9, mallory, { call: 'cloudformation:TagResource' }),
      event('b', 9, mallory, { via: 'config' }),
    ];
    expect(deployedBy(deployment, old, others, at(9), isDeployer)).toBe(old);
  });

  it('is one that names no stack, where ours was updated just then and by nobody who named it', () => {
    const hidden = event('hidden', 9, mallory, nameless);
    expect(deployedBy(deployment, old, [hidden], at(10), isDeployer)).toBe(hidden);
    expect(deployedBy(deployment, old, [hidden], at(30), isDeployer)).toBe(old);
    const named = event('named', 9, deployRole);
    expect(deployedBy(deployment, old, [hidden, named], at(10), undefined)).toBe(named);
    const ours = event('ours', 9, deployRole, nameless);
    expect(deployedBy(deployment, old, [ours, named], at(10), isDeployer)).toBe(named);
  });

  it('is that of nobody who may deploy, of several that were then', () => {
    const hidden = event('hidden', 9, mallory, nameless);
    for (const ours of [event('a', 9, deployRole), event('b', 10, deployRole, nameless)])
      expect(deployedBy(deployment, old, [hidden, ours], at(10), isDeployer)).toBe(hidden);
  });

  it('is news as long as a row does not know it', () => {
    const last = event('last', 9, mallory);
    expect(isDeploymentUnknownTo({}, deployment, last)).toBe(true);
    expect(isDeploymentUnknownTo({ deployedBy: old }, deployment, last)).toBe(true);
    expect(isDeploymentUnknownTo({ deployedBy: last }, deployment, last)).toBe(false);
    expect(isDeploymentUnknownTo({ deployedBy: last }, deployment, old)).toBe(false);
    expect(isDeploymentUnknownTo({}, undefined, last)).toBe(false);
  });
});

/** In the light of a deployment that was at that minute, looked at an hour later. */
const inLight = (
  verdict: Verdict,
  cause: EventCause | undefined,
  named: ReturnType<typeof baseline>,
  minute = 9,
  lookedAt = new Date('2026-06-01T01:00:00.000Z'),
) => inLightOfDeployer(verdict, cause, at(minute), deployersOf(named, account), lookedAt);

describe('what somebody deployed', () => {
  const evil = event('evil', 9, mallory);
  it('fails where the baseline does not name him, though the stack is as its template says', () => {
    const verdict = inLight(pass, evil, baseline());
    expect(verdict).toMatchObject({
      status: 'FAIL',
      reason: `it was deployed by ${mallory}, who is no deployer of the baseline`,
      evidence: [{ path: 'deployedBy' }],
    });
  });

  it('keeps what fails besides', () => {
    const failed = fail('not as it was deployed', [{ path: 'x', actual: 1, expected: 2 }]);
    const verdict = inLight(failed, evil, baseline());
    expect(verdict).toMatchObject({ evidence: [{ path: 'deployedBy' }, { path: 'x' }] });
  });

  it.each([
    [
      'a session of the deploy role',
      `arn:aws:sts::${account}:assumed-role/cdk-hnb659fds-deploy-role-${account}-us-east-1/aws-cdk-me`,
      baseline(),
    ],
    ['an operator', mallory, baseline([deployRole], [mallory])],
    ['anybody, where the baseline names nobody', mallory, baseline([])],
    ['anybody, where it names operators alone', mallory, baseline([], [deployRole])],
  ])('passes where it was %s', (_, by, named) => {
    expect(inLight(pass, event('x', 9, by), named)).toBe(pass);
  });

  it('fails where the role of that name is of another account', () => {
    const by = 'arn:aws:sts::210987654321:assumed-role/cdk-hnb659fds-deploy-role/x';
    const named = baseline(['arn:aws:iam::*:role/cdk-hnb659fds-deploy-role']);
    expect(inLight(pass, event('x', 9, by), named).status).toBe('FAIL');
  });

  it('is not evaluated while it is not known how it is', () => {
    const open = unknown('Plumbline is being deployed');
    expect(inLight(open, evil, baseline())).toBe(open);
  });

  it('fails where no call is known that did it, once that would have been told of', () => {
    const ours = event('ours', 9, deployRole);
    const [early, late] = [new Date(at(40)), new Date('2026-06-01T01:00:00.000Z')];
    expect(inLight(pass, ours, baseline(), 30, early).status).toBe('UNKNOWN');
    expect(inLight(pass, ours, baseline(), 30, late)).toMatchObject({
      status: 'FAIL',
      reason: `it was deployed at ${at(30)}, and no call that did it is known`,
    });
    expect(inLight(pass, ours, baseline([]), 30, late)).toBe(pass);
    expect(inLight(pass, undefined, baseline(), 30, late)).toBe(pass);
    expect(inLight(pass, ours, baseline(), 10, late)).toBe(pass);
  });

  it('may have been the work of whoever executed a change set that names no stack', () => {
    const verdict = inLight(pass, event('hidden', 9, mallory, nameless), baseline());
    expect(verdict).toMatchObject({
      reason: `it may have been deployed by ${mallory}, who is no deployer of the baseline`,
    });
  });

  it('is told once where the baseline names nobody', () => {
    const row = { deployedBy: evil } as ControlRow;
    expect(untoldDeployments({ 'PL.BLIND.5': row }, baseline([]))).toEqual([['PL.BLIND.5', evil]]);
    expect(
      untoldDeployments({ 'PL.BLIND.5': { ...row, toldDeployed: 'evil' } }, baseline([])),
    ).toEqual([]);
    expect(untoldDeployments({ 'PL.BLIND.5': row }, baseline())).toEqual([]);
  });
});

describe('an operator', () => {
  const ops = `arn:aws:iam::${account}:role/ops`;
  const web = `arn:aws:iam::${account}:role/web`;
  const many = { ...baseline([deployRole], [ops, web]) };

  it('for everything may deploy, one for some accounts or asks may not', () => {
    const narrowed = [{ accounts: ['444455556666'] }, { may: ['fix'] as const }];
    for (const scope of narrowed) {
      const isOne = deployersOf({ ...many, operatorScopes: { [web]: scope } }, account);
      expect(isOne?.(event('a', 1, ops))).toBe(true);
      expect(isOne?.(event('b', 1, web))).toBe(false);
    }
    expect(deployersOf(many, account)?.(event('c', 1, web))).toBe(true);
  });
});
