import { sdkClients } from '../../../aws/clients.ts';
import { attempted, sorting } from '../../../aws/errors.ts';
import { outputsOf } from '../../../aws/stack-outputs.ts';
import { createHostInventory } from '../../../aws/stores/host-inventory.ts';
import { createRollouts } from '../../../aws/stores/rollouts.ts';
import { dynamoDbIn } from '../../../pipeline/runtime/environment.ts';
import { UserError } from '../../../support/user-error.ts';
import { callerOf } from '../../account.ts';
import { endpointUrl } from '../../environment.ts';
import { checkAnswers, checkPlaces, checkSchedule } from './doctor-answers.ts';
import { checkDocuments } from './doctor-documents.ts';
import { checkQueues } from './doctor-queues.ts';
import { checkRollouts } from './doctor-rollouts.ts';
import type { HostCheck, Looked } from './host-check.ts';

const checks = {
  documents: ['Documents should be as they were deployed', checkDocuments],
  queues: ['Queues of the hosts should be worked off', checkQueues],
  schedule: ['Hosts should be audited by the clock', checkSchedule],
  places: ['Hosts in other regions and accounts should be asked', checkPlaces],
  answers: ['Hosts should answer their audits', checkAnswers],
  rollouts: ['Fixes of hosts should go on', checkRollouts],
} as const;

const checked = async (check: keyof typeof checks, looked: Looked): Promise<HostCheck> => {
  const [title, look] = checks[check];
  const of = { check, title, region: looked.stack.region };
  const asked = await sorting({}, () => look(looked));
  if (asked.kind !== 'value') {
    const why = 'message' in asked ? asked.message : asked.kind;
    return { ...of, status: 'UNKNOWN', sentences: [why], told: {} };
  }
  const { faults, said, told } = asked.value;
  const isWell = faults.length === 0;
  return { ...of, status: isWell ? 'PASS' : 'FAIL', sentences: isWell ? [said] : faults, told };
};

const unchecked = (region: string, sentence: string, status: HostCheck['status']): HostCheck => ({
  check: 'hosts',
  title: 'Hosts should be audited',
  region,
  status,
  sentences: [sentence],
  told: {},
});

/** Says how the stack of this name stands with its hosts: nothing more than why, where it audits none. */
export const checkHosts = async (
  name: string,
  region: string,
  isNamed = false,
): Promise<readonly HostCheck[]> => {
  const endpoint = endpointUrl();
  // A queue's URL names AWS's own host, which the SDK prefers to an endpoint of the environment.
  const clients = sdkClients({ region, ...(endpoint === undefined ? {} : { endpoint }) });
  const stack = { name, region, account: (await callerOf(region)).account };
  const cloudformation = await clients('cloudformation');
  const asked = await attempted(() => sorting({}, () => outputsOf(stack, cloudformation)));
  if ('failure' in asked) {
    // A stack that somebody names is meant to be there.
    if (!(asked.failure instanceof UserError) || isNamed) throw asked.failure;
    // Where nothing is deployed nothing is heard: that is no all-clear.
    return [
      {
        ...unchecked(region, asked.failure.message, 'FAIL'),
        check: 'stack',
        title: 'Plumbline should be deployed',
      },
    ];
  }
  const { value } = asked;
  if (value.kind !== 'value')
    return [unchecked(region, 'message' in value ? value.message : value.kind, 'UNKNOWN')];
  const { PostureTable = '', LedgerTable = PostureTable, HostAuditHours } = value.value;
  if (HostAuditHours === undefined)
    return [unchecked(region, `the stack ${name} audits no hosts`, 'NOT_APPLICABLE')];
  const dynamoDb = await dynamoDbIn(region);
  const looked = {
    stack,
    clients,
    outputs: value.value,
    inventory: createHostInventory(dynamoDb, PostureTable),
    rollouts: createRollouts({ dynamoDb, table: LedgerTable, earlier: PostureTable }),
    everyHours: Number(HostAuditHours),
    now: new Date(),
  };
  return Promise.all([
    checked('documents', looked),
    checked('queues', looked),
    checked('schedule', looked),
    checked('places', looked),
    checked('answers', looked),
    checked('rollouts', looked),
  ]);
};
