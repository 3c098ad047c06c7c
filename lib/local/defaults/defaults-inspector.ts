import { list } from '../../support/untyped.ts';
import { okAnswer } from '../endpoint/answer.ts';
import type { Before, DecodedCall } from '../endpoint/call.ts';

const scans = { EC2: 'ec2', ECR: 'ecr', LAMBDA: 'lambda', LAMBDA_CODE: 'lambdaCode' } as const;
type Scan = (typeof scans)[keyof typeof scans];

/**
 * What Inspector scans in a region, at once on or off here; moto tells nothing of an account that has turned nothing on.
 * https://docs.aws.amazon.com/inspector/v2/APIReference/API_BatchGetAccountStatus.html
 */
export const inspectorScans = (account: string): Before => {
  const on = new Map<string, Set<Scan>>();
  const onIn = ({ region }: DecodedCall) => on.get(region) ?? new Set<Scan>();
  const statusOf = (isOn: boolean) => (isOn ? 'ENABLED' : 'DISABLED');
  const said = (call: DecodedCall, of: (status: string) => unknown) =>
    Object.fromEntries(Object.values(scans).map((one) => [one, of(statusOf(onIn(call).has(one)))]));
  const turn = (call: DecodedCall, isOn: boolean) => {
    const asked = list(call.input['resourceTypes']);
    const meant = Object.entries(scans).flatMap(([name, one]) =>
      // Without a word all of them are turned off; Enable has to name some.
      asked.includes(name) || (!isOn && asked.length === 0) ? [one] : [],
    );
    const after = onIn(call);
    for (const one of meant) isOn ? after.add(one) : after.delete(one);
    on.set(call.region, after);
    const status = statusOf(after.size > 0);
    const resourceStatus = said(call, (one) => one);
    return okAnswer(call, {
      accounts: [{ accountId: account, status, resourceStatus }],
      failedAccounts: [],
    });
  };
  const shown = (call: DecodedCall) => {
    const state = (status: string) => ({ status, errorCode: 'ALREADY_ENABLED', errorMessage: '' });
    const accounts = [
      {
        accountId: account,
        state: state(statusOf(onIn(call).size > 0)),
        resourceState: said(call, state),
      },
    ];
    return okAnswer(call, { accounts, failedAccounts: [] });
  };
  return (call) => {
    if (call.service !== 'inspector2') return undefined;
    switch (call.operation) {
      case 'Enable':
        return turn(call, true);
      case 'Disable':
        return turn(call, false);
      case 'BatchGetAccountStatus':
        return shown(call);
      default:
        return undefined;
    }
  };
};
